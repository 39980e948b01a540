"""A whole new lake in the old one's place, in one step.

Where many files become few, no order of renames is safe: who lists a folder meanwhile finds a
photograph twice or not at all. So the new lake is made complete beside the old one, and the
system exchanges the names of the two folders at once. A reader that had listed the old files and
comes to open one is told that it is gone; nobody gets wrong rows. Whatever moment a process is
killed at, the lake is the old one or the new one, and beside it lies a folder that nobody needs.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError
from lakehouse.files.write import lake_errors, sync_folder
from lakehouse.paths import WarehousePaths

_SCRATCH: Final = ".lake.swap.tmp"
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_UNABLE: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EXDEV, errno.EBUSY})
"""What a file system says that cannot exchange names, or where the lake is a mount of its own."""


@contextmanager
def swapped_lake(paths: WarehousePaths, replaced: Collection[str]) -> Iterator[WarehousePaths]:
    """Make a new lake and put it in the place of the present one.

    Only for who holds the lake's lock, which stays held.

    Parameters
    ----------
    paths : WarehousePaths
    replaced : collection of str
        File names of the parts that the new lake does not take over. Everything else is in it
        from the start, without being copied.

    Yields
    ------
    WarehousePaths
        Whose lake is the new one, to be filled. When the block ends without an error, it becomes
        the lake; after an error the lake is as it was.

    Raises
    ------
    LakeError
        If the folders cannot be exchanged or written, or something lies in the lake that does
        not belong there.
    """
    clear_swap(paths)
    lake = paths.lake.resolve()
    scratch = WarehousePaths(_scratch(paths))
    try:
        with lake_errors(scratch.root):
            scratch.root.mkdir(mode=0o700)
            _require_exchange(scratch.root, lake)
            _take_over(lake, scratch.lake, replaced)
        yield scratch
        with lake_errors(paths.lake):
            for folder in _folders(scratch.lake):
                sync_folder(folder)
            exchange(scratch.lake, lake)
            sync_folder(scratch.root)
            sync_folder(lake.parent)
    finally:
        clear_swap(paths)


def clear_swap(paths: WarehousePaths) -> None:
    """Remove the folder that a swap leaves, whether it came to its end or not.

    Parameters
    ----------
    paths : WarehousePaths

    Raises
    ------
    LakeError
        If it cannot be removed.
    """
    scratch = _scratch(paths)
    if scratch.exists():
        with lake_errors(scratch):
            shutil.rmtree(scratch)


def exchange(one: Path, other: Path) -> None:
    """Exchange the names of two folders in one step.

    Parameters
    ----------
    one, other : Path

    Raises
    ------
    OSError
        If the system cannot.
    """
    # Python has no function for it. A C library without it lacks the attribute.
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    names = [ctypes.c_char_p(os.fsencode(path)) for path in (one, other)]
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _require_exchange(scratch: Path, lake: Path) -> None:
    """Try an exchange: whether it is possible is better known before the work than after."""
    probes = [scratch / "one", scratch / "other"]
    for probe in probes:
        probe.mkdir()
    try:
        exchange(*probes)
        able = lake.stat().st_dev == scratch.stat().st_dev and not lake.is_mount()
    except OSError as error:
        if error.errno not in _UNABLE:
            raise
        able = False
    if not able:
        raise LakeError(
            "is on a file system that cannot exchange two folders in one step",
            where=str(lake),
            fix="do this with a copy of the warehouse on a local disk",
        )


def _take_over(lake: Path, new: Path, replaced: Collection[str]) -> None:
    """Fill a new lake with links to the old one's files, but for the parts to be replaced."""
    for old_folder, folder in zip(_folders(lake), _folders(new), strict=True):
        folder.mkdir()
        folder.chmod(old_folder.stat().st_mode & 0o7777)
        with os.scandir(old_folder) as entries:
            found = list(entries)
        for entry in found:
            if Path(entry.path) in _folders(lake):
                if entry.is_symlink():
                    raise LakeError("is a link", where=entry.path, fix="replace it by the folder")
            elif entry.is_dir(follow_symlinks=False):
                raise LakeError(
                    "does not belong to a lake", where=entry.path, fix="move it elsewhere"
                )
            elif folder == new or entry.name not in replaced:
                os.link(entry.path, folder / entry.name, follow_symlinks=False)


def _folders(lake: Path) -> tuple[Path, ...]:
    """Give a lake's folders, itself first."""
    paths = WarehousePaths(lake.parent)
    return (
        lake,
        *(lake / each.name for each in (paths.landmarks, paths.blendshapes, paths.photos)),
    )


def _scratch(paths: WarehousePaths) -> Path:
    """Name the scratch folder, on the same disk as the lake: it may be a link to elsewhere."""
    return paths.lake.resolve().parent / _SCRATCH
