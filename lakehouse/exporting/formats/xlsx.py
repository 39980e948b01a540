"""One workbook: a sheet for each table, before them what they are and what their columns mean."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import duckdb
import polars as pl

from lakehouse.exporting.codebook import CODEBOOK_COLUMNS, codebook_rows
from lakehouse.exporting.coded import label_within
from lakehouse.exporting.file_format import Book, ExportedFile, FileFormat, InR
from lakehouse.exporting.plain_frame import plain_query
from lakehouse.exporting.r_text import r_class, r_string
from lakehouse.exporting.sheets import CELL_UNITS, Sheet, rows_that_fit, sheet_names
from lakehouse.exporting.tables import Table
from lakehouse.files.new import created

if TYPE_CHECKING:
    import xlsxwriter

_CONTENTS: Final = "tables"
_CODEBOOK: Final = "codebook"
_CONTENTS_COLUMNS: Final = ("sheet", "table", "rows", "about", "row_is_named_by", "left_out")

_BATCH_CELLS: Final = 500_000
"""Held in memory at a time."""

_COLUMN_TYPES: Final = {
    "integer": "numeric",
    "numeric": "numeric",
    "logical": "logical",
    "character": "text",
}
"""What readxl calls R's classes."""


def _write(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], path: Path) -> list[str]:
    """Write a workbook in which texts stay texts: no formulas, numbers or addresses."""
    import xlsxwriter

    rows = rows_that_fit(connection, tables)
    sheets = sheet_names((table.name for table in tables), taken=(_CONTENTS, _CODEBOOK))
    # Its parts, which are large, lie where it does, as they hold the same rows.
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with (
        created(path) as target,
        _refusals_of_the_system(),
        xlsxwriter.Workbook(_ToldOnce(target), options) as book,
    ):
        _set_properties(book)
        contents = [
            (
                *(sheet, table.name, count, table.description),
                *(", ".join(table.key), ", ".join(table.dropped)),
            )
            for sheet, table, count in zip(sheets, tables, rows, strict=True)
        ]
        _list(book, _CONTENTS, _CONTENTS_COLUMNS, contents)
        _list(book, _CODEBOOK, CODEBOOK_COLUMNS, list(codebook_rows(tables)))
        for name, table in zip(sheets, tables, strict=True):
            sheet = Sheet(book, name, [each.name for each in table.variables])
            for batch in _batches(connection, table):
                sheet.write(batch)
    return sheets


def _set_properties(book: "xlsxwriter.Workbook") -> None:
    """Leave the time out, so that the same tables make the same file."""
    from datetime import UTC, datetime

    book.set_properties({"created": datetime(1980, 1, 1, tzinfo=UTC)})


def _list(
    book: "xlsxwriter.Workbook", name: str, columns: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    frame = pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)
    # A query that is told as the source of its answer may be of any length.
    fitting = frame.with_columns(pl.col(pl.String).map_elements(_shortened, return_dtype=pl.String))
    Sheet(book, name, columns).write(fitting)


def _shortened(text: str) -> str:
    return label_within(text, 2 * CELL_UNITS, "utf-16-le")


def _batches(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[pl.DataFrame]:
    at_once = max(1, _BATCH_CELLS // len(table.variables))
    reader = connection.sql(plain_query(table)).to_arrow_reader(at_once)
    try:
        for batch in reader:
            yield pl.DataFrame(batch)
    finally:
        reader.close()


class _ToldOnce:
    """A file whose disk tells once that it is full.

    The archive's writer ends its archive when it is thrown away, too: in a file that was refused,
    or is closed by then, as nobody can be told any more.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._refused = False
        self._place = 0

    def write(self, data: bytes) -> int:
        with self._telling() as told:
            if told:
                self._file.write(data)
        self._place += len(data)
        return len(data)

    def seek(self, offset: int) -> int:
        with self._telling() as told:
            if told:
                self._file.seek(offset)
        self._place = offset
        return offset

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        with self._telling() as told:
            if told:
                self._file.flush()

    @contextmanager
    def _telling(self) -> Iterator[bool]:
        """Give whether the file still takes something."""
        try:
            yield not (self._refused or self._file.closed)
        except OSError:
            self._refused = True
            raise


@contextmanager
def _refusals_of_the_system() -> Iterator[None]:
    """Give the system's error where the library has wrapped it."""
    import xlsxwriter.exceptions

    try:
        yield
    except xlsxwriter.exceptions.FileCreateError as error:
        refused = error.args[0]
        raise OSError(refused.errno, refused.strerror) from error


def _read(exported: ExportedFile) -> str:
    types = ", ".join(r_string(_COLUMN_TYPES[r_class(each)]) for each in exported.table.variables)
    return (
        f"as.data.frame(read_excel({r_string(exported.file)}, sheet = {r_string(exported.sheet)},\n"
        f"  col_types = c({types})))"
    )


FORMAT: Final = FileFormat(
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=Book("lakehouse", _write),
    in_r=InR(_read, package="readxl"),
)
