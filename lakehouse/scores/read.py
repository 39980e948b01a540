"""Reading and checking a table of questionnaire scores."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.errors import InputError
from lakehouse.inputs.numbers import LARGEST, numbers
from lakehouse.inputs.participant_files import (
    ParticipantFile,
    ParticipantFileOptions,
    read_participant_file,
)
from lakehouse.inputs.shown import listed, short_name, short_text
from lakehouse.inputs.text_tables import Column
from lakehouse.settings.instrument_names import SCORE_SUFFIX, instrument_of, similar_instrument
from lakehouse.settings.instruments import Instrument
from lakehouse.settings.model import Settings

_RESERVED: Final = re.compile(r"participant|m\d\d_\d\d_\d+|covariate_.*")
"""What else is a column of `features_wide`: the key, features, covariates named like scores."""


@dataclass(frozen=True, eq=False)
class Scores:
    """A checked table of scores.

    Attributes
    ----------
    file : str
        Name of the file.
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
    told : tuple of str
        Remarks on how the file was read: the sheet, aliases of instruments, columns that nearly
        are an instrument's, words for missing scores, invisible characters.
    """

    file: str
    table: pl.DataFrame
    participants: tuple[str, ...]
    instruments: tuple[str, ...]
    missing: dict[str, int]
    unranged: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    told: tuple[str, ...]


def read_scores(
    file: Path, settings: Settings, options: ParticipantFileOptions = ParticipantFileOptions()
) -> Scores:
    """Read scores from CSV or Excel and refuse what cannot be right.

    Parameters
    ----------
    file : Path
        CSV (comma, semicolon or tab; UTF-8, UTF-16, else Windows-1252) or a workbook of Excel.
        One row for each participant.
    settings : Settings
        The instruments and their ranges.
    options : ParticipantFileOptions
        The participants' column and the sheet.

    Raises
    ------
    InputError
        If a column is missing, or a row has no participant, one that an earlier row has, text
        where a number belongs, or a score outside its instrument's range; the message names rows
        as a spreadsheet numbers them, and nothing of the file is taken over.
    UsageError
        If a sheet is named of a file that has none.
    """
    table = read_participant_file(file, options)
    columns = _score_columns(table, settings.instruments)
    scores = {
        instrument: _scores(table, column, settings.instruments.get(instrument))
        for instrument, column in columns.items()
    }
    table.refuse("correct the file (leave missing scores blank); none of it was stored")
    return _collected(table, columns, scores, settings)


def _score_columns(
    table: ParticipantFile, instruments: Mapping[str, Instrument]
) -> dict[str, Column]:
    """Map instruments to their columns."""
    found: dict[str, Column] = {}
    for column in table.columns():
        instrument = instrument_of(column.name, instruments)
        if instrument is None:
            continue
        if _RESERVED.fullmatch(instrument):
            raise InputError(
                f"column {short_name(column.name)} would define an instrument of a name that is "
                "reserved",
                where=table.name,
                fix="rename the column",
            )
        if instrument in found:
            raise InputError(
                f"has two columns of {short_name(instrument)} scores "
                f"({found[instrument].letters}, {column.letters})",
                where=table.name,
                fix="remove one",
            )
        found[instrument] = column
    if not found:
        hints = _words_on_similar([each.name for each in table.columns()], instruments)
        raise InputError(
            "has no column of scores",
            where=table.name,
            fix=f"name one like dbi{SCORE_SUFFIX}; "
            + "; ".join([*hints, table.table.columns_there]),
        )
    return found


def _scores(
    table: ParticipantFile, column: Column, instrument: Instrument | None
) -> list[float | None]:
    """Read the scores of an instrument and note those outside its range."""
    values = table.values(column)
    scores = numbers(values, column, table.table.separator, table.problems)
    low, high = (instrument.min, instrument.max) if instrument else (-LARGEST, LARGEST)
    for each, score in zip(values, scores, strict=True):
        if score is not None and not low <= score <= high:
            table.problems.add(
                each.row,
                f"{short_name(column.name)} is {short_text(each.text or '')}, "
                f"outside {low:g} to {high:g}",
            )
    return scores


def _collected(
    table: ParticipantFile,
    columns: Mapping[str, Column],
    scores: dict[str, list[float | None]],
    settings: Settings,
) -> Scores:
    wide = pl.DataFrame(
        {"participant": table.participants, **scores},
        schema={"participant": pl.String, **dict.fromkeys(scores, pl.Float64)},
    ).sort("participant")
    long = wide.unpivot(index="participant", variable_name="instrument", value_name="score")
    place = {instrument: place for place, instrument in enumerate(scores)}
    order = pl.col("instrument").replace_strict(place, return_dtype=pl.Int32)
    used = list(columns.values())
    ignored = tuple(column.name for column in table.columns() if column not in used)
    return Scores(
        file=table.name,
        table=long.sort("participant", order, maintain_order=True),
        participants=tuple(wide["participant"].to_list()),
        instruments=tuple(scores),
        missing={instrument: values.count(None) for instrument, values in scores.items()},
        unranged=tuple(name for name in scores if name not in settings.instruments),
        ignored_columns=ignored,
        told=(
            *table.told(used),
            *_words_on_aliases(columns),
            *_words_on_similar(ignored, settings.instruments),
        ),
    )


def _words_on_aliases(columns: Mapping[str, Column]) -> tuple[str, ...]:
    read = [
        f"{short_name(column.name)} as {instrument}"
        for instrument, column in columns.items()
        if column.key.removesuffix(SCORE_SUFFIX) != instrument
    ]
    return (f"read {listed(read)}",) if read else ()


def _words_on_similar(
    names: Sequence[str], instruments: Mapping[str, Instrument]
) -> tuple[str, ...]:
    """Say which columns, not read as scores, are nearly called as an instrument is."""
    similar = {name: similar_instrument(name, instruments) for name in names}
    found = [f"{short_name(name)} (is it {each}?)" for name, each in similar.items() if each]
    return (f"columns that look like scores but are not read: {listed(found)}",) if found else ()
