"""Times as people and programs write them, in seconds."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from lakehouse.inputs.numbers import Written, numbers, written_values
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.shown import short_name, short_value
from lakehouse.inputs.text_tables import Column, TextTable

Unit = Literal["s", "ms"]

CLOCK: Final = re.compile(r"(-?)(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2}(?:[.,][0-9]{1,9})?)")
"""Hours, minutes and seconds; hours may be missing."""

_FRAMES: Final = re.compile(r"[0-9]+:[0-9]+:[0-9]+[:;][0-9]+")
_IN_MS: Final = re.compile(r"(?<![a-z])(ms|msec|msecs|millis|milliseconds?|milissegundos)(?![a-z])")
_DIGITS: Final = 6
"""Behind the point: times are as exact as a microsecond."""


def unit_of(name: str) -> Unit:
    """Tell the unit of a column's times by its name; seconds where it says none."""
    return "ms" if _IN_MS.search(name.lower().replace("_", " ")) else "s"


def seconds(
    table: TextTable, column: Column, unit: Unit, problems: RowProblems
) -> list[float | None]:
    """Read a column of times and note what is none.

    Parameters
    ----------
    unit : str
        Of plain numbers; what has colons is hours, minutes and seconds.

    Returns
    -------
    list of float or None
        In seconds; None where the time is missing or wrong.
    """
    values = written_values(table, column, problems)
    plain = [each for each in values if each.text is None or ":" not in each.text]
    found = dict(
        zip(
            [each.row for each in plain],
            numbers(plain, column, table.separator, problems),
            strict=True,
        )
    )
    factor = 1000 if unit == "ms" else 1
    times = {row: None if each is None else each / factor for row, each in found.items()}
    times |= _clock_times([each for each in values if each.row not in found], column, problems)
    return [_rounded(times[each.row]) for each in values]


def _clock_times(
    values: Sequence[Written], column: Column, problems: RowProblems
) -> dict[int, float | None]:
    times: dict[int, float | None] = {}
    for each in values:
        text = each.text or ""
        times[each.row] = clock_seconds(text)
        if times[each.row] is None:
            why = "counts frames; give hh:mm:ss.ms" if _FRAMES.fullmatch(text) else "no time"
            problems.add(each.row, f"{short_name(column.name)} is {short_value(text)}, {why}")
    return times


def clock_seconds(text: str) -> float | None:
    """Read hours, minutes and seconds; None if it is something else."""
    if (match := CLOCK.fullmatch(text)) is None:
        return None
    sign, hours, minutes, rest = match.groups()
    time = int(hours or 0) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
    return -time if sign else time


def _rounded(time: float | None) -> float | None:
    return None if time is None else round(time, _DIGITS)


def lengths(onsets: Sequence[float | None], ends: Sequence[float | None]) -> list[float | None]:
    """Give how long events last by when they begin and end; None where either is not known."""
    return [
        None if onset is None or end is None else round(end - onset, _DIGITS)
        for onset, end in zip(onsets, ends, strict=True)
    ]
