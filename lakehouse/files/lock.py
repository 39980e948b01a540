"""Locks of the kernel: they end with the process that holds them, however that ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError
from lakehouse.files.errors import write_errors

_PATIENCE_S: Final = 0.5
"""Far longer than any command holds a lock to clear what a killed one left."""
_AGAIN_S: Final = 0.02


@contextmanager
def exclusive_lock(file: Path, *, patience_s: float = _PATIENCE_S) -> Iterator[None]:
    """Hold a lock file, and with it the folder it lies in.

    Parameters
    ----------
    file : Path
        In a folder that exists. It is made if it is not there, and stays.
    patience_s : float
        Seconds to wait for another process to give it up.

    Raises
    ------
    LakeError
        If another process holds it, naming that process.
    """
    with write_errors(file):
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        with write_errors(file):
            until = time.monotonic() + patience_s
            while not _taken(descriptor):
                if time.monotonic() >= until:
                    holder = os.read(descriptor, 32).decode(errors="replace").strip() or "unknown"
                    raise LakeError(
                        f"in use by process {holder}",
                        where=str(file.parent),
                        fix="wait until it is done, or end it",
                    )
                time.sleep(_AGAIN_S)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def held(descriptor: int) -> bool:
    """Hold an open file or folder until it is closed, if nobody else does.

    Returns
    -------
    bool
        False where another holds it, or the file system knows no locks.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
