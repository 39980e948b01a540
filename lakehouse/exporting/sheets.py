"""What a sheet of a workbook can hold, how it is called, and how its cells are written."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import duckdb
import polars as pl

from lakehouse.errors import QueryError
from lakehouse.exporting.plain_frame import plain_query
from lakehouse.exporting.tables import Table

if TYPE_CHECKING:
    import xlsxwriter

SHEET_ROWS: Final = 1_048_575
"""Of a sheet, beside the header."""
SHEET_COLUMNS: Final = 16_384
CELL_UNITS: Final = 32_767
"""Of a text in a cell, in UTF-16."""
LARGEST: Final = 9.99999999999999e307
"""Of a number in a cell."""

_NAME_UNITS: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_RESERVED: Final = ("history",)
_NARROWEST: Final = 10
_WIDEST: Final = 60
"""Characters."""


def sheet_names(tables: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Give tables sheets that a workbook may have.

    Parameters
    ----------
    tables : iterable of str
        Names of tables.
    taken : iterable of str
        Names of other sheets, in lower case.

    Returns
    -------
    list of str
        Different, also without regard to case, and of at most 31 characters.
    """
    known = {*taken, *_RESERVED}
    names = []
    for table in tables:
        plain = _NOT_IN_NAMES.sub("_", table)
        name, number = _within(plain, _NAME_UNITS), 1
        while name.lower() in known:
            number += 1
            end = f"_{number}"
            name = _within(plain, _NAME_UNITS - len(end)) + end
        known.add(name.lower())
        names.append(name)
    return names


def _within(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def rows_that_fit(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> list[int]:
    """Count each table's rows.

    Raises
    ------
    QueryError
        If one has more rows or columns than a sheet, or columns that no cell can hold.
    """
    counts = []
    for table in tables:
        if len(table.variables) > SHEET_COLUMNS:
            raise QueryError(
                f"{table.name} has {len(table.variables):,} columns, more than a sheet's "
                f"{SHEET_COLUMNS:,}",
                fix="choose --format parquet or csv, or fewer columns with --query",
            )
        [(rows,)] = connection.execute(
            f"select count(*) from ({plain_query(table)}) as answer"  # noqa: S608
        ).fetchall()
        if rows > SHEET_ROWS:
            raise QueryError(
                f"{table.name} has {rows:,} rows, more than a sheet's {SHEET_ROWS:,}",
                fix="choose --format parquet or csv, name the other tables only, or take fewer "
                "rows with --query",
            )
        counts.append(rows)
    return counts


class Sheet:
    """A sheet that is written row by row, so that none of its rows is kept in memory.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        In the mode of constant memory.
    header : sequence of str
        Stands in the first row, which stays in sight.
    """

    def __init__(self, book: "xlsxwriter.Workbook", name: str, header: Sequence[str]) -> None:
        self._sheet = book.add_worksheet(name)
        self._header = header
        # As text, so that 0870 and =1+1 stay so where somebody edits the cell.
        self._text = book.add_format({"num_format": "@"})
        self._written = 1
        self._sheet.freeze_panes(1, 0)
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        for column, title in enumerate(header):
            self._sheet.write_string(0, column, title, bold)

    def write(self, frame: pl.DataFrame) -> None:
        """Write rows below those that are there; the first decide how wide the columns are.

        Parameters
        ----------
        frame : polars.DataFrame
            Of columns that `plain_frame` may have. A missing value and an empty text are an empty
            cell; a number that a sheet does not know is a text.

        Raises
        ------
        QueryError
            If a text is longer than a cell can hold.
        """
        if self._written == 1:
            self._set_widths(frame)
        writers = [self._writer(kind) for kind in frame.dtypes]
        for row, cells in enumerate(frame.iter_rows(), self._written):
            for column, (writer, cell) in enumerate(zip(writers, cells, strict=True)):
                if cell is not None:
                    writer(row, column, cell)
        self._written += len(frame)

    def _set_widths(self, frame: pl.DataFrame) -> None:
        for place, (title, values) in enumerate(zip(self._header, frame, strict=True)):
            texts = values if values.dtype == pl.String else values.head(0).cast(pl.String)
            longest: Any = texts.str.len_chars().max() or 0
            width = min(max(len(title) + 1, longest + 1, _NARROWEST), _WIDEST)
            self._sheet.set_column(place, place, width)

    def _writer(self, kind: pl.DataType) -> Any:
        if kind == pl.String:
            return self._write_text
        if kind == pl.Boolean:
            return self._sheet.write_boolean
        return self._write_real if kind.is_float() else self._sheet.write_number

    def _write_text(self, row: int, column: int, text: str) -> None:
        if len(text) > CELL_UNITS // 2 and len(text.encode("utf-16-le")) > 2 * CELL_UNITS:
            raise QueryError(
                f"column {self._header[column]} of {self._sheet.name} holds a text of more than "
                f"{CELL_UNITS:,} characters, which no cell can hold",
                fix="choose another --format, or shorten it with --query",
            )
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library would take such a text for markup of its own.
            self._sheet.write_rich_string(row, column, text[:1], self._text, text[1:], self._text)
        else:
            self._sheet.write_string(row, column, text, self._text)

    def _write_real(self, row: int, column: int, number: float) -> None:
        if abs(number) <= LARGEST:
            self._sheet.write_number(row, column, number)
        else:
            self._write_text(row, column, str(number))
