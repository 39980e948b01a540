"""Which tests are the primary ones: the family that is said before scores are seen."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from lakehouse.settings.in_sql import InSql
from lakehouse.settings.section import NAME, InstrumentName, Section


class Primary(Section):
    """The family of tests that a study stands or falls with, kept apart from all others."""

    grouping: Annotated[Annotated[str, NAME] | None, InSql(unit="id", name="primary_grouping")] = (
        Field(default=None, examples=["measures"])
    )
    """Whose features are correlated: a value of the column grouping in correlations. Absent, those
    of the points above average, such as kmeans6."""

    method: Annotated[
        Literal["spearman", "pearson", "kendall"], InSql(unit="text", name="primary_method")
    ] = "spearman"
    """Which of the correlations counts: "spearman", "pearson" or "kendall"."""

    instruments: list[InstrumentName] = Field(
        default_factory=list, max_length=1000, examples=[["asrsb"]]
    )
    """With which questionnaires, such as ["asrsb"]; absent or empty, with all."""

    direction: Annotated[
        Literal["either", "positive", "negative"], InSql(unit="text", name="primary_direction")
    ] = "either"
    """Which sign is expected: "positive" or "negative", p being one-sided, or "either"."""

    @field_validator("instruments")
    @classmethod
    def _each_once(cls, instruments: list[str]) -> list[str]:
        if len(set(instruments)) < len(instruments):
            raise ValueError("an instrument is listed twice")
        return instruments
