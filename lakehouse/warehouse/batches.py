"""Making tables in batches, so that the memory they take does not grow with the study."""

from collections.abc import Iterator

import duckdb
import polars as pl

from lakehouse.warehouse.models import Batch
from lakehouse.warehouse.sql_text import quoted


def create_in_batches(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, batch: Batch, catalog: str
) -> None:
    """Make a table from a query that sees a part of one of its relations at a time.

    Parameters
    ----------
    name : str
        Of the table.
    query : str
        Whose rows depend on those rows only that share a value of the batches' column.
    catalog : str
        The database that holds the relation and will hold the table.
    """
    opening = f"create table {quoted(name)} as"
    for _ in _batches(connection, batch, catalog):
        connection.execute(f"{opening} {query}")
        opening = f"insert into {quoted(name)}"


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
        yield connection.sql(query).pl()


def _batches(connection: duckdb.DuckDBPyConnection, batch: Batch, catalog: str) -> Iterator[None]:
    """Show the relation part by part, by a temporary view of its name that hides it."""
    whole = f"{quoted(catalog)}.{quoted(batch.relation)}"
    part, column = f"temp.{quoted(batch.relation)}", quoted(batch.column)
    numbers = f"{quoted(catalog)}.{quoted(batch.numbers or batch.relation)}"
    [(least, greatest)] = connection.execute(
        f"select coalesce(min({column}), 0), coalesce(max({column}), 0) from {numbers}"  # noqa: S608
    ).fetchall()
    for first in range(least, greatest + 1, batch.size):
        connection.execute(
            f"create or replace temp view {quoted(batch.relation)} as select * from {whole} "  # noqa: S608
            f"where {column} between {first} and {first + batch.size - 1}"
        )
        yield
    connection.execute(f"drop view {part}")
