"""Reading and checking a table of questionnaire scores."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from lakehouse.dataset.text_tables import RowProblems, find_column, read_csv_as_text, stripped
from lakehouse.errors import InputError
from lakehouse.settings.model import Instrument, Settings

PARTICIPANT_COLUMNS: Final = (
    *("participant", "participant_id", "id_participant", "id_user", "user_id", "user"),
    *("subject", "subject_id", "id"),
)
"""Names of the participants' column, most wanted first, in whatever case."""

SCORE_SUFFIX: Final = "_score"
"""A column `dbi_score` holds the scores of the instrument `dbi`."""

_EXCEL: Final = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"})
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_LARGEST: Final = 1e300
"""No scale reaches it; it keeps 1e999 from becoming infinite."""

_RESERVED: Final = re.compile(r"participant|\d\d-\d\d_\d+")
"""The key and the features, beside which scores stand as columns of `features_wide`."""

_DUPLICATED: Final = re.compile(r"_duplicated_\d+$")


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
        Name of the participants' column; by default the first of `PARTICIPANT_COLUMNS` there is.

    Returns
    -------
    Scores

    Raises
    ------
    InputError
        If a column is missing, or a row has no participant, one that an earlier row has, text
        where a number belongs, or a score outside its instrument's range; the message names rows
        as a spreadsheet numbers them, and nothing of the file is taken over.
    """
    frame = _read_excel(file) if file.suffix.lower() in _EXCEL else read_csv_as_text(file)
    participant = _participant_column(frame, file, participant_column)
    columns = _score_columns(frame, file, participant, settings.instruments)
    written = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    rows = written.arg_true().to_list()
    frame = frame.filter(written)
    participants = frame[participant].to_list()
    problems = RowProblems(file.name)
    for row, name in zip(rows, participants, strict=True):
        if name is None:
            problems.add(row, "no participant")
    problems.add_duplicates(zip(rows, participants, strict=True), "its participant")
    scores = {
        instrument: [
            _score(text, column, settings.instruments.get(instrument), row, problems)
            for row, text in zip(rows, frame[column].to_list(), strict=True)
        ]
        for instrument, column in columns.items()
    }
    problems.refuse("mend the file (a missing score is left blank); nothing of it was used")
    if not participants:
        raise InputError("holds no participant", where=file.name)
    return _collected(participants, scores, settings, frame, {participant, *columns.values()})


def _read_excel(file: Path) -> pl.DataFrame:
    try:
        # As text: a number is then spelled as the sheet shows it, 870 and not 870.0.
        sheet = fastexcel.read_excel(file).load_sheet(0, dtypes="string")
        return stripped(sheet.to_polars())
    except (fastexcel.FastExcelError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"cannot be read ({reason})", where=file.name) from error


def _participant_column(frame: pl.DataFrame, file: Path, wanted: str | None) -> str:
    names = [wanted] if wanted else list(PARTICIPANT_COLUMNS)
    column = find_column(frame.columns, names)
    if column is None:
        raise InputError(
            f"has no column {' or '.join(names)}",
            where=file.name,
            fix=f"name the participants' with --participant-column; {_columns_there(frame)}",
        )
    return column


def _score_columns(
    frame: pl.DataFrame, file: Path, participant: str, instruments: Mapping[str, Instrument]
) -> dict[str, str]:
    """Map instruments to their columns."""
    found: dict[str, str] = {}
    for column in frame.columns:
        # What polars makes of a second column of the same name.
        name = _DUPLICATED.sub("", column).lower()
        instrument = name.removesuffix(SCORE_SUFFIX)
        if column == participant or not instrument:
            continue
        if not name.endswith(SCORE_SUFFIX) and name not in instruments:
            continue
        if _RESERVED.fullmatch(instrument):
            raise InputError(
                f"column {column} would make scores of {instrument}, a name with a meaning of its "
                "own",
                where=file.name,
                fix="rename the column",
            )
        if instrument in found:
            raise InputError(
                f"has two columns of {instrument} scores", where=file.name, fix="remove one"
            )
        found[instrument] = column
    if not found:
        raise InputError(
            "has no column of scores",
            where=file.name,
            fix=f"name one like dbi{SCORE_SUFFIX}; {_columns_there(frame)}",
        )
    return found


def _columns_there(frame: pl.DataFrame) -> str:
    return f"its columns are {', '.join(frame.columns)}"


def _score(
    text: str | None, column: str, instrument: Instrument | None, row: int, problems: RowProblems
) -> float | None:
    if text is None:
        return None
    if not _NUMBER.fullmatch(text):
        hint = ", write a decimal point" if _DECIMAL_COMMA.fullmatch(text) else ""
        problems.add(row, f"{column} is {text!r}, not a number{hint}")
        return None
    score = float(text)
    low, high = (instrument.min, instrument.max) if instrument else (-_LARGEST, _LARGEST)
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
