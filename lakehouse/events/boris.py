"""What BORIS exports: tabular events, with rows for start and stop, and aggregated events."""

import re
from collections.abc import Iterator
from typing import Final

from lakehouse.events.sources import Source
from lakehouse.events.times import lengths, seconds
from lakehouse.events.written import EventFile, WrittenEvent
from lakehouse.ids import folded
from lakehouse.inputs.numbers import written_values
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.text_tables import Column, TextTable

_COLUMNS: Final = {
    "time": ("Time",),
    "start": ("Start (s)", "Start (seconds)"),
    "stop": ("Stop (s)", "Stop (seconds)"),
    "behavior": ("Behavior",),
    "status": ("Status", "Behavior type"),
    "subject": ("Subject",),
    "video": ("Media file name", "Media file path", "Media file", "Media file(s)"),
    "source": ("Source",),
    "observation": ("Observation id",),
    "offset": ("Time offset (s)",),
}
_NOBODY: Final = frozenset(map(folded, ("No focal subject", "")))
_PLAYER: Final = re.compile(r"player #[0-9]+:\s*", re.IGNORECASE)
_SEVERAL: Final = ";"
_START, _STOP, _POINT = "START", "STOP", "POINT"
_Row = dict[str, str | None]


def read_boris(source: Source) -> EventFile | None:
    """Read what BORIS has exported; None if it is something else."""
    table = source.table
    columns = {
        field: found
        for field, names in _COLUMNS.items()
        if (found := table.find(names)) is not None
    }
    aggregated = {"start", "behavior"} <= columns.keys()
    if not aggregated and not {"time", "behavior", "status"} <= columns.keys():
        return None
    problems = table.problems()
    rows = _rows(table, columns, problems)
    observation = _observation(source)
    for number, row in rows.items():
        _note_other_clocks(number, row, problems)
    spans = _aggregated if aggregated else _paired
    events = [
        _event(number, rows[number], observation, onset, duration)
        for number, onset, duration in spans(table, columns, rows, problems)
    ]
    return EventFile(table.name, "BORIS", tuple(events), problems, annotated=True, told=table.told)


def _rows(table: TextTable, columns: dict[str, Column], problems: RowProblems) -> dict[int, _Row]:
    texts = {
        field: written_values(table, column, problems)
        for field, column in columns.items()
        if field not in ("time", "start", "stop")
    }
    return {
        row: {field: values[place].text for field, values in texts.items()}
        for place, row in enumerate(table.rows)
    }


def _observation(source: Source) -> str | None:
    """Give the observation that a description before the table names."""
    for note in source.notes:
        key, _, value = re.sub(r'[,;\t"]+', "\t", note.text).partition("\t")
        if key.strip().lower() == "observation id":
            return value.strip() or None
    return None


def _note_other_clocks(number: int, row: _Row, problems: RowProblems) -> None:
    """Note rows whose times are not those of their video."""
    first_player = (row.get("source") or "").partition("|")[0]
    if _SEVERAL in first_player:
        problems.add(
            number,
            "its observation plays several files one after another, and its time counts from the "
            "first; make one observation of each in BORIS",
        )
    offset = row.get("offset")
    if offset and any(digit in "123456789" for digit in offset):
        problems.add(number, "its observation has a time offset; set it to 0 in BORIS")


def _event(
    number: int, row: _Row, observation: str | None, onset: float | None, duration: float | None
) -> WrittenEvent:
    source = _PLAYER.sub("", (row.get("source") or "").partition("|")[0])
    subject, behavior = row.get("subject") or "", row.get("behavior")
    videos = (row.get("video"), source, row.get("observation"), observation)
    return WrittenEvent(
        row=number,
        participants=() if folded(subject) in _NOBODY else (subject,),
        videos=tuple(dict.fromkeys(each for each in videos if each)),
        onset_s=onset,
        duration_s=duration,
        words=(behavior,) if behavior else (),
    )


_Span = tuple[int, float | None, float | None]


def _aggregated(
    table: TextTable, columns: dict[str, Column], rows: dict[int, _Row], problems: RowProblems
) -> Iterator[_Span]:
    onsets = seconds(table, columns["start"], "s", problems)
    stops = (
        seconds(table, columns["stop"], "s", problems)
        if "stop" in columns
        else [None] * len(onsets)
    )
    for number, onset, duration in zip(rows, onsets, lengths(onsets, stops), strict=True):
        is_point = (rows[number].get("status") or "").upper() == _POINT
        yield number, onset, None if is_point else duration


def _paired(
    table: TextTable, columns: dict[str, Column], rows: dict[int, _Row], problems: RowProblems
) -> Iterator[_Span]:
    """Give each start with the next stop of the same behaviour."""
    times = dict(zip(rows, seconds(table, columns["time"], "s", problems), strict=True))
    running: dict[tuple[str | None, ...], int] = {}
    ends: dict[int, float | None] = {}
    for number, row in rows.items():
        status = (row.get("status") or "").upper()
        key = tuple(row.get(each) for each in ("observation", "video", "subject", "behavior"))
        if status == _START and key not in running:
            running[key] = number
        elif status == _STOP and key in running:
            ends[running.pop(key)] = times[number]
        elif status == _POINT:
            ends[number] = None
        else:
            problems.add(number, _words_on_status(status))
    for number in running.values():
        problems.add(number, "starts and does not stop")
    for number, end in ends.items():
        onset = times[number]
        known = end is not None and onset is not None
        yield number, onset, round(end - onset, 6) if known else None  # type: ignore[operator]


def _words_on_status(status: str) -> str:
    if status == _START:
        return "starts again before it stops"
    return "stops without a start" if status == _STOP else "is no start, stop or point"
