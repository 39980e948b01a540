"""What sentences on findings call things, and how they read tables."""

from collections.abc import Iterable
from typing import Any, Final

import polars as pl

from lakehouse.charts.words import Words
from lakehouse.report.tables.facts import Facts

LEVEL: Final = 0.05
"""Below it an adjusted p counts as a finding."""

Row = dict[str, Any]


def mask_name(words: Words, facts: Facts, row: Row) -> str:
    """Name a mask, and its condition if there are two.

    Parameters
    ----------
    row : dict
        With expression and supervised.
    """
    expression = words.expression(row["expression"])
    if len(facts.conditions) < 2:
        return expression
    return f"{expression} {words.condition(row['supervised'])}"


def first_row(frame: pl.DataFrame) -> Row | None:
    """Give a table's first row, if it has any."""
    return frame.row(0, named=True) if len(frame) else None


def joined(sentences: Iterable[str | None]) -> str:
    """Write sentences one after the other, without those that there are not."""
    return " ".join(filter(None, sentences))


def main_grouping(facts: Facts) -> str:
    """Give the grouping of the points above average, without the eyelids."""
    return f"kmeans{facts.settings['clusters']['k']}"
