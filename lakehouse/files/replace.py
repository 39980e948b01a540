"""A file in another's place once it is whole."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from lakehouse.errors import LakeError, LakehouseError
from lakehouse.files.errors import patiently, write_errors
from lakehouse.files.folders import make_private, sync_folder
from lakehouse.files.temporary import temporary_file
from lakehouse.system import kernel


@contextmanager
def replaced(path: Path, error_class: type[LakehouseError] = LakeError) -> Iterator[Path]:
    """Give a temporary file that takes the place of another once it is whole.

    Parameters
    ----------
    path : Path
        To be made or replaced, in a folder that exists.
    error_class : type of LakehouseError

    Yields
    ------
    Path
        An empty file in the same folder, readable by its owner alone.

    Raises
    ------
    LakehouseError
        Of that class, if it cannot be written; an earlier file is then as it was.
    """
    with write_errors(path, error_class), temporary_file(path) as temporary:
        yield temporary
        seal(temporary)
        patiently(lambda: temporary.replace(path))


@contextmanager
def replaced_file(path: Path, error_class: type[LakehouseError] = LakeError) -> Iterator[BinaryIO]:
    """Give what `replaced` gives, open for writing.

    Parameters
    ----------
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        Of that class, if it cannot be written; an earlier file is then as it was.
    """
    with replaced(path, error_class) as temporary, temporary.open("wb") as file:
        yield file


def put(file: Path, path: Path, error_class: type[LakehouseError] = LakeError) -> None:
    """Put a whole file in another's place, where it stays even after a power cut.

    Parameters
    ----------
    file : Path
        On the same disk. Only its owner can read it from then on.
    path : Path
        To be made or replaced.
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        Of that class, if it cannot be done; an earlier file is then as it was.
    """
    with write_errors(path, error_class):
        seal(file)
        patiently(lambda: file.replace(path))
        sync_folder(path.parent)


def seal(file: Path) -> None:
    """Make a file its owner's alone, and have it safely on disk.

    Raises
    ------
    OSError
        If it cannot be done.
    """
    file.chmod(0o600)
    # Not every system has files written to the disk for who can only read them.
    descriptor = os.open(file, os.O_RDWR | kernel.BINARY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_bytes(path: Path, content: bytes, error_class: type[LakehouseError] = LakeError) -> None:
    """Write a file, replacing one of that name in one step.

    Parameters
    ----------
    path : Path
        Its folder is made.
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        Of that class, if it cannot be written; an earlier file is then as it was.
    """
    make_private(path.parent, error_class)
    with replaced_file(path, error_class) as file:
        file.write(content)


def write_json(path: Path, value: Any) -> None:
    """Write a small file of the program's own, replacing one of that name in one step.

    Parameters
    ----------
    path : Path
        Its folder is made.
    value : object
        What JSON can hold.

    Raises
    ------
    LakeError
        If it cannot be written; an earlier file is then as it was.
    """
    write_bytes(path, json.dumps(value).encode())
