"""CSV, Parquet and Arrow: written by the engine, a piece at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

import duckdb

from lakehouse.exporting.source import Table
from lakehouse.exporting.variables import REAL, Variable
from lakehouse.files.new import created
from lakehouse.warehouse.formats import write_arrow
from lakehouse.warehouse.query import BATCH_ROWS
from lakehouse.warehouse.sql_text import quoted, text_literal

Decimal = Literal["dot", "comma"]

SEPARATORS: Final[dict[Decimal, str]] = {"dot": ",", "comma": ";"}
"""Between cells of CSV, by the decimal mark."""

_RISKY: Final = "^'*[=+@\\t\\r-]"
"""What a spreadsheet would run as a formula, and what was made harmless before."""


def write_csv(
    connection: duckdb.DuckDBPyConnection, table: Table, path: Path, *, decimal: Decimal
) -> None:
    """Write CSV in UTF-8, with a header.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    table : Table
    path : Path
    decimal : {"dot", "comma"}
        Decimal mark; with the comma, cells are separated by semicolons.

    Notes
    -----
    A text that a spreadsheet would run as a formula (beginning with =, +, -, @, tab or carriage
    return, after any number of apostrophes) gets an apostrophe in front; taking one away from
    texts that begin so gives back what was there. A missing value is an empty cell, an empty text
    is a quoted one.
    """
    columns = ", ".join(
        _guarded(each) if _is_risky(connection, table, each) else _cell(each, decimal)
        for each in table.variables
    )
    connection.execute(
        f"copy (select {columns} from ({table.query}) as answer) to {text_literal(str(path))} "  # noqa: S608
        f"(format csv, header, delimiter {text_literal(SEPARATORS[decimal])}, nullstr '')"
    )


def write_parquet(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Write Parquet, compressed with zstd.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    table : Table
    path : Path
    """
    connection.execute(
        f"copy ({table.query}) to {text_literal(str(path))} (format parquet, compression zstd)"
    )


def write_arrow_file(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Write an Arrow file (Feather 2).

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    table : Table
    path : Path
    """
    reader = connection.sql(table.query).to_arrow_reader(BATCH_ROWS)
    try:
        with created(path) as target:
            write_arrow(reader, target)
    finally:
        reader.close()


def _is_risky(connection: duckdb.DuckDBPyConnection, table: Table, variable: Variable) -> bool:
    """Tell whether a column has a text to be guarded; few columns of few tables do."""
    if variable.type != "VARCHAR":
        return False
    column = quoted(variable.name)
    [(risky,)] = connection.execute(
        f"select count(*) from (select distinct {column} from ({table.query}) as answer) as met "  # noqa: S608
        f"where regexp_matches({column}, {text_literal(_RISKY)})"
    ).fetchall()
    return bool(risky)


def _guarded(variable: Variable) -> str:
    column = quoted(variable.name)
    return (
        f"case when regexp_matches({column}, {text_literal(_RISKY)}) "
        f"then '''' || {column} else {column} end as {column}"
    )


def _cell(variable: Variable, decimal: Decimal) -> str:
    column = quoted(variable.name)
    if decimal == "comma" and (variable.type in REAL or variable.type.startswith("DECIMAL")):
        return f"replace(cast({column} as varchar), '.', ',') as {column}"
    return column


WRITERS: Final[dict[str, Callable[[duckdb.DuckDBPyConnection, Table, Path], None]]] = {
    "parquet": write_parquet,
    "arrow": write_arrow_file,
}
