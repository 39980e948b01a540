"""Arrow files (Feather 2)."""

from pathlib import Path
from typing import Final

import duckdb

from lakehouse.exporting.file_format import ExportedFile, FileFormat, InR
from lakehouse.exporting.r_text import r_string
from lakehouse.exporting.tables import Table
from lakehouse.files.new import created
from lakehouse.warehouse.answers import write_arrow
from lakehouse.warehouse.query import BATCH_ROWS


def _write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    reader = connection.sql(table.query).to_arrow_reader(BATCH_ROWS)
    try:
        with created(path) as target:
            write_arrow(reader, target)
    finally:
        reader.close()


def _read(exported: ExportedFile) -> str:
    return f"as.data.frame(read_feather({r_string(exported.file)}))"


FORMAT: Final = FileFormat(
    media_type="application/vnd.apache.arrow.file",
    write=_write,
    in_r=InR(_read, package="arrow"),
)
