"""A file where there is none yet."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lakehouse.errors import LakeError, LakehouseError
from lakehouse.files.errors import write_errors
from lakehouse.files.folders import sync_folder
from lakehouse.files.replace import seal
from lakehouse.files.temporary import temporary_file
from lakehouse.system import kernel


@contextmanager
def new_file(path: Path, error_class: type[LakehouseError] = LakeError) -> Iterator[BinaryIO]:
    """Make a file for its owner alone; at the end it is safely on disk.

    Parameters
    ----------
    path : Path
        In a folder that exists.
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        Of that class, if there is a file of that name already, or it cannot be written; in the
        second case nothing is left of it.
    """
    with write_errors(path, error_class), created(path) as file:
        yield file


@contextmanager
def created(path: Path) -> Iterator[BinaryIO]:
    """Do what `new_file` does where the caller, or `staged`, tells the user of errors.

    Raises
    ------
    OSError
        As `new_file` says.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | kernel.BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write_new(path: Path, text: str, error_class: type[LakehouseError] = LakeError) -> None:
    """Write a text where there is no file yet.

    Parameters
    ----------
    path : Path
        In a folder that exists.
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        As for `new_file`.
    """
    with write_errors(path, error_class), temporary_file(path) as temporary:
        temporary.write_bytes(text.encode())
        seal(temporary)
        try:
            # Unlike a renaming, a second name takes nobody's place.
            kernel.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            # The file system has no second names.
            with created(path) as file:
                file.write(text.encode())
        sync_folder(path.parent)
