"""Reading the tables that people make: every column as text, rows numbered as they see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.errors import InputError

HEADER_ROWS: Final = 1
"""The header is row 1 of a spreadsheet, so the first row of data is row 2."""

_SEPARATORS: Final = ",;\t"
_SHOWN: Final = 5


def read_csv_as_text(path: Path) -> pl.DataFrame:
    """Read a CSV file without guessing types.

    The separator (comma, semicolon or tab) is the one most frequent in the header. The text is
    UTF-8 with or without byte order mark, else Windows-1252, which old spreadsheets write.

    Returns
    -------
    polars.DataFrame
        Every column text, blanks at both ends removed, null where nothing is left; a blank line
        is a row of nulls, so that row numbers stay those of a spreadsheet.

    Raises
    ------
    InputError
        If the file cannot be read, is empty, or a row has more fields than the header.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=path.name) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    header = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=header.count)
    try:
        frame = pl.read_csv(text.encode(), separator=separator, infer_schema=False)
    except pl.exceptions.NoDataError as error:
        raise InputError("is empty", where=path.name) from error
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"is not valid CSV ({reason})", where=path.name) from error
    return stripped(frame)


def stripped(frame: pl.DataFrame) -> pl.DataFrame:
    """Remove blanks around names and values, and turn what was only blanks into null.

    Parameters
    ----------
    frame : polars.DataFrame
        All columns text.
    """
    frame = frame.rename({name: name.strip() for name in frame.columns})
    text = pl.all().str.strip_chars()
    return frame.select(pl.when(text != "").then(text).name.keep())


@dataclass
class RowProblems:
    """Collects what is wrong with the rows of one file, to refuse them all at once.

    Attributes
    ----------
    file : str
        The file's name.
    """

    file: str
    _problems: list[tuple[int, str]] = field(default_factory=list)

    def add(self, row: int, problem: str) -> None:
        """Note a problem.

        Parameters
        ----------
        row : int
            Index of the row of data, from 0.
        """
        self._problems.append((row + HEADER_ROWS + 1, problem))

    def add_duplicates(self, keys: Iterable[tuple[int, object]], name: str) -> None:
        """Note every row whose key an earlier row has too.

        Parameters
        ----------
        keys : iterable of (int, object)
            Row and its key, which is None where the row has none.
        name : str
            What the key is, for the message.
        """
        first: dict[object, int] = {}
        for row, key in keys:
            if key is None:
                continue
            if key in first:
                earlier = first[key] + HEADER_ROWS + 1
                self.add(row, f"{name} is also in row {earlier}")
            else:
                first[key] = row

    def refuse(self, fix: str) -> None:
        """Raise if anything was noted.

        Parameters
        ----------
        fix : str
            What to do about it.

        Raises
        ------
        InputError
            Naming the first few rows and how many there are.
        """
        if not self._problems:
            return
        rows = sorted(self._problems)
        shown = "; ".join(f"row {row}: {problem}" for row, problem in rows[:_SHOWN])
        more = f"; and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
        raise InputError(f"refused, {shown}{more}", where=self.file, fix=fix)


def find_column(columns: Sequence[str], names: Iterable[str]) -> str | None:
    """Find a column by any of several names, in whatever case.

    Parameters
    ----------
    columns : sequence of str
        The columns there are.
    names : iterable of str
        Names to look for, most wanted first.

    Returns
    -------
    str or None
        The column as it is spelled, or None.
    """
    spelled = {column.lower(): column for column in reversed(columns)}
    return next((spelled[name.lower()] for name in names if name.lower() in spelled), None)
