"""At a glance: what was found, in words, and what was not."""

from collections.abc import Callable
from typing import Final

from lakehouse.charts.words import Words
from lakehouse.report.figure import Entries, Entry, Prose, Section
from lakehouse.report.findings.correlations import correlations, family
from lakehouse.report.findings.cue import cue
from lakehouse.report.findings.expressions import expressions
from lakehouse.report.findings.movement import movement, points_above_average
from lakehouse.report.findings.registered import multiverse, registered
from lakehouse.report.findings.sample import left_out, sample, too_few, used_photographs
from lakehouse.report.findings.shown import shown
from lakehouse.report.tables.tables import Tables

_UNKNOWN: Final = "–"
_PARAGRAPHS: Final[dict[str, tuple[Callable[[Tables, Words], str | None], ...]]] = {
    "sample": (sample,),
    "movement": (movement,),
    "cue": (cue,),
    "expressions": (expressions,),
    "correlations": (correlations,),
    "registered": (registered, multiverse),
    "privacy": (shown,),
}
"""What is said, by the key of its head."""
_OF_FEW: Final = ("sample", "privacy")
"""What is said in an aggregated report of fewer people than it may count."""


def findings(tables: Tables, words: Words) -> list[str]:
    """Write the findings, a paragraph for each subject of which something can be said."""
    paragraphs = []
    few = too_few(tables)
    for head, says in _PARAGRAPHS.items():
        if few and head not in _OF_FEW:
            continue
        sentences = [said for say in says if (said := say(tables, words))]
        if sentences:
            paragraphs.append(f"{words(f'head.{head}')}\n{' '.join(sentences)}")
    return paragraphs


def key_figures(tables: Tables, words: Words) -> list[Entry]:
    """Give the numbers that the eye should find first."""
    facts = tables.facts
    counted = family(tables)
    tests = counted["tests"] if counted else 0
    points, groups = points_above_average(tables)

    few = too_few(tables)

    def entry(name: str, value: int | None, note: str = "") -> Entry:
        if value is None or few:
            return Entry(words(f"key.{name}"), _UNKNOWN, "" if few else note)
        return Entry(words(f"key.{name}"), words.count(value), note)

    people = left_out(tables)
    notes = {
        "participants": words.plural("key.left_out", people) if people else "",
        "masks": words.plural("key.expressions", len(facts.expressions))
        if facts.expressions
        else "",
        "points": words.plural("glance.groups", groups) if points else "",
        "tests": words(
            "key.family",
            features=words.count(counted["features"]),
            instruments=words.count(counted["instruments"]),
        )
        if counted and tests
        else words("key.no_scores" if facts.included > facts.scored == 0 else "key.no_tests"),
    }
    masks = len(tables.table("glance_movement"))
    return [
        entry("participants", facts.included, notes["participants"]),
        entry("photographs", used_photographs(tables)),
        entry("masks", masks, notes["masks"]),
        entry("points", points, notes["points"]),
        entry("tests", tests or None, notes["tests"]),
        entry(
            "standing",
            counted["spearman_q"] if counted and tests else None,
            words("key.standing_note") if tests else "",
        ),
    ]


GLANCE = Section(
    "glance",
    (Entries("key_figures", key_figures, large=True), Prose("findings", findings)),
)
