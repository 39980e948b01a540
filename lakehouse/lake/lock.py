"""One writer at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lakehouse.errors import LakeError
from lakehouse.files.write import lake_errors, make_private
from lakehouse.paths import WarehousePaths


@contextmanager
def lake_lock(paths: WarehousePaths) -> Iterator[None]:
    """Hold the lake for writing.

    Parameters
    ----------
    paths : WarehousePaths
        The lake's folder is made if it is not there.

    Raises
    ------
    LakeError
        If another process holds it, naming that process.
    """
    make_private(paths.root)
    make_private(paths.lake)
    with exclusive_lock(paths.lock):
        yield


@contextmanager
def exclusive_lock(file: Path) -> Iterator[None]:
    """Hold a lock file, and with it the folder it lies in.

    The lock is the kernel's, so it ends with the process that holds it, however that ends.

    Parameters
    ----------
    file : Path
        In a folder that exists. It is made if it is not there, and stays.

    Raises
    ------
    LakeError
        If another process holds it, naming that process.
    """
    with lake_errors(file):
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        with lake_errors(file):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = os.read(descriptor, 32).decode(errors="replace").strip() or "unknown"
                raise LakeError(
                    f"in use by process {holder}",
                    where=str(file.parent),
                    fix="wait until it is done, or end it",
                ) from error
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
