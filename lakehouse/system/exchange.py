"""Exchanging the names of two folders in one step."""

import errno
import os
from pathlib import Path
from typing import Final

from lakehouse.system import kernel

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2

UNABLE: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EXDEV, errno.EBUSY})
"""What a file system says that cannot exchange names, or where a folder is a mount."""


def exchange_names(one: Path, other: Path) -> None:
    """Exchange the names of two folders in one step.

    Raises
    ------
    OSError
        If the system cannot; its number is then among `UNABLE`.
    """
    # Python has no function for it, nor have all C libraries.
    rename = kernel.c_function("renameat2")
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    import ctypes

    names = [ctypes.c_char_p(os.fsencode(path)) for path in (one, other)]
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
