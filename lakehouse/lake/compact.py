"""Merging the lake's parts into few; those of photographs are sorted over the whole lake.

Parts of video are full from the start where many videos were extracted at once. Neighbours that
are small are joined until they are full, so that their order stays.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile
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
from lakehouse.lake.video_parts import (
    PART_FRAMES,
    PART_VIDEOS,
    VideoTables,
    commit_video_part,
    next_video_part_number,
    read_video_part,
    video_part_files,
    video_part_name,
    video_part_names,
)
from lakehouse.lake.videos_index import put_together
from lakehouse.paths import WarehousePaths

COMPACT_PHOTOS: Final = 2048
"""Photographs in a compact part. One that changes has its whole part rewritten in memory, and a
killed extraction loses the part in hand: larger parts would make both dearer for little."""

_KINDS: Final = (
    *("photos", "landmarks", "blendshapes"),
    *("frame landmarks", "frame blendshapes", "videos", "frames"),
)

_GROUP_PHOTOS: Final = PART_PHOTOS
"""Photographs in a row group of landmarks: as many rows as DuckDB has in one of its own."""


@dataclass(frozen=True, slots=True)
class CompactSummary:
    """What compacting did.

    Attributes
    ----------
    parts_before, parts_after : int
        Parts of photographs.
    bytes_before, bytes_after : int
        Of the parts' files.
    photos, landmarks, blendshapes, videos, frames : int
        Rows, the same before and after.
    parts_written : int
        Of photographs; 0 where they were compact already.
    video_parts_before, video_parts_after : int
        Parts of video.
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
    videos: int
    frames: int
    parts_written: int
    video_parts_before: int
    video_parts_after: int
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
    if not part_names(paths) and not present(paths.photos) and not video_part_names(paths):
        raise _nothing(paths)
    # A build under way would find that files it has listed are gone.
    with lake_lock(paths), build_lock(paths):
        recover(paths)
        inspection = inspect(paths)
        record_verification(paths, inspection)
        inspection.require_sound(paths)
        index = read_photos_index(paths)
        filmed = video_part_names(paths)
        if not index and not filmed:
            raise _nothing(paths)
        before = after = _size(paths)
        unsealed = {PurePosixPath(file).name for file in inspection.unsealed}
        plan = _plan(part_names(paths), index, order, part_photos, unsealed)
        joined = _joined(paths, filmed)
        if plan.replaced or joined or unsealed:
            _require_unique(paths, index)
            number = next_part_number(paths)
            with swapped_lake(paths, plan.replaced.union(*joined)) as new:
                for place, photos in enumerate(_reported(plan.new, progress)):
                    _write_part(paths, new, part_name(number + place), photos)
                _join(paths, new, joined)
                _seal_tables(paths, new, unsealed)
                after = _size(new)
                if after.rows != before.rows:
                    raise LakeError(
                        f"has rows that belong to no photograph ({_difference(before, after)})",
                        where=str(paths.lake),
                        fix="the lake is as it was; extract the photographs into a new one",
                    )
    photo_rows, landmark_rows, blendshape_rows, _, _, video_rows, frame_rows = after.rows
    return CompactSummary(
        parts_before=before.parts,
        parts_after=after.parts,
        bytes_before=before.bytes,
        bytes_after=after.bytes,
        photos=photo_rows,
        landmarks=landmark_rows,
        blendshapes=blendshape_rows,
        videos=video_rows,
        frames=frame_rows,
        parts_written=len(plan.new),
        video_parts_before=len(filmed),
        video_parts_after=len(filmed) - sum(map(len, joined)) + len(joined),
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


def _joined(paths: WarehousePaths, names: Sequence[str]) -> list[list[str]]:
    """Say which parts of video become one each, from the first that is not alone to the last."""
    groups: list[list[str]] = []
    frames = videos = 0
    for name in names:
        more_frames = _row_count([paths.frames / name])
        more_videos = _row_count([paths.videos / name])
        frames, videos = frames + more_frames, videos + more_videos
        if groups and frames <= PART_FRAMES and videos <= PART_VIDEOS:
            groups[-1].append(name)
        else:
            groups.append([name])
            frames, videos = more_frames, more_videos
    return list(dropwhile(lambda group: len(group) == 1, groups))


def _join(old: WarehousePaths, new: WarehousePaths, groups: Sequence[Sequence[str]]) -> None:
    """Write parts of video behind each other, under names that were never used."""
    for number, group in enumerate(groups, start=next_video_part_number(old)):
        parts = (read_video_part(old, name) for name in group)
        tables = (put_together(pa.concat_tables(each)) for each in zip(*parts, strict=True))
        commit_video_part(new, video_part_name(number), VideoTables(*tables))


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
    files = _files(paths)
    return _Size(
        parts=len(files[0]),
        bytes=sum(file.stat().st_size for each in files for file in each),
        rows=tuple(map(_row_count, files)),
    )


def _files(paths: WarehousePaths) -> list[list[Path]]:
    """List the files of parts by what they hold, in the order of `_KINDS`."""
    names = part_names(paths)
    folders = (paths.photos, paths.landmarks, paths.blendshapes)
    filmed = [video_part_files(paths, name) for name in video_part_names(paths)]
    return [
        *([folder / name for name in names] for folder in folders),
        *([files[place] for files in filmed] for place in range(len(_KINDS) - len(folders))),
    ]


def _row_count(files: Iterable[Path]) -> int:
    return sum(int(pq.read_metadata(file).num_rows) for file in files)


def _difference(before: _Size, after: _Size) -> str:
    pairs = zip(_KINDS, before.rows, after.rows, strict=True)
    return ", ".join(f"{was - now:,} of {kind}" for kind, was, now in pairs if was != now)


def _nothing(paths: WarehousePaths) -> LakeError:
    return LakeError(
        "holds no photographs or videos", where=str(paths.lake), fix="run `lakehouse extract`"
    )
