"""A file of events as a table: without what programs write before it, and with or without header.

ELAN may write the media of a file before its rows, in lines that begin with a number sign, or its
name alone in a line, and usually writes no header. BORIS wrote a description of the observation
before the table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from lakehouse.errors import UsageError
from lakehouse.events.times import CLOCK
from lakehouse.inputs.decoding import decoded, read_content
from lakehouse.inputs.delimited_text import grid_of_text
from lakehouse.inputs.grid import Cell, Grid
from lakehouse.inputs.kinds import is_workbook
from lakehouse.inputs.text_tables import TextTable, column_letters, table_of
from lakehouse.inputs.workbooks import workbook_grid

_NOTE: Final = re.compile(r'(?:"#([^"]*)"|#([^",;\t]+)|"?([^",;\t]+\.eaf)"?)[,;\t]*', re.IGNORECASE)
_BORIS_HEADER: Final = re.compile(r'"?Time"?[,;\t]"?Media file path"?[,;\t].*', re.IGNORECASE)
_BORIS_BEGINNING: Final = re.compile(r'"?Observation id"?[,;\t].*', re.IGNORECASE)
_SECONDS: Final = re.compile(r"[0-9]+[.,][0-9]+")
_WHOLE: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in a line that is no row.

    Attributes
    ----------
    row : int
        Its number in a spreadsheet.
    """

    row: int
    text: str


@dataclass(frozen=True, eq=False)
class Source:
    """A table that may be of events.

    Attributes
    ----------
    table : TextTable
        Its columns are called by their letters where it has no header.
    stem : str
        The file's name without ending.
    has_header : bool
        Whether a row names its columns.
    notes : tuple of Note
        What stands in lines before the rows or between them.
    """

    table: TextTable
    stem: str
    has_header: bool
    notes: tuple[Note, ...]


def read_source(path: Path, sheet: str | None = None) -> Source:
    """Read a file of events.

    Parameters
    ----------
    path : Path
        Text with separators, or a workbook.
    sheet : str, optional
        Of a workbook, the sheet's name or number.

    Raises
    ------
    InputError
        If the file cannot be read, or is something else or empty.
    UsageError
        If a sheet is named of a file that has none.
    """
    content = read_content(path)
    if is_workbook(content):
        grid = workbook_grid(content, path.name, sheet)
        lines = ["\t".join(cell or "" for cell in row) for row in grid.rows]
        notes = _notes(lines)
        empty: list[Cell] = [None] * max(map(len, grid.rows), default=0)
        gone = {each.row - 1 for each in notes}
        rows = [empty if place in gone else row for place, row in enumerate(grid.rows)]
        grid = replace(grid, rows=rows)
    elif sheet is not None:
        raise UsageError("is no workbook and has no sheets", where=path.name, fix="omit --sheet")
    else:
        found = decoded(content, path.name)
        lines = found.text.splitlines(keepends=True)
        notes = _notes([line.rstrip("\r\n") for line in lines])
        for each in notes:
            lines[each.row - 1] = lines[each.row - 1][len(lines[each.row - 1].rstrip("\r\n")) :]
        grid = grid_of_text("".join(lines), path.name, found.told)
    headless = _is_headless(grid)
    width = max(map(len, grid.rows), default=0)
    names = [column_letters(place) for place in range(width)] if headless else None
    return Source(table_of(grid, path.name, names), path.stem, not headless, notes)


def _notes(lines: Sequence[str]) -> tuple[Note, ...]:
    """Find the lines that are no rows."""
    header = 0
    beginning = next((line for line in lines if line.strip()), "")
    if _BORIS_BEGINNING.fullmatch(beginning):
        header = next(
            (place for place, line in enumerate(lines) if _BORIS_HEADER.fullmatch(line)), 0
        )
    return tuple(
        Note(place + 1, (note[1] or note[2] or note[3] or "").strip() if note else line.strip())
        for place, line in enumerate(lines)
        if ((note := _NOTE.fullmatch(line.strip())) or place < header) and line.strip()
    )


def _is_headless(grid: Grid) -> bool:
    """Tell whether the first row has times already."""
    first = next((row for row in grid.rows if any(row)), [])
    cells = [cell for cell in first if cell]
    clocks = sum(CLOCK.fullmatch(cell) is not None for cell in cells)
    numbers = sum(bool(_SECONDS.fullmatch(each) or _WHOLE.fullmatch(each)) for each in cells)
    return clocks >= 1 or numbers >= 2
