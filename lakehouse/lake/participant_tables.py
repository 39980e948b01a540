"""Tables of participants beside the photographs: storing one, and whom it concerns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from lakehouse.errors import DamagedError, InputError
from lakehouse.files.listing import present
from lakehouse.files.parquet import write_parquet
from lakehouse.ids import LookAlike, canonical, look_alikes, words_on_look_alikes
from lakehouse.inputs.shown import short_name
from lakehouse.lake.additions import Addition, Key, Values, added, put_in_place
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import read_table
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.lake.videos_index import filmed
from lakehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a table of participants belongs.

    Attributes
    ----------
    paths : WarehousePaths
        The lake is made if it is not there.
    file : Path
        In the lake.
    schema : pyarrow.Schema
        The first two columns are the key, participant and a name; a row whose other columns are
        all null says that the value is missing.
    """

    paths: WarehousePaths
    file: Path
    schema: pa.Schema


@dataclass(frozen=True, slots=True)
class Stored:
    """How a new table fits what was there, and the photographs.

    Attributes
    ----------
    addition : Addition
        What has become of the table that was there.
    photographed : int
        Participants with photographs in the lake.
    without_photos : tuple of str
        Participants of the lake's table without a photograph or video in the lake.
    not_in_table : tuple of str
        Participants with photographs or videos and no row in the lake's table.
    look_alikes : tuple of LookAlike
        Of those without, who would have some but for how the id is written.
    """

    addition: Addition
    photographed: int
    without_photos: tuple[str, ...]
    not_in_table: tuple[str, ...]
    look_alikes: tuple[LookAlike, ...]


def store_table(
    table: pl.DataFrame, destination: Destination, *, source: str, replace: bool
) -> Stored:
    """Add a table of participants to the one in the lake, or put it in its place.

    Parameters
    ----------
    table : polars.DataFrame
        The schema's columns.
    source : str
        Name of the file that it came from.
    replace : bool
        Whether what the table does not have is dropped; see `lakehouse.lake.additions`.

    Raises
    ------
    InputError
        If the lake has photographs or videos, and of no participant in the table; or if a name
        would have numbers of some participants and categories of others. Nothing is then stored.
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    new = _by_key(table.select(destination.schema.names).iter_rows())
    with lake_lock(destination.paths):
        photographed = {photo.key[0] for photo in read_photos_index(destination.paths)}
        seen = photographed | filmed(destination.paths)
        _require_somebody({participant for participant, _ in new}, seen, source)
        earlier = read_values(destination.file, destination.schema)
        addition = put_in_place(earlier, new) if replace else added(earlier, new)
        require_one_kind(addition.values, source)
        write_values(addition.values, destination.file, destination.schema)
    stored = {participant for participant, _ in addition.values}
    without_photos, not_in_table = stored - seen, seen - stored
    return Stored(
        addition=addition,
        photographed=len(photographed),
        without_photos=tuple(sorted(without_photos)),
        not_in_table=tuple(sorted(not_in_table)),
        look_alikes=look_alikes(without_photos, seen),
    )


def read_values(file: Path, schema: pa.Schema) -> dict[Key, Values]:
    """Read a table of participants.

    Parameters
    ----------
    file : Path
        Need not exist.
    schema : pyarrow.Schema
        As `Destination` has it.

    Raises
    ------
    LakeError
        If it is damaged or cannot be read.
    """
    if not present(file):
        return {}
    try:
        there = read_table(file, schema.names)
    except DamagedError as error:
        fix = "restore it from a backup, or delete it and run this again"
        raise DamagedError(error.what, where=error.where, fix=fix) from error
    return _by_key(zip(*(column.to_pylist() for column in there.columns), strict=True))


def write_values(values: Mapping[Key, Values], file: Path, schema: pa.Schema) -> None:
    """Write a table of participants, replacing the one that is there.

    Parameters
    ----------
    schema : pyarrow.Schema
        As `Destination` has it.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    rows = [(*key, *parts) for key, parts in values.items()]
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    write_parquet(pa.table(arrays, schema=schema), file)


def _by_key(rows: Iterable[tuple[Any, ...]]) -> dict[Key, Values]:
    # What was stored before ids had one spelling gets it now.
    return {(canonical(row[0]), row[1]): tuple(row[2:]) for row in rows}


def _require_somebody(listed: set[str], seen: set[str], source: str) -> None:
    """Refuse a table of which every id is another than those of the photographs and videos."""
    if not seen or seen & listed:
        return
    hints = words_on_look_alikes(look_alikes(listed, seen), "the file", "the lake")
    raise InputError(
        "; ".join(["not one of its participants has photographs or videos in the lake", *hints]),
        where=source,
        fix="correct the ids, or extract the pictures first; nothing was stored",
    )


def require_one_kind(values: Mapping[Key, Values], source: str) -> None:
    """Refuse to mix numbers and categories under a name.

    Parameters
    ----------
    source : str
        Name of the file that some of them came from.

    Raises
    ------
    InputError
        If a name has both.
    """
    kinds: dict[str, set[int]] = {}
    for (_, name), parts in values.items():
        known = {place for place, part in enumerate(parts) if part is not None}
        kinds.setdefault(name, set()).update(known)
    mixed = [name for name, places in kinds.items() if len(places) > 1]
    if mixed:
        raise InputError(
            f"has {short_name(mixed[0])} as numbers where the lake has categories, or the other "
            "way round, and not of all participants",
            where=source,
            fix="give the file of all participants, or --replace what is stored",
        )
