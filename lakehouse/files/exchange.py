"""A whole new folder in another's place, in one step."""

import ctypes
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError
from lakehouse.files.errors import write_errors
from lakehouse.files.folders import sync_folder
from lakehouse.files.sweep import remove

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_UNABLE: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EXDEV, errno.EBUSY})
"""What a file system says that cannot exchange names, or where the folder is a mount."""


@contextmanager
def exchanged(folder: Path, new: Path) -> Iterator[None]:
    """Have a folder made that takes another's place when the block ends without an error.

    Parameters
    ----------
    folder : Path
        The present one, whose lock this process holds.
    new : Path
        Made in the block. The folder it lies in is made for it, for its owner alone, and is
        removed in the end with what is then in it. Both are on the same disk.

    Raises
    ------
    LakeError
        If the folders cannot be exchanged or written; the present one is then as it was.
    """
    scratch = new.parent
    remove(scratch)
    try:
        with write_errors(scratch):
            scratch.mkdir(mode=0o700)
            _require_exchange(scratch, folder)
        yield
        with write_errors(folder):
            for each, _, _ in os.walk(new):
                sync_folder(Path(each))
            exchange_names(new, folder)
            sync_folder(scratch)
            sync_folder(folder.parent)
    finally:
        remove(scratch)


def exchange_names(one: Path, other: Path) -> None:
    """Exchange the names of two folders in one step.

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


def _require_movable(folder: Path, probe: Path) -> None:
    """Have the system say whether it can rename a folder, without its doing so.

    Overlays, such as those of containers, cannot move a folder of a lower layer. They say so
    before they say what every file system does: a folder that holds something is not replaced.

    Raises
    ------
    OSError
        If it cannot.
    """
    (probe / "something").mkdir()
    try:
        folder.rename(probe)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
    else:
        probe.rename(folder)


def _require_exchange(scratch: Path, folder: Path) -> None:
    """Try an exchange: whether it is possible is better known before the work than after."""
    probes = [scratch / "one", scratch / "other"]
    for probe in probes:
        probe.mkdir()
    try:
        exchange_names(*probes)
        able = folder.stat().st_dev == scratch.stat().st_dev and not folder.is_mount()
        _require_movable(folder, probes[0])
    except OSError as error:
        if error.errno not in _UNABLE:
            raise
        able = False
    if not able:
        raise LakeError(
            "is on a file system that cannot exchange two folders in one step",
            where=str(folder),
            fix="do this with a copy of the warehouse on a local disk",
        )
