"""Merging the lake's parts of photographs into few, sorted over the whole lake.

Parts of video are large from the start, and stay as they are.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path, PurePosixPath
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.errors import LakeError
from lakehouse.files.listing import present
from lakehouse.files.parquet import write_parquet, write_row_groups
from lakehouse.lake import schemas
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import build_lock, lake_lock
from lakehouse.lake.parts import (
    PART_PHOTOS,
    next_part_number,
    part_name,
    part_names,
    read_table,
    recover,
)
from lakehouse.lake.photos_index import IndexedPhoto, read_photos_index
from lakehouse.lake.records import Key, key_runs
from lakehouse.lake.swap import swapped_lake
from lakehouse.lake.verification import record_verification
from lakehouse.lake.video_parts import video_part_names
from lakehouse.paths import WarehousePaths

COMPACT_PHOTOS: Final = 2048
"""Photographs in a compact part. One that changes has its whole part rewritten in memory, and a
killed extraction loses the part in hand: larger parts would make both dearer for little."""

_GROUP_PHOTOS: Final = PART_PHOTOS
"""Photographs in a row group of landmarks: as many rows as DuckDB has in one of its own."""


@dataclass(frozen=True, slots=True)
class CompactSummary:
    """What compacting did.

    Attributes
    ----------
    parts_before, parts_after : int
        Parts of the lake.
    bytes_before, bytes_after : int
        Of the parts' files.
    photos, landmarks, blendshapes : int
        Rows, the same before and after.
    parts_written : int
        0 where the lake was compact already.
    sealed : int
        Files that had no checksum and have one now.
    seconds : float
        Wall time.
    """

    parts_before: int
    parts_after: int
    bytes_before: int
    bytes_after: int
    photos: int
    landmarks: int
    blendshapes: int
    parts_written: int
    sealed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Size:
    parts: int
    bytes: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The parts to write, and the names of those they replace; the others stay."""

    new: list[list[IndexedPhoto]]
    replaced: frozenset[str]


def compact(
    paths: WarehousePaths,
    order: Callable[[Key], Any],
    *,
    part_photos: int = COMPACT_PHOTOS,
    progress: Callable[[int, int], None] | None = None,
) -> CompactSummary:
    """Merge the lake's parts into as few as can be, sorted over the whole lake.

    The rows stay the same, and every file is verified first. Parts at the lake's beginning that
    are as they would be written, checksums included, stay too. Readers see the old parts or the
    new ones, never some of each.

    Parameters
    ----------
    order : callable
        Sort key of a photograph's key.
    part_photos : int
        Photographs in a part.
    progress : callable, optional
        Is given the photographs written and those to be written.

    Raises
    ------
    LakeError
        If the lake is empty, in use, damaged, or cannot be written; it is then as it was.
    """
    started = time.monotonic()
    if not part_names(paths) and not present(paths.photos):
        raise _nothing(paths)
    # A build under way would find that files it has listed are gone.
    with lake_lock(paths), build_lock(paths):
        recover(paths)
        inspection = inspect(paths)
        record_verification(paths, inspection)
        inspection.require_sound(paths)
        index = read_photos_index(paths)
        if not index:
            raise _nothing(paths)
        before = after = _size(paths)
        unsealed = {PurePosixPath(file).name for file in inspection.unsealed}
        plan = _plan(part_names(paths), index, order, part_photos, unsealed)
        if plan.replaced or unsealed:
            _require_unique(paths, index)
            number = next_part_number(paths)
            with swapped_lake(paths, plan.replaced) as new:
                for place, photos in enumerate(_reported(plan.new, progress)):
                    _write_part(paths, new, part_name(number + place), photos)
                _seal_tables(paths, new, unsealed)
                after = _size(new)
                if after.rows != before.rows:
                    raise LakeError(
                        f"has rows that belong to no photograph ({_difference(before, after)})",
                        where=str(paths.lake),
                        fix="the lake is as it was; extract the photographs into a new one",
                    )
    photo_rows, landmark_rows, blendshape_rows = after.rows
    return CompactSummary(
        parts_before=before.parts,
        parts_after=after.parts,
        bytes_before=before.bytes,
        bytes_after=after.bytes,
        photos=photo_rows,
        landmarks=landmark_rows,
        blendshapes=blendshape_rows,
        parts_written=len(plan.new),
        sealed=len(inspection.unsealed),
        seconds=time.monotonic() - started,
    )


def _plan(
    names: Sequence[str],
    index: Sequence[IndexedPhoto],
    order: Callable[[Key], Any],
    part_photos: int,
    unsealed: Collection[str],
) -> _Plan:
    wanted = sorted(index, key=lambda photo: order(photo.key))
    parts: dict[str, list[IndexedPhoto]] = {name: [] for name in names}
    for photo in index:
        parts[photo.part].append(photo)
    few = len(parts) <= ceil(len(wanted) / part_photos)
    if wanted == list(index) and few and not parts.keys() & unsealed:
        return _Plan([], frozenset())
    starts = range(0, len(wanted), part_photos)
    new = [wanted[start : start + part_photos] for start in starts]
    kept = 0
    for photos, (name, there) in zip(new, parts.items(), strict=False):
        if photos != there or name in unsealed:
            break
        kept += 1
    return _Plan(new[kept:], frozenset(list(parts)[kept:]))


def _require_unique(paths: WarehousePaths, index: Sequence[IndexedPhoto]) -> None:
    for key, count in Counter(photo.key for photo in index).items():
        if count > 1:
            parts = [photo.part for photo in index if photo.key == key]
            raise LakeError(
                f"photograph {'/'.join(map(str, key))} occurs {count} times ({', '.join(parts)})",
                where=str(paths.photos),
                fix="delete these files to have their photographs extracted again",
            )


def _reported(
    parts: Sequence[list[IndexedPhoto]], progress: Callable[[int, int], None] | None
) -> Iterator[list[IndexedPhoto]]:
    """Give the parts one after the other, and tell when each is done."""
    total = sum(map(len, parts))
    done = 0
    for photos in parts:
        yield photos
        done += len(photos)
        if progress is not None:
            progress(done, total)


def _write_part(
    old: WarehousePaths, new: WarehousePaths, name: str, photos: Sequence[IndexedPhoto]
) -> None:
    """Write a part from the rows of the parts that hold its photographs now."""
    keys = [photo.key for photo in photos]
    sources: dict[str, set[Key]] = defaultdict(set)
    for photo in photos:
        sources[photo.part].add(photo.key)
    hashes: dict[str, str] = {}
    for old_folder, folder, schema, group in (
        (old.landmarks, new.landmarks, schemas.LANDMARKS, _GROUP_PHOTOS),
        (old.blendshapes, new.blendshapes, schemas.BLENDSHAPES, len(keys)),
        (old.photos, new.photos, schemas.PHOTOS, len(keys)),
    ):
        gathered = pa.concat_tables(
            _picked(old_folder / part, schema, wanted) for part, wanted in sources.items()
        ).combine_chunks()
        rows = dict(key_runs(gathered))
        groups = (
            _ordered(gathered, rows, keys[start : start + group])
            for start in range(0, len(keys), group)
        )
        vouched = hashes if folder == new.photos else {}
        hashes[folder.name] = write_row_groups(groups, schema, folder / name, vouched)


def _seal_tables(old: WarehousePaths, new: WarehousePaths, unsealed: Collection[str]) -> None:
    """Give the tables beside the parts that have no checksum one."""
    for file in (old.scores, old.covariates, old.events):
        if file.name in unsealed:
            write_parquet(read_table(file), new.lake / file.name)


def _picked(path: Path, schema: pa.Schema, wanted: set[Key]) -> pa.Table:
    """Read the rows of some of a part's photographs."""
    table = read_table(path)
    if not table.schema.equals(schema):
        raise LakeError(
            "has other columns than this version writes",
            where=str(path),
            fix="`lakehouse extract --re-extract` writes its photographs anew",
        )
    rows = dict(key_runs(table))
    if rows.keys() <= wanted:
        return table
    return _ordered(table, rows, [key for key in rows if key in wanted])


def _ordered(table: pa.Table, rows: dict[Key, slice], keys: Sequence[Key]) -> pa.Table:
    """Take photographs' rows in the order of their keys; those without rows have none."""
    taken = [np.arange(run.start, run.stop) for key in keys if (run := rows.get(key))]
    return table.take(np.concatenate(taken) if taken else np.empty(0, np.int64))


def _size(paths: WarehousePaths) -> _Size:
    folders = (paths.photos, paths.landmarks, paths.blendshapes)
    names = part_names(paths)
    return _Size(
        parts=len(names),
        bytes=sum((folder / name).stat().st_size for folder in folders for name in names),
        rows=tuple(_row_count(folder / name for name in names) for folder in folders),
    )


def _row_count(files: Iterable[Path]) -> int:
    return sum(int(pq.read_metadata(file).num_rows) for file in files)


def _difference(before: _Size, after: _Size) -> str:
    kinds = ("photos", "landmarks", "blendshapes")
    pairs = zip(kinds, before.rows, after.rows, strict=True)
    return ", ".join(f"{was - now:,} of {kind}" for kind, was, now in pairs if was != now)


def _nothing(paths: WarehousePaths) -> LakeError:
    if video_part_names(paths):
        return LakeError(
            "holds videos only, whose parts are as large as they are to be",
            where=str(paths.lake),
            fix="leave it as it is",
        )
    return LakeError("holds no photographs", where=str(paths.lake), fix="run `lakehouse extract`")
