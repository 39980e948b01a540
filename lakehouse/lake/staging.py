"""Shards' warehouses below a warehouse, whose lakes are to be merged into its own.

They lie beside the lake and not in it, because the lake is exchanged whole when it is compacted.
"""

import re
from dataclasses import dataclass
from typing import Final, Protocol

from lakehouse.errors import LakeError
from lakehouse.files.listing import listed, present
from lakehouse.files.replace import write_json
from lakehouse.files.sweep import remove
from lakehouse.lake.photos_index import IndexedPhoto, read_photos_index
from lakehouse.lake.records import Key
from lakehouse.lake.videos_index import IndexedVideo, VideoKey, complete, read_videos_index
from lakehouse.paths import WarehousePaths

_NAMED: Final = re.compile(r"shard-(\d+)-of-(\d+)")
_CRASHED: Final = "crashed"


@dataclass(frozen=True, slots=True)
class Staging:
    """What lies unmerged beside a lake.

    Attributes
    ----------
    shards : int
        Warehouses of shards, merged or not.
    unmerged : int
        Photographs in them that the lake does not hold with this content.
    unmerged_videos : int
        Videos, likewise.
    unfinished : tuple of str
        Names of those whose extraction has not come to its end.
    unreadable : tuple of str
        Names of those that cannot be read.
    """

    shards: int = 0
    unmerged: int = 0
    unmerged_videos: int = 0
    unfinished: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def has_unmerged(self) -> bool:
        """Whether anything is in them that the lake does not hold."""
        return bool(self.unmerged or self.unmerged_videos)


def shard_warehouse(paths: WarehousePaths, number: int, of: int) -> WarehousePaths:
    """Name the warehouse of a shard.

    Parameters
    ----------
    number, of : int
        Which of how many, from 1.
    """
    digits = max(2, len(str(of)))
    return WarehousePaths(paths.staging / f"shard-{number:0{digits}d}-of-{of:0{digits}d}")


def staged_warehouses(paths: WarehousePaths) -> list[WarehousePaths]:
    """List the shards' warehouses below a warehouse; an empty folder is none.

    Raises
    ------
    LakeError
        If their folder cannot be listed.
    """
    return [
        WarehousePaths(paths.staging / name)
        for name in listed(paths.staging)
        if not name.startswith(".")
        and (paths.staging / name).is_dir()
        and listed(paths.staging / name)
    ]


def numbers_of(paths: WarehousePaths) -> tuple[int, int] | None:
    """Tell which shard of how many a warehouse is of, by its name; None if it is of none."""
    match = _NAMED.fullmatch(paths.root.name)
    return None if match is None else (int(match[1]), int(match[2]))


def mark_begun(paths: WarehousePaths) -> None:
    """Have a shard's warehouse count as unfinished."""
    remove(paths.shard)


def mark_finished(paths: WarehousePaths, number: int, of: int, photographs: int) -> None:
    """Have a shard's warehouse count as finished.

    Parameters
    ----------
    number, of : int
        Which of how many.
    photographs : int
        That fall to it.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    write_json(paths.shard, {"shard": number, "of": of, "photographs": photographs})


def is_finished(paths: WarehousePaths) -> bool:
    """Tell whether a shard's extraction has come to its end."""
    return numbers_of(paths) is None or present(paths.shard)


class Row(Protocol):
    """What the lake says of a photograph or a video."""

    @property
    def sha256(self) -> str | None:
        """Of its content, if that could be read."""

    @property
    def model_sha256(self) -> str | None:
        """Of the face model; None of landmarks from elsewhere."""

    @property
    def status(self) -> str:
        """What became of it."""


def same_content(held: Row, other: Row) -> bool:
    """Tell whether two rows of a file are of the same content, as far as that is known.

    Of a file that could not be read it is not.
    """
    return held.model_sha256 == other.model_sha256 and (
        None in (held.sha256, other.sha256) or held.sha256 == other.sha256
    )


def is_better(other: Row, held: Row) -> bool:
    """Tell whether a row of the same content says what the one held does not.

    Whatever crashed, or could not be read, may have been looked at elsewhere.
    """
    return (other.sha256 is not None and other.status != _CRASHED) and (
        held.sha256 is None or held.status == _CRASHED
    )


def look_at_staging(paths: WarehousePaths) -> Staging:
    """Look whether anything lies unmerged beside a lake.

    Raises
    ------
    LakeError
        If the folder of the shards cannot be listed.
    """
    warehouses = staged_warehouses(paths)
    if not warehouses:
        return Staging()
    held, unreadable = _by_key(paths), []
    unmerged: set[Key] = set()
    held_videos = _videos(paths)
    videos: set[VideoKey] = set()
    for each in warehouses:
        staged = _by_key(each)
        if staged is None or held is None:
            unreadable.append(each.root.name)
            continue
        for key, photo in staged.items():
            there = None if held is None else held.get(key)
            if there is None or not same_content(there, photo) or is_better(photo, there):
                unmerged.add(key)
        for name, video in _videos(each).items():
            known = held_videos.get(name)
            if known is None or not same_content(known, video) or is_better(video, known):
                videos.add(name)
    return Staging(
        shards=len(warehouses),
        unmerged=len(unmerged),
        unmerged_videos=len(videos),
        unfinished=tuple(each.root.name for each in warehouses if not is_finished(each)),
        unreadable=tuple(unreadable),
    )


def words_on_staging(staging: Staging) -> tuple[str, ...]:
    """Say what lies beside a lake and is not in it, a line each."""
    lines = []
    counts = ((staging.unmerged, "photographs"), (staging.unmerged_videos, "videos"))
    if unmerged := " and ".join(f"{count:,} {kind}" for count, kind in counts if count):
        lines.append(
            f"in staging/ and not in the lake: {unmerged} of "
            f"{staging.shards:,} shards; `lakehouse merge` takes them in"
        )
    elif staging.shards and not staging.unreadable:
        lines.append(
            f"staging/ has {staging.shards:,} shards, all in the lake; "
            "`lakehouse merge --remove-staging` removes those that are finished"
        )
    if staging.unfinished:
        lines.append(f"shards whose extraction has not ended: {', '.join(staging.unfinished)}")
    if staging.unreadable:
        lines.append(f"shards that cannot be read: {', '.join(staging.unreadable)}")
    return tuple(lines)


def _videos(paths: WarehousePaths) -> dict[VideoKey, IndexedVideo]:
    try:
        return complete(read_videos_index(paths))
    except LakeError:
        return {}


def _by_key(paths: WarehousePaths) -> dict[Key, IndexedPhoto] | None:
    try:
        return {photo.key: photo for photo in read_photos_index(paths)}
    except LakeError:
        return None
