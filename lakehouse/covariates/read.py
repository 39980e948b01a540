"""Reading and checking a table of covariates."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.errors import InputError
from lakehouse.inputs.participant_files import (
    LARGEST,
    PARTICIPANT_COLUMNS,
    ParticipantFile,
    has_decimal_comma,
    instrument_of,
    is_number,
    not_a_number,
    read_participant_file,
)
from lakehouse.settings.model import Settings

FROM_PHOTOGRAPHS: Final = ("yaw", "pitch", "roll")
"""Covariates that every build adds; no column may be called so."""

_LISTED_LEVELS: Final = 8
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_TABLE: Final = {
    "participant": pl.String,
    "covariate": pl.String,
    "value": pl.Float64,
    "category": pl.String,
}


@dataclass(frozen=True, eq=False)
class Covariates:
    """A checked table of covariates.

    Attributes
    ----------
    table : polars.DataFrame
        Columns participant, covariate, value, category; one row for each pair, sorted by
        participant. A number is a value, anything else a category; both are null where it is
        missing.
    participants : tuple of str
    kinds : dict of str to str
        Each covariate in the order of the file's columns: "number", or "category" and its levels.
    missing : dict of str to int
        Missing values of each covariate.
    ignored_columns : tuple of str
        Columns of the file that were not taken: scores, ids, empty ones and those not asked for.
    """

    table: pl.DataFrame
    participants: tuple[str, ...]
    kinds: dict[str, str]
    missing: dict[str, int]
    ignored_columns: tuple[str, ...]


def read_covariates(
    file: Path,
    settings: Settings,
    *,
    participant_column: str | None = None,
    only: Sequence[str] = (),
    categories: Sequence[str] = (),
) -> Covariates:
    """Read covariates from CSV or Excel and refuse what cannot be right.

    Parameters
    ----------
    file : Path
        As for `lakehouse.scores.read_scores`: a row for each participant.
    settings : Settings
        The instruments, whose columns are scores and no covariates.
    participant_column : str, optional
        Name of the participants' column.
    only : sequence of str
        Columns to take; by default every one that holds something, no scores and no ids.
    categories : sequence of str
        Columns whose numbers are codes of categories.

    Returns
    -------
    Covariates
        Named like their columns in lower-case ASCII, with underscores for everything else.

    Raises
    ------
    InputError
        If a column is missing or has a name that cannot be used, a row has no participant or one
        that an earlier row has, or only some of a column's values are numbers. Nothing of the
        file is then taken over.
    """
    table = read_participant_file(file, participant_column)
    columns = _covariate_columns(table, settings, only)
    coded = _named_columns(table, categories, columns)
    data = {
        covariate: _values(table, column, as_category=column in coded)
        for covariate, column in columns.items()
    }
    table.refuse("correct the file (leave missing values blank); none of it was stored")
    return _collected(table, columns, data)


def _covariate_columns(
    table: ParticipantFile, settings: Settings, only: Sequence[str]
) -> dict[str, str]:
    """Map covariates to their columns."""
    wanted = _named_columns(table, only)
    found: dict[str, str] = {}
    for column, name in table.columns():
        taken = (
            table.frame[column].is_not_null().any()
            and instrument_of(name, settings.instruments) is None
            and name not in PARTICIPANT_COLUMNS
        )
        if column not in wanted and (wanted or not taken):
            continue
        covariate = _ascii(name)
        if not _NAME.fullmatch(covariate) or covariate in FROM_PHOTOGRAPHS:
            raise InputError(
                f"column {column} cannot be a covariate: names begin with a letter, and "
                f"{', '.join(FROM_PHOTOGRAPHS)} come from the photographs",
                where=table.name,
                fix="rename the column, or list the columns to read with --only",
            )
        if covariate in found:
            raise InputError(
                f"has two columns for {covariate}", where=table.name, fix="remove or rename one"
            )
        found[covariate] = column
    if not found:
        raise InputError("has no column of covariates", where=table.name, fix=table.columns_there)
    return found


def _named_columns(
    table: ParticipantFile, names: Sequence[str], among: dict[str, str] | None = None
) -> set[str]:
    """Find the columns that the user names, by their own name or the covariate's."""
    there = {name: column for column, name in table.columns()}
    there |= {_ascii(name): column for name, column in there.items()}
    allowed = set(there.values() if among is None else among.values())
    found = {name: there.get(name.strip().lower()) for name in names}
    if unknown := [name for name, column in found.items() if column not in allowed]:
        raise InputError(
            f"has no column {', '.join(unknown)} to read",
            where=table.name,
            fix=table.columns_there,
        )
    return {column for column in found.values() if column is not None}


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _values(
    table: ParticipantFile, column: str, *, as_category: bool
) -> list[tuple[float | None, str | None]]:
    """Read a column as numbers or as categories."""
    numeric = any(
        is_number(text) or has_decimal_comma(text)
        for _, text in table.values(column)
        if text is not None
    )
    if as_category or not numeric:
        return [(None, text) for _, text in table.values(column)]
    values: list[tuple[float | None, str | None]] = []
    for row, text in table.values(column):
        value = None
        if text is not None and not is_number(text):
            table.problems.add(
                row,
                f"{not_a_number(column, text)} (if {column} is a category: --category {column})",
            )
        elif text is not None:
            value = float(text)
            if abs(value) > LARGEST:
                table.problems.add(row, f"{column} is {text}, too large")
        values.append((value, None))
    return values


def _collected(
    table: ParticipantFile,
    columns: dict[str, str],
    data: dict[str, list[tuple[float | None, str | None]]],
) -> Covariates:
    rows = [
        (participant, covariate, *data[covariate][place])
        for place, participant in sorted(enumerate(table.participants), key=lambda row: row[1])
        for covariate in columns
    ]
    used = {table.participant_column, *columns.values()}
    return Covariates(
        table=pl.DataFrame(rows, schema=_TABLE, orient="row"),
        participants=tuple(sorted(table.participants)),
        kinds={covariate: _kind(values) for covariate, values in data.items()},
        missing={covariate: values.count((None, None)) for covariate, values in data.items()},
        ignored_columns=tuple(column for column in table.frame.columns if column not in used),
    )


def _kind(values: list[tuple[float | None, str | None]]) -> str:
    levels = sorted({category for _, category in values if category is not None})
    if not levels:
        return "number"
    listed = len(levels) <= _LISTED_LEVELS
    return f"category, {', '.join(levels) if listed else f'{len(levels):,} levels'}"
