"""Which videos the lake holds, and in which parts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa

from lakehouse.lake.parts import read_table
from lakehouse.lake.schemas import VIDEO_KEY, VIDEOS
from lakehouse.lake.video_parts import VideoTables, video_part_names
from lakehouse.paths import WarehousePaths

VideoKey = tuple[str, str]
"""Participant and video."""

_FRAME_COLUMNS: Final = (*VIDEO_KEY, "frame")


@dataclass(slots=True)
class IndexedVideo:
    """Where a video's rows are, and its own row.

    Attributes
    ----------
    key : tuple of str
        Participant, video.
    row : dict of str to object, or None
        As in the lake's `videos`; None where the video is not complete.
    parts : list of str
        File names of the parts with rows of it, in order.
    frames : int
        Rows in `frames`.
    every : int or None
        Every how many-th frame has a row; None where there are not two.
    """

    key: VideoKey
    row: dict[str, Any] | None = None
    parts: list[str] = field(default_factory=list)
    frames: int = 0
    every: int | None = None

    @property
    def path(self) -> str:
        """Where its file lay, relative to the dataset's root; empty if it is not complete."""
        return str(self._said("path") or "")

    @property
    def sha256(self) -> str | None:
        """Of its content, if that could be read."""
        return _text(self._said("sha256"))

    @property
    def model_sha256(self) -> str | None:
        """Of the face model; None of landmarks from elsewhere."""
        return _text(self._said("model_sha256"))

    @property
    def status(self) -> str:
        """As in the lake's `videos`."""
        return str(self._said("status") or "")

    @property
    def extractor(self) -> str:
        """What looked at it."""
        return str(self._said("extractor") or "")

    def _said(self, column: str) -> Any:
        return None if self.row is None else self.row[column]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def read_videos_index(
    paths: WarehousePaths, without: Collection[str] = ()
) -> dict[VideoKey, IndexedVideo]:
    """Read which videos the lake holds, complete or not.

    Parameters
    ----------
    without : collection of str
        Parts to pass over.

    Returns
    -------
    dict of key to IndexedVideo
        In the order of the parts; empty where there is no lake.

    Raises
    ------
    LakeError
        If a file of `videos/` or `frames/` is damaged.
    """
    found: dict[VideoKey, IndexedVideo] = {}
    for part in video_part_names(paths):
        if part in without:
            continue
        frames = read_table(paths.frames / part, _FRAME_COLUMNS)
        for key, rows in video_runs(frames):
            video = found.setdefault(key, IndexedVideo(key))
            video.parts.append(part)
            numbers = frames["frame"][rows.start : rows.stop]
            if video.every is None and len(numbers) > 1:
                video.every = numbers[1].as_py() - numbers[0].as_py()
            video.frames += len(numbers)
        for row in read_table(paths.videos / part, VIDEOS.names).to_pylist():
            key = row["participant"], row["video"]
            video = found.setdefault(key, IndexedVideo(key))
            video.row = row
            if part not in video.parts:
                video.parts.append(part)
    return found


def filmed(paths: WarehousePaths) -> set[str]:
    """Name the participants of whom the lake has a video.

    Raises
    ------
    LakeError
        If a file of `videos/` is damaged.
    """
    parts = (read_table(paths.videos / part, ["participant"]) for part in video_part_names(paths))
    return {participant for part in parts for participant in part["participant"].to_pylist()}


def complete(index: Mapping[VideoKey, IndexedVideo]) -> dict[VideoKey, IndexedVideo]:
    """Leave the videos that have their row."""
    return {key: video for key, video in index.items() if video.row is not None}


def video_runs(table: pa.Table) -> Iterator[tuple[VideoKey, slice]]:
    """Find where each video's rows are; they are next to each other.

    Parameters
    ----------
    table : pyarrow.Table
        With the columns of a video's key.

    Yields
    ------
    tuple
        The key.
    slice
        Its rows.
    """
    if not table.num_rows:
        return
    starts = np.zeros(table.num_rows, dtype=bool)
    starts[0] = True
    for name in VIDEO_KEY:
        codes = table[name].combine_chunks().dictionary_encode().indices.to_numpy()
        starts[1:] |= codes[1:] != codes[:-1]
    first = np.flatnonzero(starts)
    keys = [table[name].take(pa.array(first)).to_pylist() for name in VIDEO_KEY]
    ends = [*first[1:].tolist(), table.num_rows]
    for key, start, end in zip(zip(*keys, strict=True), first.tolist(), ends, strict=True):
        yield key, slice(start, end)


def rows_of(table: pa.Table, keys: Collection[VideoKey], *, kept: bool) -> pa.Table:
    """Take the rows of some videos, or all others.

    Parameters
    ----------
    table : pyarrow.Table
        With the columns of a video's key.
    kept : bool
        False to leave these out.
    """
    runs = [rows for key, rows in video_runs(table) if (key in keys) is kept]
    taken = [np.arange(run.start, run.stop) for run in runs]
    return table.take(pa.array(np.concatenate(taken) if taken else np.empty(0, np.int64)))


def put_together(table: pa.Table) -> pa.Table:
    """Put each video's rows next to each other, videos in the order of their first rows."""
    runs: dict[VideoKey, list[slice]] = {}
    for key, rows in video_runs(table):
        runs.setdefault(key, []).append(rows)
    if all(len(of_video) == 1 for of_video in runs.values()):
        return table
    taken = [np.arange(run.start, run.stop) for of_video in runs.values() for run in of_video]
    return table.take(pa.array(np.concatenate(taken)))


def tables_of(tables: VideoTables, keys: Collection[VideoKey], *, kept: bool) -> VideoTables:
    """Take the rows of some videos out of a part's tables, or all others; see `rows_of`."""
    return VideoTables(*(rows_of(table, keys, kept=kept) for table in tables))
