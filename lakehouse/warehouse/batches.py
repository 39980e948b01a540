"""Making a table in batches, so that the memory it takes does not grow with the study."""

import duckdb

from lakehouse.warehouse.models import Batch
from lakehouse.warehouse.sql_text import quoted


def create_in_batches(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, batch: Batch, catalog: str
) -> None:
    """Make a table from a query that sees a part of one of its relations at a time.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    name : str
        Of the table.
    query : str
        Whose rows depend on those rows only that share a value of the batches' column.
    batch : Batch
    catalog : str
        The database that holds the relation and will hold the table.
    """
    whole = f"{quoted(catalog)}.{quoted(batch.relation)}"
    part, column = f"temp.{quoted(batch.relation)}", quoted(batch.column)
    [(least, greatest)] = connection.execute(
        f"select coalesce(min({column}), 0), coalesce(max({column}), 0) from {whole}"  # noqa: S608
    ).fetchall()
    opening = f"create table {quoted(name)} as"
    for first in range(least, greatest + 1, batch.size):
        # A temporary view hides the relation of the same name.
        connection.execute(
            f"create or replace temp view {quoted(batch.relation)} as select * from {whole} "  # noqa: S608
            f"where {column} between {first} and {first + batch.size - 1}"
        )
        connection.execute(f"{opening} {query}")
        opening = f"insert into {quoted(name)}"
    connection.execute(f"drop view {part}")
