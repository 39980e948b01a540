"""The glossary names relations and columns that are there."""

import re
from pathlib import Path

import pytest

from lakehouse.warehouse.models import load_models

PAGE = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|") and not line.startswith(("| word", "| ---"))
]
COLUMNS = {model.relation: set(model.header.columns) for model in load_models()}
WANTED = {
    *("mask", "cell", "PAV", "supervised", "condition", "aligned pixel", "group", "feature"),
    *("family", "point", "expression", "participant", "instrument"),
    *("specification", "multiverse", "preregistration", "primary family"),
    *("projected movement", "equivalence"),
}


def missing(place: str) -> str | None:
    """Say what is not there of `relation` or `relation.column`."""
    relation, _, column = place.removeprefix("internal.").partition(".")
    if place.startswith("internal."):
        relation = f"internal.{relation}"
    if relation not in COLUMNS:
        return relation
    return place if column and column not in COLUMNS[relation] else None


def test_the_words_that_everybody_needs_are_explained() -> None:
    words = [word for word, _, _ in ROWS]

    assert {*words} >= WANTED
    assert len({*words}) == len(words)
    assert all(meaning for _, meaning, _ in ROWS)


@pytest.mark.parametrize(("word", "where"), [(row[0], row[2]) for row in ROWS])
def test_where_a_word_appears_is_there(word: str, where: str) -> None:
    places = re.findall(r"`([\w.]+)`", where)

    assert places, word
    assert [place for place in map(missing, places) if place] == []


def test_a_relation_or_column_that_is_nowhere_is_missing() -> None:
    assert missing("masks_of_cats") == "masks_of_cats"
    assert missing("masks.whiskers") == "masks.whiskers"
    assert missing("masks.mask") is None
