"""The lake's parts of video: files of one name in four folders, `frames/` last.

A part holds the frames of a chunk of a video, or of several short ones. `videos/` of a part holds
a row for each video that ends in it: a video that has its row is complete. Parts of video are
named otherwise than those of photographs, so that a name says what it is of.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from lakehouse.files import commit
from lakehouse.lake.parts import read_table
from lakehouse.lake.schemas import FRAME_BLENDSHAPES, FRAME_LANDMARKS, FRAMES, VIDEOS
from lakehouse.lake.swap import settle_swap
from lakehouse.paths import WarehousePaths

PART_FRAMES: Final = 1800
"""Frames of a chunk, and those from which on a part of short videos is full: a minute of video,
or half, and 4 MB."""

VIDEO_SCHEMAS: Final = (FRAME_LANDMARKS, FRAME_BLENDSHAPES, VIDEOS, FRAMES)
"""Of a part's files, in the order of `VideoTables`."""

PART_VIDEOS: Final = 256
"""Videos in a full part, where they are without frames."""

_NUMBERED: Final = re.compile(r"video-(\d+)\.parquet")


class VideoTables(NamedTuple):
    """The tables of one part, with the schemas of `lakehouse.lake.schemas`."""

    frame_landmarks: pa.Table
    frame_blendshapes: pa.Table
    videos: pa.Table
    frames: pa.Table


def is_video_part(name: str) -> bool:
    """Tell whether a file name is one of a part of video."""
    return _NUMBERED.fullmatch(name) is not None


def video_part_names(paths: WarehousePaths) -> list[str]:
    """List the committed parts of video.

    Returns
    -------
    list of str
        File names, sorted.
    """
    if not paths.lake.exists():
        settle_swap(paths)
    return commit.committed(_folders(paths))


def video_parts_without_frames(paths: WarehousePaths) -> list[str]:
    """List the parts of video whose file in `frames/` somebody took away, sorted."""
    return commit.orphans(_folders(paths), _NUMBERED)


def foreign_video_files(paths: WarehousePaths) -> list[Path]:
    """List the Parquet files among the parts of video that belong to none."""
    return commit.strangers(_folders(paths), _NUMBERED)


def next_video_part_name(paths: WarehousePaths) -> str:
    """Name the part of video after the last."""
    return video_part_name(next_video_part_number(paths))


def next_video_part_number(paths: WarehousePaths) -> int:
    """Give the number of the part of video after the last."""
    names = [*video_part_names(paths), *video_parts_without_frames(paths)]
    numbers = [int(match[1]) for name in names if (match := _NUMBERED.fullmatch(name))]
    return max(numbers, default=0) + 1


def video_part_name(number: int) -> str:
    """Name the files of a part of video."""
    return f"video-{number:06d}.parquet"


def video_part_files(paths: WarehousePaths, name: str) -> tuple[Path, Path, Path, Path]:
    """Name the files of a part of video, in the order of `VideoTables`, frames last."""
    landmarks, blendshapes, videos, frames = _folders(paths)
    return landmarks / name, blendshapes / name, videos / name, frames / name


def commit_video_part(paths: WarehousePaths, name: str, tables: VideoTables) -> None:
    """Write a part of video, or replace it whole.

    Parameters
    ----------
    name : str
        File name of the part.

    Raises
    ------
    LakeError
        If it cannot be written; the lake is then as it was.
    """
    commit.commit(_folders(paths), name, tables)


def commit_video_copy(paths: WarehousePaths, name: str, contents: Sequence[bytes]) -> None:
    """Write a part of another lake as it is there; see `parts.commit_copy`.

    Raises
    ------
    LakeError
        If it cannot be written; the lake is then as it was.
    """
    commit.commit_copy(_folders(paths), name, contents)


def read_video_part(paths: WarehousePaths, name: str) -> VideoTables:
    """Read a part of video back.

    Raises
    ------
    LakeError
        If one of its files is missing or damaged.
    """
    files = video_part_files(paths, name)
    return VideoTables(
        *(read_table(file, schema.names) for file, schema in zip(files, VIDEO_SCHEMAS, strict=True))
    )


def remove_video_part(paths: WarehousePaths, name: str) -> None:
    """Delete a part of video; its frames file first.

    Raises
    ------
    LakeError
        If it cannot be deleted.
    """
    commit.withdraw(_folders(paths), name)


def rewriting_video(paths: WarehousePaths, name: str) -> bool:
    """Tell whether a part's change is not finished, whoever is at it or was killed."""
    return name in commit.unfinished(_folders(paths))


def _folders(paths: WarehousePaths) -> tuple[Path, Path, Path, Path]:
    """Give the folders of a part in the order of `VideoTables`, frames last."""
    return paths.frame_landmarks, paths.frame_blendshapes, paths.videos, paths.frames
