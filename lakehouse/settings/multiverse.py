"""Settings of the multiverse: which hypotheses are followed through all specifications."""

from typing import Annotated

from pydantic import AfterValidator, Field

from lakehouse.settings.section import NAME, Section
from lakehouse.vocabulary import MESH_POINTS

_PARTS = 3


def _hypothesis(text: str) -> str:
    parts = text.split()
    names = NAME.pattern
    if not (
        len(parts) == _PARTS
        and parts[1].isascii()
        and parts[1].isdigit()
        and int(parts[1]) < MESH_POINTS
        and isinstance(names, str)
        and len(parts[0]) == len("05-00")
    ):
        raise ValueError(
            "a hypothesis is a mask, a point of the mesh and a questionnaire, such as "
            '"05-00 291 asrsb"'
        )
    return " ".join(parts)


Hypothesis = Annotated[str, AfterValidator(_hypothesis)]


class Multiverse(Section):
    """What `lakehouse multiverse` follows through all specifications."""

    hypotheses: list[Hypothesis] = Field(default=["05-00 291 asrsb"], max_length=100)
    """Correlations named beforehand: a mask, a point whose group is meant, whatever its number, and
    a questionnaire. The study's: happiness without cue, left corner of the mouth, asrsb."""
