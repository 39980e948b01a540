"""Reading text with separators (CSV and its relatives) into a grid."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from lakehouse.errors import InputError
from lakehouse.inputs.decoding import decoded
from lakehouse.inputs.grid import Cell, Grid
from lakehouse.inputs.row_problems import place_of

_SEPARATORS: Final = ",;\t"
# The first line that Excel writes, and hides when it reads it.
_SEPARATOR_LINE: Final = re.compile(r'\s*"?sep=([,;\t|])"?[,;\t]*\s*(\r\n|\n|\r|$)', re.IGNORECASE)
_LINE: Final = re.compile(r"[^\r\n]*\S[^\r\n]*")


def text_grid(content: bytes, name: str) -> Grid:
    """Read the cells of a file of text.

    Parameters
    ----------
    content : bytes
        Separated by comma, semicolon or tab, whichever the header has most of, or what a first
        line such as "sep=;" says. Lines end as on Windows, Unix or an old Macintosh.
    name : str
        The file's name.

    Raises
    ------
    InputError
        If it is no text, empty, badly quoted, or a row has more fields than the header.
    """
    found = decoded(content, name)
    return grid_of_text(found.text, name, found.told)


def grid_of_text(text: str, name: str, told: tuple[str, ...] = ()) -> Grid:
    """Read the cells of a text; see `text_grid`.

    Parameters
    ----------
    name : str
        The file's name.
    told : tuple of str
        What a user should know of how the text was read.

    Raises
    ------
    InputError
        If it is empty, badly quoted, or a row has more fields than the header.
    """
    separator, start = find_separator(text)
    above, text = _count_lines(text[:start]), text[start:]
    begins, rows = list[int](), list[list[Cell]]()
    for line_number, cells in _rows(text, separator, name, above):
        begins.append(line_number)
        rows.append(cells)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise InputError("is empty", where=name)
    _require_fitting(rows, begins, name)
    width = max(len(row) for row in rows)
    padded = [row + [None] * (width - len(row)) for row in rows]
    return Grid(padded, separator, told=told, lines=dict(enumerate(begins[: len(rows)])))


def find_separator(text: str) -> tuple[str, int]:
    """Tell what separates the columns of a text, and where its table begins.

    Parameters
    ----------
    text : str
        At least its header, and what stands before it.

    Returns
    -------
    separator : str
        What a first line such as "sep=;" says, or whichever the header has most of.
    start : int
        Behind that first line, or 0.
    """
    if line := _SEPARATOR_LINE.match(text):
        return line[1], line.end()
    header = _LINE.search(text)
    return max(_SEPARATORS, key=header[0].count) if header else ",", 0


def _rows(text: str, separator: str, name: str, above: int) -> Iterator[tuple[int, list[Cell]]]:
    """Give the cells of each row, and the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        begins = above + reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise InputError(
                f"is not valid CSV ({place_of(number, begins)}: {error})",
                where=name,
                fix="a text with quotation marks inside must stand in quotation marks, each "
                "of its own doubled",
            ) from error
        if row is None:
            return
        yield begins, [cell.strip() or None for cell in row]


def _count_lines(text: str) -> int:
    return len(re.findall(r"\r\n|\n|\r", text))


def _require_fitting(rows: list[list[Cell]], begins: list[int], name: str) -> None:
    """Refuse rows that hold more than the header: a comma in them was no separator, or is one."""
    width = next(len(row) for row in rows if any(row))
    for number, (row, line) in enumerate(zip(rows, begins[: len(rows)], strict=True), start=1):
        if any(row[width:]):
            raise InputError(
                f"is not valid CSV ({place_of(number, line)} has {len(row)} fields, the header "
                f"{width})",
                where=name,
                fix="put values that hold the separator into quotation marks",
            )
