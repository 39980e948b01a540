"""Settings of the questionnaires."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from lakehouse.settings.section import TEXT, Section

Score = Annotated[float, Field(ge=-1e9, le=1e9)]
"""An end of a scale."""


class Instrument(Section):
    """A questionnaire and the range of its scores."""

    name: Annotated[str, TEXT]
    """Full name."""

    min: Score
    """Lowest possible score."""

    max: Score
    """Highest possible score."""

    reliability: Annotated[float, Field(gt=0, le=1)] | None = Field(default=None, examples=[0.85])
    """Reliability of the score, such as Cronbach's alpha, from your own sample or the
    questionnaire's manual; correlation_evidence takes it into account."""

    @model_validator(mode="after")
    def _range_is_not_empty(self) -> "Instrument":
        if self.min >= self.max:
            raise ValueError(f"min ({self.min:g}) is not below max ({self.max:g})")
        return self


STUDY_INSTRUMENTS: dict[str, dict[str, Any]] = {
    "dbi": {"name": "Beck Depression Inventory", "min": 0, "max": 63},
    "bai": {"name": "Beck Anxiety Inventory", "min": 0, "max": 63},
    "asrsa": {"name": "Adult Self-Report Scale (inattention)", "min": 0, "max": 36},
    "asrsb": {"name": "Adult Self-Report Scale (hyperactivity)", "min": 0, "max": 36},
    "oci": {"name": "Obsessive-Compulsive Inventory (revised)", "min": 0, "max": 72},
    "srq": {"name": "Self Reporting Questionnaire", "min": 0, "max": 20},
}
"""The study's six instruments."""
