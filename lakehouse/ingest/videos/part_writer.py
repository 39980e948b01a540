"""Gathering a run's videos into parts."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa

from lakehouse.ingest.videos.tables import Stretch, video_tables
from lakehouse.lake.schemas import VIDEOS
from lakehouse.lake.video_parts import (
    PART_FRAMES,
    PART_VIDEOS,
    commit_video_part,
    next_video_part_name,
    read_video_part,
    remove_video_part,
)
from lakehouse.lake.videos_index import IndexedVideo, VideoKey, tables_of
from lakehouse.paths import WarehousePaths


class VideoPartWriter:
    """Commits parts as they become complete.

    Whole videos fill parts in the order they come, until a part has `part_frames`. A chunk of a
    longer video is a part of its own. So a run that was killed and resumed makes the same parts
    as one that was not.

    Parameters
    ----------
    paths : WarehousePaths
        Whose lake is written.
    part_frames : int
        Frames from which on a part of whole videos is full.
    """

    def __init__(self, paths: WarehousePaths, part_frames: int = PART_FRAMES) -> None:
        self._paths = paths
        self._part_frames = part_frames
        self._whole: list[Stretch] = []
        self.parts_written = 0

    @property
    def between_parts(self) -> bool:
        """Whether no video waits for its part to fill."""
        return not self._whole

    def add_whole(self, video: Stretch) -> None:
        """Take a video that is one chunk."""
        self._whole.append(video)
        frames = sum(len(each.frames) for each in self._whole)
        if frames >= self._part_frames or len(self._whole) >= PART_VIDEOS:
            self.finish()

    def add_chunk(self, chunk: Stretch) -> None:
        """Take a chunk of a longer video, the chunks in order."""
        self.finish()
        self._commit([chunk])

    def finish(self) -> None:
        """Commit what is left."""
        if self._whole:
            self._commit(self._whole)
            self._whole = []

    def drop(self, videos: Collection[IndexedVideo]) -> None:
        """Take videos out of their parts at once."""
        keys: dict[str, set[VideoKey]] = defaultdict(set)
        for video in videos:
            for part in video.parts:
                keys[part].add(video.key)
        for part, gone in sorted(keys.items()):
            tables = tables_of(read_video_part(self._paths, part), gone, kept=False)
            if tables.frames.num_rows or tables.videos.num_rows:
                commit_video_part(self._paths, part, tables)
                self.parts_written += 1
            else:
                remove_video_part(self._paths, part)

    def update(self, changes: Mapping[str, Mapping[VideoKey, dict[str, Any]]]) -> None:
        """Write other values into videos' rows.

        Parameters
        ----------
        changes : mapping of str to mapping
            By part, by key, column = value.
        """
        for part, of_part in sorted(changes.items()):
            tables = read_video_part(self._paths, part)
            rows = [
                row | of_part.get((row["participant"], row["video"]), {})
                for row in tables.videos.to_pylist()
            ]
            videos = pa.Table.from_pylist(rows, schema=VIDEOS)
            commit_video_part(self._paths, part, tables._replace(videos=videos))
            self.parts_written += 1

    def _commit(self, stretches: list[Stretch]) -> None:
        name = next_video_part_name(self._paths)
        commit_video_part(self._paths, name, video_tables(stretches))
        self.parts_written += 1
