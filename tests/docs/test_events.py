"""The page on events names the fields, kinds and columns that are read."""

import re

from lakehouse.events.columns import EVENT_COLUMN_NAMES, EVENT_FIELDS
from lakehouse.events.meaning import KIND_WORDS
from lakehouse.ids import folded
from tests.docs.lines import PAGES


def rows(header: str) -> list[list[str]]:
    """Give the rows of the table that has a header."""
    table = PAGES["docs/events.md"].split(f"| {header} |\n", 1)[1].split("\n\n")[0]
    return [re.split(r"\s*\|\s*", line.strip("| ")) for line in table.splitlines()[1:]]


def test_fields_and_their_columns_are_those_that_are_read() -> None:
    found = {
        field: names.split(", ") for field, _, names in rows("field | says | names, among others")
    }

    assert set(found) == set(EVENT_FIELDS)
    for field, names in found.items():
        known = {folded(name) for rank in EVENT_COLUMN_NAMES[field] for name in rank}
        assert {folded(name) for name in names} <= known, field


def test_kinds_are_those_that_there_are() -> None:
    assert [kind for kind, _ in rows("kind | means")] == [*KIND_WORDS]
