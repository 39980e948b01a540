"""Tables in the types that all statistics programs know."""

import duckdb
import polars as pl

from lakehouse.errors import QueryError
from lakehouse.exporting.tables import Table
from lakehouse.exporting.variables import LARGE, REAL, WHOLE, Variable
from lakehouse.warehouse.sql_text import quoted


def plain_frame(connection: duckdb.DuckDBPyConnection, table: Table) -> pl.DataFrame:
    """Fetch a table to be exported, whole.

    Returns
    -------
    polars.DataFrame
        Columns are Int32, Float64, Boolean or String.

    Raises
    ------
    QueryError
        As `plain_query` does.
    """
    frame: pl.DataFrame = connection.sql(plain_query(table)).pl()
    return frame


def plain_query(table: Table) -> str:
    """Ask for a table's rows in INTEGER, DOUBLE, BOOLEAN and VARCHAR.

    Raises
    ------
    QueryError
        If a column holds lists, structs or something else that no cell can hold.
    """
    columns = ", ".join(
        f"cast({quoted(each.name)} as {_plain_type(each)}) as {quoted(each.name)}"
        for each in table.variables
    )
    return f"select {columns} from ({table.query}) as answer"  # noqa: S608


def _plain_type(variable: Variable) -> str:
    """Tell which of DuckDB's types stands for a variable's."""
    kind = variable.type
    if kind in WHOLE:
        return "INTEGER"
    if kind in LARGE | REAL or kind.startswith("DECIMAL"):
        return "DOUBLE"
    if kind in {"BOOLEAN", "VARCHAR"}:
        return kind
    if kind in {"DATE", "TIME", "UUID", "INTERVAL", '"NULL"'} or kind.startswith(
        ("TIMESTAMP", "ENUM", "TIME ")
    ):
        return "VARCHAR"
    raise QueryError(
        f"column {variable.column} is {kind}, which this format cannot hold",
        fix="split it into columns in the query, or choose --format parquet",
    )
