"""Numbers that several sections say of their tables."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from lakehouse.charts.words import Words

Row = Mapping[str, Any]


def people(frame: pl.DataFrame, column: str, words: Words) -> dict[str, str]:
    """Say n under "n", where one n holds for all rows."""
    values = frame[column].drop_nulls().unique().to_list()
    return {"n": words.count(values[0])} if len(values) == 1 else {}


def least_and_most(values: list[Any]) -> tuple[Any, Any]:
    """Give both ends of values, null where there is none."""
    return (min(values), max(values)) if values else (None, None)


def row_of(frame: pl.DataFrame, by: pl.Expr) -> Row:
    """Give the row with the least value of an expression; nothing where all are null."""
    found = frame.with_columns(by.alias("_by")).drop_nulls("_by").sort("_by").head(1)
    return found.row(0, named=True) if len(found) else {}


def named_part(row: Row, words: Words) -> str:
    """Name a row's expression, its condition if it has one, and its part of the face."""
    if not row:
        return "–"
    part = words.part(row["part"])
    if "supervised" in row:
        return f"{words.mask(row['expression'], row['supervised'])}, {part}"
    return f"{words.expression(row['expression'])}, {part}"


def median(frame: pl.DataFrame, column: str) -> float | None:
    """Give a column's median; null where there is no value."""
    value = frame[column].drop_nulls().median()
    return None if value is None else float(value)  # type: ignore[arg-type]


def besides(count: int, key: str, words: Words) -> str:
    """Say how many there are of something, with a space before it, or nothing if there is none."""
    return f" {words(key, count=words.count(count))}" if count else ""
