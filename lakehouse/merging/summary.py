"""What a merge did."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MergeSummary:
    """What a merge did.

    Attributes
    ----------
    warehouses : int
        That were merged.
    photos : int
        Photographs that were taken into the lake.
    replaced : int
        Photographs of the lake that had crashed or could not be read, and have other rows now.
    already : int
        Photographs that the lake, or another of these warehouses, had with the same content.
    videos, videos_replaced, videos_already : int
        The same of videos.
    video_parts : int
        Parts of video that were copied or written.
    parts_copied, parts_written : int
        Parts that were copied as they are, and parts made of some of their photographs.
    values : dict of str to int
        Values added to tables of participants, by table.
    unfinished : tuple of Path
        Warehouses of shards whose extraction has not come to its end.
    absent : tuple of str
        Shards that were not among them while others of that number were, such as 3/8.
    roots : tuple of Path
        Folders that the photographs were extracted from.
    extractors : tuple of str
        What looked at the photographs of these warehouses, with versions.
    removed : int
        Warehouses that were removed.
    left : tuple of Path
        Those that were not.
    seconds : float
        Wall time.
    """

    warehouses: int = 0
    photos: int = 0
    replaced: int = 0
    already: int = 0
    videos: int = 0
    videos_replaced: int = 0
    videos_already: int = 0
    video_parts: int = 0
    parts_copied: int = 0
    parts_written: int = 0
    values: dict[str, int] = field(default_factory=dict)
    unfinished: tuple[Path, ...] = ()
    absent: tuple[str, ...] = ()
    roots: tuple[Path, ...] = ()
    extractors: tuple[str, ...] = ()
    removed: int = 0
    left: tuple[Path, ...] = ()
    seconds: float = 0.0


def absent_shards(shards: Iterable[tuple[int, int] | None]) -> tuple[str, ...]:
    """Name the shards that are missing from those of one number.

    Parameters
    ----------
    shards : iterable of (int, int), or None
        Which of how many; None is passed over.
    """
    numbers: dict[int, set[int]] = defaultdict(set)
    for shard in shards:
        if shard is not None:
            numbers[shard[1]].add(shard[0])
    return tuple(
        f"{number}/{of}"
        for of, there in sorted(numbers.items())
        for number in range(1, of + 1)
        if number not in there
    )
