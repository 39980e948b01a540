"""The lake's parts of video: files of one name in four folders, `frames/` last.

A part holds the frames of a chunk of a video, or of several short ones. `videos/` of a part holds
a row for each video that ends in it: a video that has its row is complete.
"""

from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from lakehouse.files import commit
from lakehouse.paths import WarehousePaths


class VideoTables(NamedTuple):
    """The tables of one part, with the schemas of `lakehouse.lake.schemas`."""

    frame_landmarks: pa.Table
    frame_blendshapes: pa.Table
    videos: pa.Table
    frames: pa.Table


def video_part_names(paths: WarehousePaths) -> list[str]:
    """List the committed parts of video.

    Returns
    -------
    list of str
        File names, sorted.
    """
    return commit.committed(_folders(paths))


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


def _folders(paths: WarehousePaths) -> tuple[Path, Path, Path, Path]:
    """Give the folders of a part in the order of `VideoTables`, frames last."""
    return paths.frame_landmarks, paths.frame_blendshapes, paths.videos, paths.frames
