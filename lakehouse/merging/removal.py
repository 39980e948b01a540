"""Removing a shard's warehouse once all of it is in the lake."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from lakehouse.files.listing import listed, present
from lakehouse.files.sweep import remove
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import part_names, remove_part
from lakehouse.merging.staged import Staged
from lakehouse.paths import WarehousePaths

_OWN: Final = (*("origin", "confidences", "stamps", "verification", "lake_guard", "shard"),)
"""What extraction and merging leave beside a lake, the mark of an end last; whatever else is there
stays."""


def may_go(staged: Staged) -> bool:
    """Tell whether a warehouse is a finished shard's and holds photographs only."""
    tables = (staged.paths.scores, staged.paths.covariates)
    return staged.shard is not None and staged.finished and not any(map(present, tables))


def remove_staged(staged: Staged) -> bool:
    """Remove a shard's warehouse, unless something came into it since it was verified.

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
            if part_names(paths) != [part.name for part in staged.parts]:
                return False
            for part in staged.parts:
                remove_part(paths, part.name)
        _remove_lake(paths)
    for name in _OWN:
        remove(getattr(paths, name))
    _remove_empty(paths.root)
    return not present(paths.root)


def clear_empty(paths: WarehousePaths) -> None:
    """Remove the folders that a killed removal has left empty.

    Raises
    ------
    LakeError
        If the folder of the shards cannot be listed.
    """
    for name in listed(paths.staging):
        _remove_empty(paths.staging / name)


def _remove_lake(paths: WarehousePaths) -> None:
    remove(paths.lock)
    for folder in (paths.photos, paths.blendshapes, paths.landmarks, paths.lake):
        _remove_empty(folder)


def _remove_empty(folder: Path) -> None:
    # What somebody put there stays, and the folder with it.
    with suppress(OSError):
        folder.rmdir()
