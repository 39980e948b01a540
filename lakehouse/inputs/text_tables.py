"""Reading the tables that people make: every column as text, rows numbered as they see them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from lakehouse.errors import InputError, UsageError
from lakehouse.ids import canonical, holds_invisible
from lakehouse.inputs.decoding import read_content
from lakehouse.inputs.delimited_text import text_grid
from lakehouse.inputs.grid import Cell, Grid
from lakehouse.inputs.kinds import is_workbook
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.shown import listed, short_name
from lakehouse.inputs.workbooks import workbook_grid

_SPREADSHEETS: Final = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"})


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a table.

    Attributes
    ----------
    name : str
        In its one spelling.
    letters : str
        What a spreadsheet calls its place: A, B, … Z, AA. Empty in what is no table.
    cells : tuple of str or None
        As they stand in the file, without blanks at the ends.
    faults : dict of int to str
        Places in `cells` where the value is not known, and why.
    """

    name: str
    letters: str
    cells: tuple[Cell, ...]
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name in lower case, by which it is found."""
        return self.name.lower()

    @property
    def place(self) -> str:
        """The letters as they stand behind its name in a message."""
        return f" ({self.letters})" if self.letters else ""

    @cached_property
    def values(self) -> tuple[Cell, ...]:
        """The cells in their one spelling; None where nothing visible is left."""
        return tuple(None if cell is None else canonical(cell) or None for cell in self.cells)

    @property
    def invisible(self) -> int:
        """Cells in which characters were that nobody sees."""
        return sum(holds_invisible(cell) for cell in self.cells if cell is not None)


@dataclass(frozen=True, eq=False)
class TextTable:
    """A table of which nothing but the header is understood.

    Attributes
    ----------
    name : str
        The file's name.
    columns : tuple of Column
        Those with a name.
    rows : tuple of int
        Of each row, its number in a spreadsheet. Rows in which nothing is written are left out.
    separator : str or None
        Between the columns of text; None for a spreadsheet.
    told : tuple of str
        What a user should know of how the file was read.
    lines : dict of int to int
        Of rows of text that begin on a line of another number, because cells before them hold
        line breaks, that line.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    separator: str | None = None
    told: tuple[str, ...] = ()
    lines: dict[int, int] = field(default_factory=dict)

    @property
    def columns_there(self) -> str:
        """Words on the columns there are, for messages."""
        there = (
            f"its columns are {listed(column.name for column in self.columns) or 'without name'}"
        )
        return there if self.separator else f"{there}; --sheet chooses another sheet"

    def problems(self) -> RowProblems:
        """Begin to collect what is wrong with its rows."""
        return RowProblems(self.name, self.lines)

    def find(self, names: Iterable[str]) -> Column | None:
        """Find a column by any of several names, in whatever case.

        Parameters
        ----------
        names : iterable of str
            Most wanted first.

        Raises
        ------
        InputError
            If two columns have the name.
        """
        for name in names:
            found = [column for column in self.columns if column.key == canonical(name).lower()]
            if len(found) > 1:
                letters = ", ".join(column.letters for column in found[:2] if column.letters)
                raise InputError(
                    f"has two columns {short_name(name)}{f' ({letters})' if letters else ''}",
                    where=self.name,
                    fix="remove or rename one",
                )
            if found:
                return found[0]
        return None

    def values(self, column: Column, problems: RowProblems) -> Iterator[tuple[int, Cell]]:
        """Go through a column's rows, and note the cells whose value is not known.

        Yields
        ------
        row : int
            Its number in a spreadsheet.
        value : str or None
        """
        for place, (row, value) in enumerate(zip(self.rows, column.values, strict=True)):
            if place in column.faults:
                problems.add(row, f"{short_name(column.name)} is {column.faults[place]}")
            yield row, value


def read_text_table(
    path: Path, *, spreadsheets: bool = False, sheet: str | None = None
) -> TextTable:
    """Read a table without guessing types.

    Parameters
    ----------
    path : Path
        Text with separators; see `lakehouse.inputs.delimited_text.text_grid`.
    spreadsheets : bool
        Whether it may be a workbook of Excel or OpenDocument too.
    sheet : str, optional
        Of a workbook, the sheet's name or number.

    Returns
    -------
    TextTable
        The header is the first row in which anything is written.

    Raises
    ------
    InputError
        If the file cannot be read, or is something else or empty.
    UsageError
        If a sheet is named of a file that has none.
    """
    content = read_content(path)
    if spreadsheets and is_workbook(content):
        return table_of(workbook_grid(content, path.name, sheet), path.name)
    if sheet is not None:
        raise UsageError("is no workbook and has no sheets", where=path.name, fix="omit --sheet")
    grid = text_grid(content, path.name)
    if path.suffix.lower() in _SPREADSHEETS:
        raise InputError(
            "cannot be read as a workbook: it is text under a spreadsheet's name",
            where=path.name,
            fix="rename it to .csv",
        )
    return table_of(grid, path.name)


def table_of(grid: Grid, name: str, names: Sequence[str] | None = None) -> TextTable:
    """Take a grid for a table.

    Parameters
    ----------
    name : str
        The file's name.
    names : sequence of str, optional
        Of its columns, if it has no header.

    Raises
    ------
    InputError
        If there is nothing in it.
    """
    header = next((place for place, row in enumerate(grid.rows) if any(map(_seen, row))), None)
    if header is None:
        raise InputError("is empty", where=name)
    called = grid.rows[header] if names is None else [*names]
    if names is not None:
        header -= 1
    rows = [
        place
        for place in range(header + 1, len(grid.rows))
        if any(map(_seen, grid.rows[place])) or _is_faulty(grid, place)
    ]
    columns = [_column(grid, _seen(each), place, rows) for place, each in enumerate(called)]
    nameless = [column.letters for column in columns if not column.name and any(column.cells)]
    told = list(grid.told)
    if nameless:
        told.append(f"columns without a name ignored: {listed(nameless)}")
    if invisible := sum(column.invisible for column in columns):
        told.append(f"invisible characters removed from {invisible:,} cells")
    return TextTable(
        name,
        tuple(column for column in columns if column.name),
        tuple(row + 1 for row in rows),
        grid.separator,
        tuple(told),
        {row + 1: grid.lines[row] for row in rows if grid.lines.get(row, row + 1) != row + 1},
    )


def _seen(cell: Cell) -> str:
    return canonical(cell or "")


def _is_faulty(grid: Grid, row: int) -> bool:
    return any((row, column) in grid.faults for column in range(len(grid.rows[row])))


def _column(grid: Grid, name: str, place: int, rows: list[int]) -> Column:
    faults = {
        at: grid.faults[row, place] for at, row in enumerate(rows) if (row, place) in grid.faults
    }
    return Column(name, column_letters(place), tuple(grid.rows[row][place] for row in rows), faults)


def column_letters(place: int) -> str:
    """Give the letters of a column.

    Parameters
    ----------
    place : int
        Counted from 0.
    """
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
