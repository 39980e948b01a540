"""Reading and checking a table of questionnaire scores."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.errors import InputError
from lakehouse.inputs.participant_files import (
    LARGEST,
    SCORE_SUFFIX,
    ParticipantFile,
    instrument_of,
    is_number,
    not_a_number,
    read_participant_file,
)
from lakehouse.inputs.text_tables import RowProblems
from lakehouse.settings.model import Instrument, Settings

_RESERVED: Final = re.compile(r"participant|\d\d-\d\d_\d+")
"""The key and the features, beside which scores stand as columns of `features_wide`."""


@dataclass(frozen=True, eq=False)
class Scores:
    """A checked table of scores.

    Attributes
    ----------
    table : polars.DataFrame
        Columns participant, instrument, score; one row for each pair, sorted by participant, the
        score null where it is missing.
    participants, instruments : tuple of str
        Instruments in the order of the file's columns.
    missing : dict of str to int
        Missing scores of each instrument.
    unranged : tuple of str
        Instruments without a range in the settings, so that none could be checked.
    ignored_columns : tuple of str
        Columns of the file that hold neither participants nor scores.
    """

    table: pl.DataFrame
    participants: tuple[str, ...]
    instruments: tuple[str, ...]
    missing: dict[str, int]
    unranged: tuple[str, ...]
    ignored_columns: tuple[str, ...]


def read_scores(file: Path, settings: Settings, *, participant_column: str | None = None) -> Scores:
    """Read scores from CSV or Excel and refuse what cannot be right.

    Parameters
    ----------
    file : Path
        CSV (comma, semicolon or tab; UTF-8, else Windows-1252) or an Excel file, whose first
        sheet is read. One row for each participant.
    settings : Settings
        The instruments and their ranges.
    participant_column : str, optional
        Name of the participants' column; by default one like participant, id_user or
        subject.

    Raises
    ------
    InputError
        If a column is missing, or a row has no participant, one that an earlier row has, text
        where a number belongs, or a score outside its instrument's range; the message names rows
        as a spreadsheet numbers them, and nothing of the file is taken over.
    """
    table = read_participant_file(file, participant_column)
    columns = _score_columns(table, settings.instruments)
    scores = {
        instrument: [
            _score(text, column, settings.instruments.get(instrument), row, table.problems)
            for row, text in table.values(column)
        ]
        for instrument, column in columns.items()
    }
    table.refuse("correct the file (leave missing scores blank); none of it was stored")
    used = {table.participant_column, *columns.values()}
    return _collected(table.participants, scores, settings, table.frame, used)


def _score_columns(table: ParticipantFile, instruments: Mapping[str, Instrument]) -> dict[str, str]:
    """Map instruments to their columns."""
    found: dict[str, str] = {}
    for column, name in table.columns():
        instrument = instrument_of(name, instruments)
        if instrument is None:
            continue
        if _RESERVED.fullmatch(instrument):
            raise InputError(
                f"column {column} would define the instrument {instrument}, a name that is "
                "reserved",
                where=table.name,
                fix="rename the column",
            )
        if instrument in found:
            raise InputError(
                f"has two columns of {instrument} scores", where=table.name, fix="remove one"
            )
        found[instrument] = column
    if not found:
        raise InputError(
            "has no column of scores",
            where=table.name,
            fix=f"name one like dbi{SCORE_SUFFIX}; {table.columns_there}",
        )
    return found


def _score(
    text: str | None, column: str, instrument: Instrument | None, row: int, problems: RowProblems
) -> float | None:
    if text is None:
        return None
    if not is_number(text):
        problems.add(row, not_a_number(column, text))
        return None
    score = float(text)
    low, high = (instrument.min, instrument.max) if instrument else (-LARGEST, LARGEST)
    if not low <= score <= high:
        problems.add(row, f"{column} is {text}, outside {low:g} to {high:g}")
        return None
    return score


def _collected(
    participants: list[str],
    scores: dict[str, list[float | None]],
    settings: Settings,
    frame: pl.DataFrame,
    used: set[str],
) -> Scores:
    wide = pl.DataFrame(
        {"participant": participants, **scores},
        schema={"participant": pl.String, **dict.fromkeys(scores, pl.Float64)},
    ).sort("participant")
    long = wide.unpivot(index="participant", variable_name="instrument", value_name="score")
    place = {instrument: place for place, instrument in enumerate(scores)}
    order = pl.col("instrument").replace_strict(place, return_dtype=pl.Int32)
    return Scores(
        table=long.sort("participant", order, maintain_order=True),
        participants=tuple(wide["participant"].to_list()),
        instruments=tuple(scores),
        missing={instrument: values.count(None) for instrument, values in scores.items()},
        unranged=tuple(name for name in scores if name not in settings.instruments),
        ignored_columns=tuple(column for column in frame.columns if column not in used),
    )
