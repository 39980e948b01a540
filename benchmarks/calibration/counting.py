"""Counting, in one built cohort, what is found and which intervals hold the truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import polars as pl

from lakehouse.warehouse.models import Model
from lakehouse.warehouse.sql_text import quoted, quoted_relation

from .registry import Entry, Interval, Level, PValues, present

LEVEL = 0.05

Truths = Mapping[tuple[str, str], pl.DataFrame]
"""By relation and column: the keys of its rows, and what a very large cohort has there."""


@dataclass(frozen=True)
class Count:
    """What one cohort says of one column.

    Parameters
    ----------
    entry : Entry
    name : str
        The column, or an interval's stem.
    hits, of : float
        Findings among tests or families; or intervals that hold the truth, among all; or the sum
        of the column's values and their number.
    """

    entry: Entry
    name: str
    hits: float
    of: float


def counts(
    connection: duckdb.DuckDBPyConnection, models: Sequence[Model], kind: str, truths: Truths
) -> list[Count]:
    """Count whatever is known of cohorts of this kind."""
    found: list[Count] = []
    for entry in present(models):
        if kind not in entry.cohorts:
            continue
        if isinstance(entry, PValues):
            found += [_findings(connection, entry, column) for column in entry.columns]
        elif isinstance(entry, Level):
            found += [_level(connection, entry, column) for column in entry.columns]
        elif isinstance(entry.truth, str):
            found += list(_held_of_large(connection, entry, truths))
        else:
            found += [_held(connection, entry, stem) for stem in entry.stems]
    return found


def truths_of(connection: duckdb.DuckDBPyConnection, models: Sequence[Model]) -> Truths:
    """Read what a very large cohort has where intervals are to hold it."""
    keys = {model.relation: model.header.key for model in models}
    return {
        (entry.relation, stem): connection.sql(
            f"select {', '.join(map(quoted, keys[entry.relation]))}, "
            f"{quoted(entry.estimate(stem))} as truth from {quoted_relation(entry.relation)}"
        ).pl()
        for entry in present(models)
        if isinstance(entry, Interval) and isinstance(entry.truth, str)
        for stem in entry.stems
    }


def _findings(connection: duckdb.DuckDBPyConnection, entry: PValues, column: str) -> Count:
    relation, name = quoted_relation(entry.relation), quoted(column)
    found = f"bool_or({name} <= {LEVEL})" if entry.family is not None else f"{name} <= {LEVEL}"
    grouped = f" group by {', '.join(entry.family)}" if entry.family else ""
    query = (
        f"select {found} as found from {relation} where ({entry.where}) and {name} is not null"
        f"{grouped}"
    )
    return Count(entry, column, *_counted(connection, query))


def _held(connection: duckdb.DuckDBPyConnection, entry: Interval, stem: str) -> Count:
    low, high = quoted(f"{stem}_low"), quoted(f"{stem}_high")
    query = (
        f"select {low} <= {entry.truth} and {entry.truth} <= {high} as found "
        f"from {quoted_relation(entry.relation)} where ({entry.where}) and {low} is not null "
        f"and {high} is not null"
    )
    return Count(entry, stem, *_counted(connection, query))


def _level(connection: duckdb.DuckDBPyConnection, entry: Level, column: str) -> Count:
    [row] = connection.sql(
        f"select coalesce(sum({quoted(column)}), 0), count({quoted(column)}) "
        f"from {quoted_relation(entry.relation)} where {entry.where}"
    ).fetchall()
    return Count(entry, column, row[0], row[1])


def _counted(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, int]:
    [row] = connection.sql(
        f"select count(*) filter (found), count(found) from ({query})"
    ).fetchall()
    return row[0], row[1]


def _held_of_large(
    connection: duckdb.DuckDBPyConnection, entry: Interval, truths: Truths
) -> Iterator[Count]:
    relation = quoted_relation(entry.relation)
    # A relation without groups of points has the same rows in every cohort.
    rows = connection.sql(f"select * from {relation} where {entry.where}").pl()
    for stem in entry.stems:
        truth = truths[entry.relation, stem]
        keys = [name for name in truth.columns if name != "truth"]
        low, high = pl.col(f"{stem}_low"), pl.col(f"{stem}_high")
        both = rows.join(truth, on=keys).drop_nulls(["truth", f"{stem}_low", f"{stem}_high"])
        held = both.select((low <= pl.col("truth")) & (pl.col("truth") <= high)).to_series()
        yield Count(entry, stem, int(held.sum()), len(held))
