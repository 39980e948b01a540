"""Folders: private ones, ones like another, and their names on the disk."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path

from lakehouse.errors import LakeError, LakehouseError
from lakehouse.files.errors import write_errors
from lakehouse.system import kernel


def make_private(folder: Path, error_class: type[LakehouseError] = LakeError) -> None:
    """Make a folder that only its owner can read, unless it is there.

    Parameters
    ----------
    folder : Path
        Folders above it that are missing are made as private.
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        Of that class, if it cannot be made.
    """
    missing = takewhile(lambda each: not each.is_dir(), (folder, *folder.parents))
    with write_errors(folder, error_class):
        for each in reversed(list(missing)):
            each.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def made_private(folder: Path, error_class: type[LakehouseError] = LakeError) -> Iterator[None]:
    """Do what `make_private` does, and undo it if the block ends with an error.

    Parameters
    ----------
    folder : Path
        Of those that were made, the ones that are empty are removed.
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        Of that class, if it cannot be made.
    """
    missing = list(takewhile(lambda each: not each.is_dir(), (folder, *folder.parents)))
    try:
        make_private(folder, error_class)
        yield
    except BaseException:
        for each in missing:
            # What others put there meanwhile stays.
            with suppress(OSError):
                each.rmdir()
        raise


def make_alike(folder: Path, example: Path) -> None:
    """Make a folder with another's permissions.

    Parameters
    ----------
    folder : Path
        Where there is nothing.

    Raises
    ------
    LakeError
        If it cannot be made.
    """
    with write_errors(folder):
        folder.mkdir(mode=0o700)
        folder.chmod(example.stat().st_mode & 0o7777)


def system_temporary() -> Path:
    """Find the system's folder for temporary files.

    Unlike the standard library, which writes a file to find out whether it can, this leaves
    nothing where a process is killed in doing so.

    Raises
    ------
    OSError
        If there is none.
    """
    if tempfile.tempdir is not None:
        return Path(os.fsdecode(tempfile.tempdir))
    named = map(os.environ.get, ("TMPDIR", "TEMP", "TMP"))
    for folder in (*named, "/tmp", "/var/tmp"):  # noqa: S108 - as it does
        if folder and os.access(folder, os.W_OK | os.X_OK):
            return Path(folder).absolute()
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut, where the system can be asked for that.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    if not kernel.DIRECTORY:
        return
    descriptor = os.open(folder, os.O_RDONLY | kernel.DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
