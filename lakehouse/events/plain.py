"""Tables of events that people make, and those of BIDS.

In BIDS (`_events.tsv`), onset, duration and trial_type are columns, and the name of the file says
whose they are: `sub-01_task-smile_events.tsv`.
"""

import re
from collections.abc import Mapping
from typing import Final

from lakehouse.errors import InputError
from lakehouse.events.columns import EventField, event_columns
from lakehouse.events.sources import Source
from lakehouse.events.times import lengths, seconds, unit_of
from lakehouse.events.written import EventFile, WrittenEvent
from lakehouse.ids import canonical
from lakehouse.inputs.numbers import words_for_missing, written_values
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.text_tables import Column, TextTable

_BIDS: Final = re.compile(r"(?:.*_)?events", re.IGNORECASE)
_ENTITY: Final = re.compile(r"(?:^|_)([a-z]+)-([^_]+)", re.IGNORECASE)
_TIMES: Final = ("onset", "end", "duration")


def read_plain(source: Source, mapped: Mapping[EventField, str]) -> EventFile:
    """Read a table with a row for each event.

    Parameters
    ----------
    mapped : mapping of str to str
        Field = name of its column, where it is not recognised.

    Raises
    ------
    InputError
        If a column that is named is not there, two may be meant, or none says when events begin.
    """
    table = source.table
    columns, told = event_columns(table, mapped)
    if "onset" not in columns:
        raise InputError(
            "has no column that is known to say when events begin, such as onset_s",
            where=table.name,
            fix=f"name it with --map onset=COLUMN; {table.columns_there}",
        )
    named = _named_by_file(source.stem)
    problems = table.problems()
    texts = {
        field: [each.text for each in written_values(table, column, problems)]
        for field, column in columns.items()
        if field not in _TIMES
    }
    onsets, durations = _times(table, columns, problems)
    events = []
    for place, row in enumerate(table.rows):
        said = {field: column[place] for field, column in texts.items()}
        video, participant, word = (
            said.get(each) for each in ("video", "participant", "expression")
        )
        events.append(
            WrittenEvent(
                row=row,
                participants=(participant,) if participant else named[0],
                videos=(video,) if video else () if participant else named[1],
                event=said.get("event"),
                onset_s=onsets[place],
                duration_s=durations[place],
                words=(word,) if word else (),
                cue=said.get("supervised"),
                kind=said.get("kind"),
            )
        )
        if onsets[place] is None and row not in problems.rows:
            problems.add(row, "no onset")
    return EventFile(
        table.name,
        "BIDS" if named[1] else "table",
        tuple(events),
        problems,
        says_people="participant" in columns or bool(named[0]),
        names_files=bool(named[1]),
        annotated=bool(named[1]),
        told=(*table.told, *told, *words_for_missing([*columns.values()])),
    )


def _times(
    table: TextTable, columns: Mapping[EventField, Column], problems: RowProblems
) -> tuple[list[float | None], list[float | None]]:
    """Read when events begin and how long they last."""
    found = {
        field: seconds(table, columns[field], unit_of(columns[field].name), problems)
        for field in _TIMES
        if field in columns
    }
    nothing: list[float | None] = [None] * len(table.rows)
    onsets = found["onset"]
    return onsets, found.get("duration") or lengths(onsets, found.get("end", nothing))


def _named_by_file(stem: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell of a file of BIDS what its participant and its video may be called."""
    stem = canonical(stem)
    if not _BIDS.fullmatch(stem):
        return (), ()
    entities = {key.lower(): label for key, label in _ENTITY.findall(stem)}
    participant, task = entities.get("sub"), entities.get("task")
    name = stem.rpartition("_")[0]
    below = name.partition("_")[2] if participant else ""
    videos = (name, below, f"task-{task}" if task else "", task or "")
    people = (participant, f"sub-{participant}") if participant else ()
    return people, tuple(dict.fromkeys(each for each in videos if each))
