"""Methods, ready to be pasted into a paper."""

from collections.abc import Callable
from functools import partial
from typing import Final

from lakehouse.charts.words import Words
from lakehouse.report.figure import Prose, Section
from lakehouse.report.methods import comparisons, dynamics, faces, further
from lakehouse.report.methods.draft import Draft
from lakehouse.report.methods.references import MIGMA, REFERENCES, STUDY
from lakehouse.report.tables.tables import Tables

Paragraph = Callable[[Draft], list[str]]

PARTS: Final[dict[str, tuple[Paragraph, ...]]] = {
    "methods_participants": (faces.participants,),
    "methods_landmarks": (faces.landmarks, faces.alignment),
    "methods_movement": (faces.movement, further.groups),
    "methods_dynamics": (dynamics.dynamics,),
    "methods_reliability": (further.reliability,),
    "methods_cue": (comparisons.cue,),
    "methods_expressions": (further.expressions,),
    "methods_correlations": (comparisons.correlations, further.prediction),
    "methods_evidence": (further.evidence, further.multiverse),
    "methods_software": (further.software,),
}
"""Paragraphs by the name of their block."""


def written(tables: Tables, words: Words, *, name: str) -> list[str]:
    """Write the paragraphs of a part."""
    draft = Draft(tables, words)
    return [" ".join(said) for paragraph in PARTS[name] if (said := paragraph(draft))]


def references(tables: Tables, words: Words) -> list[str]:
    """List the works that all parts together cite, by author and year."""
    draft = Draft(tables, words)
    for paragraphs in PARTS.values():
        for paragraph in paragraphs:
            paragraph(draft)
    works = [
        work.entry + (f" doi:{work.doi}" if work.doi else "")
        for name, work in REFERENCES.items()
        if name in draft.cited
    ]
    return sorted([*works, STUDY, MIGMA], key=str.casefold)


METHODS = Section(
    "methods",
    (
        *(Prose(name, partial(written, name=name)) for name in PARTS),
        Prose("references", references, listed=True),
    ),
    copied=True,
)
