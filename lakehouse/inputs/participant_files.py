"""Reading the tables that say something of participants: CSV or Excel, a row for each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lakehouse.errors import InputError
from lakehouse.ids import words_on_alike
from lakehouse.inputs.column_names import Choice, named, recognised
from lakehouse.inputs.numbers import Written, words_for_missing, written_values
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.shown import short_name
from lakehouse.inputs.text_tables import Column, TextTable, read_text_table


@dataclass(frozen=True, slots=True)
class ParticipantFileOptions:
    """Which part of a file is read.

    Attributes
    ----------
    participant_column : str or None
        Name of the participants' column; by default the best known of
        `lakehouse.inputs.column_names.COLUMN_NAMES` that there is.
    sheet : str or None
        Of a workbook, the sheet's name, or its number among those that are shown; by default the
        first that is shown.
    """

    participant_column: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, eq=False)
class ParticipantFile:
    """A file with a row per participant, every value as text.

    Attributes
    ----------
    table : TextTable
        As it was read.
    participant_column : Column
        Holds the ids.
    participants : tuple of str
        The ids; once `refuse` was passed, each is there and there once.
    problems : RowProblems
        What is wrong with its rows, so far with the participants' ids.
    told_of_ids : tuple of str
        What a user should know of how the ids were found.
    """

    table: TextTable
    participant_column: Column
    participants: tuple[str, ...]
    problems: RowProblems
    told_of_ids: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name."""
        return self.table.name

    def columns(self) -> Iterator[Column]:
        """Go through the other columns."""
        return (each for each in self.table.columns if each is not self.participant_column)

    def values(self, column: Column) -> list[Written]:
        """Read a column, with None where a value is missing."""
        return written_values(self.table, column, self.problems)

    def told(self, read: list[Column]) -> tuple[str, ...]:
        """Say what a user should know of how the file was read.

        Parameters
        ----------
        read : list of Column
            What was read of it.
        """
        return (*self.table.told, *self.told_of_ids, *words_for_missing(read))

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
        if not self.participants:
            raise InputError("holds no participant", where=self.name)


def read_participant_file(file: Path, options: ParticipantFileOptions) -> ParticipantFile:
    """Read a table and find the participants in it.

    Parameters
    ----------
    file : Path
        CSV (see `lakehouse.inputs.delimited_text.text_grid`) or a workbook of Excel.

    Raises
    ------
    InputError
        If the file cannot be read or has no such column.
    UsageError
        If a sheet is named of a file that has none.
    """
    table = read_text_table(file, spreadsheets=True, sheet=options.sheet)
    choice = _choice(table, options.participant_column)
    problems = table.problems()
    ids = list(table.values(choice.column, problems))
    told = problems.rows
    for row, participant in ids:
        if participant is None and row not in told:
            problems.add(row, "no participant")
    problems.add_duplicates(ids, "its participant")
    participants = tuple(participant or "" for _, participant in ids)
    return ParticipantFile(table, choice.column, participants, problems, _words_on(choice, ids))


def _choice(table: TextTable, wanted: str | None) -> Choice:
    """Find the participants' column, by the name that the user gives or one that is known."""
    if wanted is None:
        choice = recognised(table, "participant", "--participant-column")
    else:
        found = named(table, wanted)
        choice = Choice("participant", found) if found else None
    if choice is None:
        raise InputError(
            f"has no column {short_name(wanted)}"
            if wanted
            else "has no column of participants that is known, such as participant or user_id",
            where=table.name,
            fix=f"name the column of participants with --participant-column; {table.columns_there}",
        )
    return choice


def _words_on(choice: Choice, ids: Iterable[tuple[int, str | None]]) -> tuple[str, ...]:
    column = f"participants read from {short_name(choice.column.name)}"
    return (
        *([] if choice.by_own_name else [column]),
        *choice.told(),
        *words_on_alike(each for _, each in ids if each),
    )
