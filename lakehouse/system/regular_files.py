"""Reading only regular files of a sane size: pipes and devices may never end."""

import errno
import os
import stat
from pathlib import Path
from typing import Final

from lakehouse.system import kernel

_MEGABYTE: Final = 2**20

TABLE_BYTES: Final = 256 * _MEGABYTE
"""No table about participants or photographs is larger."""

SETTINGS_BYTES: Final = _MEGABYTE
"""No settings file, nor a key, is larger."""

_KINDS: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_regular(path: Path, *, at_most: int) -> bytes:
    """Read a regular file whole.

    Parameters
    ----------
    path : Path
        A link is followed.
    at_most : int
        Bytes that it may have.

    Raises
    ------
    OSError
        If it cannot be opened or read, is no regular file, or is larger. `strerror` says so in
        words that fit behind "cannot be read".
    """
    require_regular(path)
    with open(path, "rb", opener=_open_at_once) as file:
        status = os.fstat(file.fileno())
        # It may have become another since.
        _require_regular(status.st_mode, path)
        if status.st_size <= at_most:
            # Of a file that grows meanwhile, no more than would have been taken.
            content = file.read(at_most + 1)
            if len(content) <= at_most:
                return content
    raise OSError(
        errno.EFBIG, f"larger than {at_most // _MEGABYTE} MB, too large to be one", str(path)
    )


def require_regular(path: Path) -> None:
    """Make sure that a path names a regular file, for libraries that open it themselves.

    Raises
    ------
    OSError
        If it is not there or is anything else; `strerror` says what.
    """
    _require_regular(path.stat().st_mode, path)


def open_at_once(path: Path | str, *, follow: bool = True) -> int:
    """Open a file for reading, without waiting for the writer of a pipe.

    Parameters
    ----------
    follow : bool
        False for a link to be refused.

    Returns
    -------
    int
        A descriptor.

    Raises
    ------
    OSError
        If it cannot be opened.
    """
    if not follow and not kernel.NOFOLLOW and Path(path).is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if not kernel.NONBLOCK and stat.S_ISFIFO(Path(path).stat().st_mode):
        raise OSError(errno.EINVAL, "a named pipe, not a file", str(path))
    # For regular files the first flag means nothing.
    flags = kernel.NONBLOCK | kernel.BINARY | (0 if follow else kernel.NOFOLLOW)
    return os.open(path, os.O_RDONLY | flags)


def _open_at_once(path: str, _: int) -> int:
    return open_at_once(path)


def _require_regular(mode: int, path: Path) -> None:
    if stat.S_ISREG(mode):
        return
    kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "something else")
    raise OSError(errno.EINVAL, f"{kind}, not a file", str(path))
