"""Removing a shard's warehouse once all of it is in the lake."""

from pathlib import Path
from typing import Final

from lakehouse.files.listing import listed, present
from lakehouse.files.sweep import remove, remove_empty
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import part_names, read_file, remove_part
from lakehouse.lake.video_parts import remove_video_part, video_part_names
from lakehouse.merging.staged import Staged
from lakehouse.paths import WarehousePaths

_BESIDE: Final = (
    *("origin", "confidences", "stamps", "begun_video", "verification", "lake_guard", "shard"),
)
"""What lies beside a lake, the mark of an end last."""

_WITHIN: Final = (
    *("lock", "photos", "blendshapes", "landmarks"),
    *("frames", "videos", "frame_blendshapes", "frame_landmarks"),
)


def may_go(staged: Staged) -> bool:
    """Tell whether a warehouse is a finished shard's, and holds nothing but photographs."""
    paths = staged.paths
    beside = {getattr(paths, name).name for name in (*_BESIDE, "lake")}
    within = {getattr(paths, name).name for name in _WITHIN}
    alone = {*listed(paths.root)} <= beside and {*listed(paths.lake)} <= within
    return staged.shard is not None and staged.finished and alone


def remove_staged(staged: Staged) -> bool:
    """Remove a shard's warehouse, unless it has changed since it was verified.

    Returns
    -------
    bool
        Whether it is gone.

    Raises
    ------
    LakeError
        If it is in use, or cannot be removed.
    """
    paths = staged.paths
    if present(paths.lake):
        with lake_lock(paths):
            now = {name: read_file(paths.photos / name).sha256 for name in part_names(paths)}
            films = {
                name: read_file(paths.frames / name).sha256 for name in video_part_names(paths)
            }
            if now != {part.name: part.sha256[-1] for part in staged.parts}:
                return False
            if films != staged.video_parts:
                return False
            for part in staged.parts:
                remove_part(paths, part.name)
            for name in films:
                remove_video_part(paths, name)
        for name in _WITHIN:
            _remove(getattr(paths, name))
        remove_empty(paths.lake)
    for name in _BESIDE:
        remove(getattr(paths, name))
    remove_empty(paths.root)
    return not present(paths.root)


def _remove(path: Path) -> None:
    """Remove a file, or a folder that is empty."""
    if path.is_dir():
        remove_empty(path)
    else:
        remove(path)


def clear_empty(paths: WarehousePaths) -> None:
    """Remove the folders that a killed removal has left empty.

    Raises
    ------
    LakeError
        If the folder of the shards cannot be listed.
    """
    for name in listed(paths.staging):
        remove_empty(paths.staging / name)
