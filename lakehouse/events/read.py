"""Reading files of events, whichever program wrote them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lakehouse.dataset.folders import FolderWalk
from lakehouse.errors import InputError
from lakehouse.events.boris import read_boris
from lakehouse.events.columns import EventField
from lakehouse.events.elan import read_elan
from lakehouse.events.plain import read_plain
from lakehouse.events.sources import read_source
from lakehouse.events.written import EventFile

_BIDS: Final = "events.tsv"
_TABLES: Final = (".tsv", ".csv", ".txt", ".xlsx")


@dataclass(frozen=True, slots=True)
class EventFileOptions:
    """Which part of a file is read.

    Attributes
    ----------
    columns : mapping of str to str
        Field = name of its column, where it is not recognised.
    sheet : str or None
        Of a workbook, the sheet's name or number; by default the first that is shown.
    """

    columns: Mapping[EventField, str] = field(default_factory=dict)
    sheet: str | None = None


def read_events(
    place: Path, options: EventFileOptions = EventFileOptions()
) -> tuple[EventFile, ...]:
    """Read a file of events, or every one of a folder.

    Parameters
    ----------
    place : Path
        A table with a row for each event (text with separators, or a workbook), a file of BIDS,
        or what ELAN or BORIS has exported; or a folder. Of a folder, the files of BIDS are read,
        and if it has none, all tables.

    Returns
    -------
    tuple of EventFile
        One for each file. What is wrong with rows is in their problems.

    Raises
    ------
    InputError
        If a file cannot be read, or no column says when events begin.
    UsageError
        If a sheet is named of a file that has none.
    """
    return tuple(_read(file, options) for file in _files(place))


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    there = sorted(place / path for path, _ in FolderWalk(place).files())
    of_bids = [each for each in there if each.name.lower().endswith(_BIDS)]
    found = of_bids or [each for each in there if each.suffix.lower() in _TABLES]
    if not found:
        raise InputError(
            "has no file of events",
            where=place.name,
            fix=f"give a folder of {', '.join(_TABLES)} files, or one file",
        )
    return found


def _read(file: Path, options: EventFileOptions) -> EventFile:
    source = read_source(file, options.sheet)
    if not options.columns:
        for read in (read_elan, read_boris):
            if (found := read(source)) is not None:
                return found
    return read_plain(source, options.columns)
