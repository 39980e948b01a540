"""Reading the tables that say something of participants: CSV or Excel, a row for each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from lakehouse.errors import InputError
from lakehouse.inputs.text_tables import RowProblems, find_column, read_csv_as_text, stripped

PARTICIPANT_COLUMNS: Final = (
    *("participant", "participant_id", "id_participant", "id_user", "user_id", "user"),
    *("subject", "subject_id", "id"),
)
"""Names of the participants' column, most wanted first, in whatever case."""

SCORE_SUFFIX: Final = "_score"
"""A column `dbi_score` holds the scores of the instrument `dbi`."""

LARGEST: Final = 1e300
"""No scale reaches it; it keeps 1e999 from becoming infinite."""

_EXCEL: Final = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"})
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_DUPLICATED: Final = re.compile(r"_duplicated_\d+$")


@dataclass(frozen=True, eq=False)
class ParticipantFile:
    """A file with a row per participant, every value as text.

    Attributes
    ----------
    name : str
        The file's name.
    frame : polars.DataFrame
        Its rows, without those in which nothing is written.
    participant_column : str
        Name of the column that holds the ids.
    problems : RowProblems
        What is wrong with its rows, so far with the participants' ids.
    """

    name: str
    frame: pl.DataFrame
    participant_column: str
    problems: RowProblems
    _rows: tuple[int, ...]

    @property
    def participants(self) -> list[str]:
        """The participants' ids; once `refuse` was passed, each is there and there once."""
        return self.frame[self.participant_column].to_list()

    @property
    def columns_there(self) -> str:
        """Words on the columns there are, for messages."""
        return f"its columns are {', '.join(self.frame.columns)}"

    def columns(self) -> Iterator[tuple[str, str]]:
        """Go through the other columns.

        Yields
        ------
        column : str
            As the frame spells it.
        name : str
            In lower case; a second column of a name has the same as the first.
        """
        for column in self.frame.columns:
            if column != self.participant_column:
                # What polars makes of a second column of the same name.
                yield column, _DUPLICATED.sub("", column).lower()

    def values(self, column: str) -> Iterator[tuple[int, str | None]]:
        """Go through the rows of a column.

        Yields
        ------
        row : int
            Index in the file, for `problems`.
        text : str or None
        """
        return zip(self._rows, self.frame[column].to_list(), strict=True)

    def refuse(self, fix: str) -> None:
        """Raise if anything was wrong, or nobody is there.

        Parameters
        ----------
        fix : str
            What to do about wrong rows.

        Raises
        ------
        InputError
        """
        self.problems.refuse(fix)
        if self.frame.is_empty():
            raise InputError("holds no participant", where=self.name)


def read_participant_file(file: Path, participant_column: str | None) -> ParticipantFile:
    """Read a table and find the participants in it.

    Parameters
    ----------
    file : Path
        CSV (comma, semicolon or tab; UTF-8, else Windows-1252) or an Excel file, whose first
        sheet is read.
    participant_column : str or None
        Name of the participants' column; by default the first of `PARTICIPANT_COLUMNS` there is.

    Raises
    ------
    InputError
        If the file cannot be read or has no such column.
    """
    frame = _read_excel(file) if file.suffix.lower() in _EXCEL else read_csv_as_text(file)
    names = [participant_column] if participant_column else list(PARTICIPANT_COLUMNS)
    column = find_column(frame.columns, names)
    if column is None:
        raise InputError(
            f"has no column {' or '.join(names)}",
            where=file.name,
            fix="name the column of participants with --participant-column; its columns are "
            + ", ".join(frame.columns),
        )
    written = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    rows = tuple(written.arg_true().to_list())
    frame = frame.filter(written)
    problems = RowProblems(file.name)
    participants = frame[column].to_list()
    for row, participant in zip(rows, participants, strict=True):
        if participant is None:
            problems.add(row, "no participant")
    problems.add_duplicates(zip(rows, participants, strict=True), "its participant")
    return ParticipantFile(file.name, frame, column, problems, rows)


def instrument_of(name: str, instruments: Mapping[str, object]) -> str | None:
    """Tell whose scores a column holds.

    Parameters
    ----------
    name : str
        The column's, in lower case.
    instruments : mapping of str
        The instruments that the settings know.

    Returns
    -------
    str or None
        The instrument; None for a column of no scores.
    """
    instrument = name.removesuffix(SCORE_SUFFIX)
    return instrument if instrument and (instrument != name or name in instruments) else None


def is_number(text: str) -> bool:
    """Tell whether a text is a plain number, with a decimal point if any."""
    return _NUMBER.fullmatch(text) is not None


def has_decimal_comma(text: str) -> bool:
    """Tell whether a text would be a number if its comma were a point."""
    return _DECIMAL_COMMA.fullmatch(text) is not None


def not_a_number(column: str, text: str) -> str:
    """Say that a value is none."""
    hint = ", write a decimal point" if has_decimal_comma(text) else ""
    return f"{column} is {text!r}, not a number{hint}"


def _read_excel(file: Path) -> pl.DataFrame:
    try:
        # As text: a number is then spelled as the sheet shows it, 870 and not 870.0.
        sheet = fastexcel.read_excel(file).load_sheet(0, dtypes="string")
        return stripped(sheet.to_polars())
    except (fastexcel.FastExcelError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"cannot be read ({reason})", where=file.name) from error
