"""Reading and checking a table of covariates."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.errors import InputError
from lakehouse.ids import canonical
from lakehouse.inputs.column_names import is_name_of
from lakehouse.inputs.numbers import LARGEST, Written, holds_numbers, numbers
from lakehouse.inputs.participant_files import (
    ParticipantFile,
    ParticipantFileOptions,
    read_participant_file,
)
from lakehouse.inputs.shown import listed, short_name, short_text
from lakehouse.inputs.text_tables import Column
from lakehouse.settings.instrument_names import instrument_of
from lakehouse.settings.model import Settings

FROM_PHOTOGRAPHS: Final = ("yaw", "pitch", "roll")
"""Covariates that every build adds; no column may be called so."""

_RENAMED: Final = "covariate_"
"""Begins the name that a covariate called as a score is has in `features_wide`."""

_LISTED_LEVELS: Final = 8
_LISTED_CHARACTERS: Final = 60
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
    file : str
        Name of the file.
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
    told : tuple of str
        Remarks on how the file was read: the sheet, words for missing values, invisible characters.
    """

    file: str
    table: pl.DataFrame
    participants: tuple[str, ...]
    kinds: dict[str, str]
    missing: dict[str, int]
    ignored_columns: tuple[str, ...]
    told: tuple[str, ...]


def read_covariates(
    file: Path,
    settings: Settings,
    options: ParticipantFileOptions = ParticipantFileOptions(),
    *,
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
    options : ParticipantFileOptions
        The participants' column and the sheet.
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
    UsageError
        If a sheet is named of a file that has none.
    """
    table = read_participant_file(file, options)
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
) -> dict[str, Column]:
    """Map covariates to their columns."""
    wanted = _named_columns(table, only)
    found: dict[str, Column] = {}
    for column in table.columns():
        taken = (
            (any(column.values) or column.faults)
            and instrument_of(column.name, settings.instruments) is None
            and not is_name_of("participant", column.name)
        )
        if column not in wanted and (wanted or not taken):
            continue
        covariate = _ascii(column.key)
        if (
            not _NAME.fullmatch(covariate)
            or covariate in FROM_PHOTOGRAPHS
            or covariate.startswith(_RENAMED)
        ):
            raise InputError(
                f"column {short_name(column.name)} cannot be a covariate: names begin with a "
                f"letter and not with {_RENAMED}, and {', '.join(FROM_PHOTOGRAPHS)} come from the "
                "photographs",
                where=table.name,
                fix="rename the column, or list the columns to read with --only",
            )
        if covariate in found:
            raise InputError(
                f"has two columns for {short_name(covariate)} "
                f"({found[covariate].letters}, {column.letters})",
                where=table.name,
                fix="remove or rename one",
            )
        found[covariate] = column
    if not found:
        raise InputError(
            "has no column of covariates", where=table.name, fix=table.table.columns_there
        )
    return found


def _named_columns(
    table: ParticipantFile, names: Sequence[str], among: dict[str, Column] | None = None
) -> list[Column]:
    """Find the columns that the user names, by their own name or the covariate's."""
    there = list(table.columns())
    allowed = there if among is None else list(among.values())
    found: list[Column] = []
    unknown: list[str] = []
    for name in names:
        key = canonical(name).lower()
        named = [each for each in there if key in (each.key, _ascii(each.key)) and each in allowed]
        found += named
        if not named:
            unknown.append(name)
    if unknown:
        raise InputError(
            f"has no column {listed(unknown)} to read",
            where=table.name,
            fix=table.table.columns_there,
        )
    return found


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _values(
    table: ParticipantFile, column: Column, *, as_category: bool
) -> list[tuple[float | None, str | None]]:
    """Read a column as numbers or as categories."""
    values = table.values(column)
    if as_category or not holds_numbers(values):
        return [(None, each.text) for each in values]
    return [(number, None) for number in _numbers(table, column, values)]


def _numbers(table: ParticipantFile, column: Column, values: list[Written]) -> list[float | None]:
    problems = table.table.problems()
    found = numbers(values, column, table.table.separator, problems)
    table.problems.extend(problems, " (if it is a category: --category)")
    for each, number in zip(values, found, strict=True):
        if number is not None and abs(number) > LARGEST:
            name = short_name(column.name)
            table.problems.add(each.row, f"{name} is {short_text(each.text or '')}, too large")
    return found


def _collected(
    table: ParticipantFile,
    columns: dict[str, Column],
    data: dict[str, list[tuple[float | None, str | None]]],
) -> Covariates:
    rows = [
        (participant, covariate, *data[covariate][place])
        for place, participant in sorted(enumerate(table.participants), key=lambda row: row[1])
        for covariate in columns
    ]
    used = list(columns.values())
    return Covariates(
        file=table.name,
        table=pl.DataFrame(rows, schema=_TABLE, orient="row"),
        participants=tuple(sorted(table.participants)),
        kinds={covariate: _kind(values) for covariate, values in data.items()},
        missing={covariate: values.count((None, None)) for covariate, values in data.items()},
        ignored_columns=tuple(each.name for each in table.columns() if each not in used),
        told=table.told(used),
    )


def _kind(values: list[tuple[float | None, str | None]]) -> str:
    levels = sorted({category for _, category in values if category is not None})
    if not levels:
        return "number"
    named = ", ".join(levels)
    if len(levels) > _LISTED_LEVELS or len(named) > _LISTED_CHARACTERS:
        named = f"{len(levels):,} levels"
    return f"category, {named}"
