"""Parquet, compressed with zstd."""

from pathlib import Path
from typing import Final

import duckdb

from lakehouse.exporting.file_format import ExportedFile, FileFormat, InR
from lakehouse.exporting.r_text import r_string
from lakehouse.exporting.tables import Table
from lakehouse.warehouse.sql_text import text_literal

_LEAST_ROWS: Final = 2048
_MOST_ROWS: Final = 122_880
"""The engine's own choice."""
_GROUP_CELLS: Final = 4_000_000
"""A group of rows is held in memory until it is written, with all its columns."""


def _write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    rows = max(_LEAST_ROWS, min(_MOST_ROWS, _GROUP_CELLS // len(table.variables)))
    connection.execute(
        f"copy ({table.query}) to {text_literal(str(path))} "
        f"(format parquet, compression zstd, row_group_size {rows})"
    )


def _read(exported: ExportedFile) -> str:
    return f"as.data.frame(read_parquet({r_string(exported.file)}))"


FORMAT: Final = FileFormat(
    media_type="application/vnd.apache.parquet",
    write=_write,
    in_r=InR(_read, package="arrow"),
)
