"""Settings of the multiverse: which hypotheses are followed through all specifications."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from lakehouse.settings.section import Section
from lakehouse.vocabulary import MESH_POINTS

_HYPOTHESIS = re.compile(r"[0-9]{2}-0[01] ([0-9]{1,3}) [a-z][a-z0-9_]{0,59}")


def _hypothesis(text: str) -> str:
    text = " ".join(text.split())
    found = _HYPOTHESIS.fullmatch(text)
    if found is None or int(found[1]) >= MESH_POINTS:
        raise ValueError(
            "a hypothesis is a mask, a point of the mesh and a questionnaire, such as "
            '"05-00 291 asrsb"'
        )
    return text


Hypothesis = Annotated[str, AfterValidator(_hypothesis)]


class Multiverse(Section):
    """What `lakehouse multiverse` follows through all specifications."""

    hypotheses: list[Hypothesis] = Field(default=["05-00 291 asrsb"], max_length=100)
    """Correlations named beforehand: a mask, a point whose group is meant, whatever its number, and
    a questionnaire. The study's: happiness without cue, left corner of the mouth, asrsb."""

    @field_validator("hypotheses")
    @classmethod
    def _each_once(cls, hypotheses: list[str]) -> list[str]:
        if len(set(hypotheses)) < len(hypotheses):
            raise ValueError("a hypothesis is listed twice")
        return hypotheses
