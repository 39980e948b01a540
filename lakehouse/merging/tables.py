"""Tables beside the parts that come along, such as scores and events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lakehouse.errors import InputError
from lakehouse.files.listing import present
from lakehouse.inputs.shown import short_name
from lakehouse.lake.additions import Key, Values, added
from lakehouse.lake.events import read_lake_events, write_lake_events
from lakehouse.lake.participant_tables import read_values, require_one_kind, write_values
from lakehouse.lake.schemas import COVARIATES, SCORES
from lakehouse.merging.staged import Staged
from lakehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class TableToWrite:
    """A table of the lake with what was added to it.

    Attributes
    ----------
    added : int
        Values or events that the lake did not have.
    write : callable
        Puts it in the place of the lake's, or raises a LakeError.
    """

    file: Path
    added: int
    write: Callable[[], None]


def plan_tables(paths: WarehousePaths, staged: Sequence[Staged]) -> tuple[TableToWrite, ...]:
    """Add the tables beside the parts to those of the lake; nothing is written yet.

    Returns
    -------
    tuple of TableToWrite
        Those to which something is added.

    Raises
    ------
    InputError
        If a participant has two values of one name, or an event is there in two ways.
    LakeError
        If a table is damaged.
    """
    tables = []
    for name, schema in (("scores", SCORES), ("covariates", COVARIATES)):
        file: Path = getattr(paths, name)
        earlier = values = read_values(file, schema)
        for each in staged:
            theirs: Path = getattr(each.paths, name)
            if present(theirs):
                addition = added(values, read_values(theirs, schema))
                _refuse_changes(addition.changed, theirs)
                require_one_kind(addition.values, str(theirs))
                values = addition.values
        if values != earlier:
            count = _known(values) - _known(earlier)
            tables.append(TableToWrite(file, count, partial(write_values, values, file, schema)))
    return (*tables, *_events(paths, staged))


def _events(paths: WarehousePaths, staged: Sequence[Staged]) -> list[TableToWrite]:
    earlier = read_lake_events(paths)
    events = dict(earlier)
    for each in staged:
        theirs = read_lake_events(each.paths)
        if changed := [key for key in theirs if events.get(key, theirs[key]) != theirs[key]]:
            raise InputError(
                f"has event {short_name(changed[0][2])} of participant {short_name(changed[0][0])} "
                f"otherwise than the lake, or than the others, and {len(changed) - 1:,} more",
                where=str(each.paths.events),
                fix="correct the table there, or delete it; nothing was merged",
            )
        events |= theirs
    if events == earlier:
        return []
    write = partial(write_lake_events, paths, events)
    return [TableToWrite(paths.events, len(events) - len(earlier), write)]


def _refuse_changes(changed: Sequence[Key], file: Path) -> None:
    if changed:
        participant, name = changed[0]
        raise InputError(
            f"has another {short_name(name)} of participant {short_name(participant)} than the "
            f"lake, or than the others, and {len(changed) - 1:,} more like that",
            where=str(file),
            fix="correct the table there, or delete it; nothing was merged",
        )


def _known(values: dict[Key, Values]) -> int:
    return sum(any(part is not None for part in parts) for parts in values.values())
