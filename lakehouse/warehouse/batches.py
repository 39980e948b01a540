"""Making tables in batches, so that the memory they take does not grow with the study."""

import re
from collections.abc import Iterator

import duckdb
import polars as pl

from lakehouse.warehouse.models import Batch
from lakehouse.warehouse.sql_text import quoted, quoted_relation


def create_in_batches(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, batch: Batch, catalog: str
) -> None:
    """Make a table from a query that sees a part of one of its relations at a time.

    Parameters
    ----------
    name : str
        Of the table, with its schema unless that is `main`.
    query : str
        Whose rows depend on those rows only that share a value of the batches' column.
    catalog : str
        The database that holds the relation and will hold the table.
    """
    opening = f"create table {quoted_relation(name)} as"
    for _ in _batches(connection, batch, catalog):
        connection.execute(f"{opening} {_of_part(query, batch)}")
        opening = f"insert into {quoted_relation(name)}"


def fetch_in_batches(
    connection: duckdb.DuckDBPyConnection, query: str, batch: Batch, catalog: str
) -> Iterator[pl.DataFrame]:
    """Fetch a query's rows, of a part of one of its relations at a time.

    Parameters
    ----------
    catalog : str
        The database that holds the relation.

    Yields
    ------
    polars.DataFrame
        At least one, without rows where the relation has none.
    """
    for _ in _batches(connection, batch, catalog):
        yield connection.sql(_of_part(query, batch)).pl()


def _batches(connection: duckdb.DuckDBPyConnection, batch: Batch, catalog: str) -> Iterator[None]:
    """Show the relation part by part, by a temporary view of its name that hides it."""
    whole = _spelled(batch.relation, catalog)
    part, column = quoted(_part(batch)), quoted(batch.column)
    numbers = _spelled(batch.numbers or batch.relation, catalog)
    [(least, greatest)] = connection.execute(
        f"select coalesce(min({column}), 0), coalesce(max({column}), 0) from {numbers}"  # noqa: S608
    ).fetchall()
    for first in range(least, greatest + 1, batch.size):
        connection.execute(
            f"create or replace temp view {part} as select * from {whole} "  # noqa: S608
            f"where {column} between {first} and {first + batch.size - 1}"
        )
        yield
    connection.execute(f"drop view temp.{part}")


def _spelled(relation: str, catalog: str) -> str:
    schema, _, name = relation.rpartition(".")
    return f"{quoted(catalog)}.{quoted(schema or 'main')}.{quoted(name)}"


def _part(batch: Batch) -> str:
    """Name the view of a batch, which is temporary and so has no schema."""
    return batch.relation.rpartition(".")[2]


def _of_part(query: str, batch: Batch) -> str:
    """Let a query read the batch, also where it names the relation's schema."""
    return re.sub(rf"\b{re.escape(batch.relation)}\b", _part(batch), query)
