"""A merge: from the lakes of several machines to committed parts of one."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lakehouse.dataset.cells import CellOrder
from lakehouse.ingest.part_writer import PartWriter
from lakehouse.lake.confidences import read_confidences, record_confidences
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.origin import read_origin, record_origin
from lakehouse.lake.parts import PART_PHOTOS, commit_copy, next_part_name, read_part, recover
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.lake.staging import Row
from lakehouse.lake.stamps import read_stamps, record_stamps
from lakehouse.lake.videos_index import read_videos_index
from lakehouse.merging.plan import (
    MergePlan,
    TakenPart,
    plan_merge,
    refuse_other_confidences,
    refuse_other_models,
)
from lakehouse.merging.removal import clear_empty, may_go, remove_staged
from lakehouse.merging.staged import Staged, find_staged, part_contents, read_staged
from lakehouse.merging.summary import MergeSummary, absent_shards
from lakehouse.merging.tables import TableToWrite, plan_tables
from lakehouse.merging.videos import plan_video_merge, write_videos
from lakehouse.paths import WarehousePaths

Progress = Callable[[int, int], None]
"""Is given the photographs that were looked at, and those there are."""


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """How a merge is done.

    Parameters
    ----------
    remove : bool
        Remove shards' warehouses of which all is in the lake.
    part_photos : int
        Photographs in a part that is not copied.
    """

    remove: bool = False
    part_photos: int = PART_PHOTOS


@dataclass(frozen=True, slots=True)
class _Written:
    """How many parts were copied as they are, and how many written anew."""

    copied: int
    rewritten: int


def merge(
    paths: WarehousePaths,
    given: Sequence[Path],
    order: CellOrder,
    options: MergeOptions = MergeOptions(),
    progress: Progress | None = None,
) -> MergeSummary:
    """Merge the lakes of shards, or of other warehouses, into one.

    All of them are verified and compared first, so that nothing is written where anything is
    refused. What the lake already holds with the same content stays as it is, so a merge that was
    interrupted, by whatever, is continued by doing it again.

    Parameters
    ----------
    paths : WarehousePaths
        The warehouse; its lake is made if it is not there.
    given : sequence of Path
        Folders of warehouses; without any, the shards below this one are meant.
    order : CellOrder
        In which photographs lie in a part that is not copied.

    Raises
    ------
    UsageError
        If the warehouse itself is given.
    InputError
        If a folder is no warehouse, or what it holds does not go together with the lake or with
        the others.
    LakeError
        If a lake is in use, damaged, or cannot be written.
    """
    started = time.monotonic()
    if options.remove:
        clear_empty(paths)
    found = find_staged(paths, given)
    if not found:
        return MergeSummary(seconds=time.monotonic() - started)
    with lake_lock(paths):
        recover(paths)
        inspect(paths).require_sound(paths)
        index, videos = read_photos_index(paths), read_videos_index(paths)
        staged = [read_staged(each) for each in found]
        rows: tuple[Row, ...] = (*index, *videos.values())
        extracted = any(row.model_sha256 for row in rows)
        used = frozenset(read_confidences(paths)) if extracted else frozenset()
        refuse_other_models(rows, staged)
        refuse_other_confidences(used, staged)
        plan, video_plan = plan_merge(index, staged), plan_video_merge(videos, staged)
        tables = plan_tables(paths, staged)
        if plan.parts or video_plan.taken:
            _note_before(paths, staged)
        written = _write(paths, plan, order, options, progress)
        video_parts = write_videos(paths, video_plan)
        for table in tables:
            table.write()
        _hand_on_stamps(paths, staged)
        gone = {each.paths.root for each in staged if options.remove and _removed(each)}
    summary = _summary(plan, tables, staged, written, gone, seconds=time.monotonic() - started)
    return replace(
        summary,
        videos=video_plan.new,
        videos_replaced=video_plan.replaced,
        videos_already=video_plan.already,
        video_parts=video_parts,
    )


def _note_before(paths: WarehousePaths, staged: Sequence[Staged]) -> None:
    """Note what must be known of rows before the first of them is there."""
    confidences = frozenset().union(*(each.confidences for each in staged))
    earlier = read_confidences(paths)
    if not confidences <= earlier:
        record_confidences(paths, earlier | confidences)
    roots = {each.root for each in staged if each.root is not None}
    if len(roots) == 1:
        record_origin(paths, roots.pop())


def _write(
    paths: WarehousePaths,
    plan: MergePlan,
    order: CellOrder,
    options: MergeOptions,
    progress: Progress | None,
) -> _Written:
    expected = [part for taken in plan.parts for part in taken.better.values()]
    writer = PartWriter(paths, order, options.part_photos, expected)
    total, done, copied = plan.new + plan.better, 0, 0
    for taken in plan.parts:
        if taken.whole:
            contents = part_contents(taken.staged, taken.part)
            commit_copy(paths, next_part_name(paths), contents)
            copied += 1
        else:
            _take_some(taken, writer)
        done += len(taken.new) + len(taken.better)
        if progress is not None:
            progress(done, total)
    writer.finish()
    return _Written(copied, writer.parts_written)


def _take_some(taken: TakenPart, writer: PartWriter) -> None:
    # Verified once more, since nobody holds its lock.
    part_contents(taken.staged, taken.part)
    for record in read_part(taken.staged.paths, taken.part.name):
        key = record.row.key
        if key in taken.new:
            writer.add(record)
        elif key in taken.better:
            writer.replace(taken.better[key], record)


def _hand_on_stamps(paths: WarehousePaths, staged: Sequence[Staged]) -> None:
    """Spare the next extraction reading what the shards have read."""
    root = read_origin(paths)
    if root is None:
        return
    stored = read_stamps(paths, root)
    stamps = dict(stored)
    for each in staged:
        stamps = read_stamps(each.paths, root) | stamps
    if stamps != stored:
        record_stamps(paths, root, stamps)


def _removed(staged: Staged) -> bool:
    return may_go(staged) and remove_staged(staged)


def _summary(
    plan: MergePlan,
    tables: Sequence[TableToWrite],
    staged: Sequence[Staged],
    written: _Written,
    gone: set[Path],
    *,
    seconds: float,
) -> MergeSummary:
    return MergeSummary(
        warehouses=len(staged),
        photos=plan.new,
        replaced=plan.better,
        already=plan.already,
        parts_copied=written.copied,
        parts_written=written.rewritten,
        values={table.file.stem: table.added for table in tables},
        unfinished=tuple(each.paths.root for each in staged if not each.finished),
        absent=absent_shards(each.shard for each in staged),
        roots=tuple(sorted({each.root for each in staged if each.root is not None})),
        extractors=tuple(sorted({photo.extractor for each in staged for photo in each.photos})),
        removed=len(gone),
        left=tuple(each.paths.root for each in staged if each.paths.root not in gone),
        seconds=seconds,
    )
