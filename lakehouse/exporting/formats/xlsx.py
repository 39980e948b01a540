"""Workbooks of one sheet."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from lakehouse.errors import QueryError
from lakehouse.exporting.file_format import FileFormat, InR
from lakehouse.exporting.plain_frame import plain_frame
from lakehouse.exporting.r_text import r_class, r_string
from lakehouse.exporting.tables import Table
from lakehouse.exporting.variables import Variable
from lakehouse.files.new import created

_SHEET_ROWS: Final = 1_048_575
"""Of a sheet, beside the header."""

_COLUMN_TYPES: Final = {
    "integer": "numeric",
    "numeric": "numeric",
    "logical": "logical",
    "character": "text",
}
"""What readxl calls R's classes."""


def _write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Write a workbook in which texts stay texts: no formulas, numbers or addresses."""
    import xlsxwriter

    frame = plain_frame(connection, table)
    if len(frame) > _SHEET_ROWS:
        raise QueryError(
            f"{len(frame):,} rows are more than a sheet's {_SHEET_ROWS:,}",
            fix="choose --format csv or parquet, or fewer rows",
        )
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # Its parts, which are large, lie where it does, as they hold the same rows. It is put together
    # in memory: of a disk that is full, the library would tell a second time.
    whole = io.BytesIO()
    with (
        _refusals_of_the_system(),
        xlsxwriter.Workbook(whole, {**plain, "tmpdir": str(path.parent)}) as book,
    ):
        frame.write_excel(
            book,
            "data",
            header_format={"bold": True},
            dtype_formats={pl.Float64: "General", pl.Int32: "General"},
            autofilter=False,
            freeze_panes=(1, 0),
        )
    with created(path) as target:
        target.write(whole.getbuffer())


@contextmanager
def _refusals_of_the_system() -> Iterator[None]:
    """Give the system's error where the library has wrapped it."""
    import xlsxwriter.exceptions

    try:
        yield
    except xlsxwriter.exceptions.FileCreateError as error:
        refused = error.args[0]
        raise OSError(refused.errno, refused.strerror) from error


def _read(file: str, variables: tuple[Variable, ...]) -> str:
    types = ", ".join(r_string(_COLUMN_TYPES[r_class(each)]) for each in variables)
    return f"as.data.frame(read_excel({r_string(file)}, col_types = c({types})))"


FORMAT: Final = FileFormat(
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=_write,
    in_r=InR(_read, package="readxl"),
)
