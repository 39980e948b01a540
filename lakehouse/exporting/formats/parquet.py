"""Parquet, compressed with zstd."""

from pathlib import Path
from typing import Final

import duckdb

from lakehouse.exporting.file_format import FileFormat, InR
from lakehouse.exporting.r_text import r_string
from lakehouse.exporting.tables import Table
from lakehouse.exporting.variables import Variable
from lakehouse.warehouse.sql_text import text_literal


def _write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    connection.execute(
        f"copy ({table.query}) to {text_literal(str(path))} (format parquet, compression zstd)"
    )


def _read(file: str, _: tuple[Variable, ...]) -> str:
    return f"as.data.frame(read_parquet({r_string(file)}))"


FORMAT: Final = FileFormat(
    media_type="application/vnd.apache.parquet",
    write=_write,
    in_r=InR(_read, package="arrow"),
)
