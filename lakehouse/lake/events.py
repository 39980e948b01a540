"""The lake's table of events, beside the videos they happen in."""

from collections.abc import Mapping
from typing import NamedTuple

import pyarrow as pa

from lakehouse.errors import DamagedError
from lakehouse.files.listing import present
from lakehouse.files.parquet import write_parquet
from lakehouse.lake.parts import read_table
from lakehouse.lake.schemas import EVENTS
from lakehouse.paths import WarehousePaths

EventKey = tuple[str, str, str]
"""Participant, video and event."""


class Event(NamedTuple):
    """What is known of an event, with the columns of `lakehouse.lake.schemas.EVENTS`."""

    onset_s: float
    duration_s: float | None
    expression: str | None
    supervised: bool | None
    kind: str


def read_lake_events(paths: WarehousePaths) -> dict[EventKey, Event]:
    """Read the events of a lake, none where there is no table of them.

    Raises
    ------
    LakeError
        If it is damaged or cannot be read.
    """
    if not present(paths.events):
        return {}
    try:
        there = read_table(paths.events, EVENTS.names)
    except DamagedError as error:
        fix = "restore it from a backup, or delete it and run `lakehouse events` again"
        raise DamagedError(error.what, where=error.where, fix=fix) from error
    rows = zip(*(column.to_pylist() for column in there.columns), strict=True)
    return {(row[0], row[1], row[2]): Event(*row[3:]) for row in rows}


def write_lake_events(paths: WarehousePaths, events: Mapping[EventKey, Event]) -> None:
    """Write the events of a lake, replacing those that are there.

    Raises
    ------
    LakeError
        If they cannot be written.
    """
    rows = [(*key, *event) for key, event in sorted(events.items())]
    columns = zip(*rows, strict=True) if rows else ([] for _ in EVENTS)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, EVENTS, strict=True)]
    write_parquet(pa.table(arrays, schema=EVENTS), paths.events)
