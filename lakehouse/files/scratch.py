"""Room for work whose files nobody needs afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from lakehouse.errors import LakeError, LakehouseError
from lakehouse.files.errors import write_errors
from lakehouse.files.folders import make_private, system_temporary
from lakehouse.files.listing import listed
from lakehouse.files.names import temporary_name
from lakehouse.files.sweep import remove
from lakehouse.files.temporary import temporary_folder


@contextmanager
def scratch(
    *paths: Path, error_class: type[LakehouseError] = LakeError
) -> Iterator[tuple[Path, ...]]:
    """Give private folders that a lock keeps to this process.

    Parameters
    ----------
    *paths : Path
        Beside which they lie, under their temporary names. What a killed process left under
        these names, or names that begin so, is removed first.
    error_class : type of LakehouseError

    Yields
    ------
    tuple of Path
        One for each; they are removed at the end, with all that is in them.

    Raises
    ------
    LakehouseError
        Of that class, if they cannot be made or removed.
    """
    folders = tuple(temporary_name(path) for path in paths)
    clear_scratch(*paths, error_class=error_class)
    try:
        for folder in folders:
            make_private(folder, error_class)
        yield folders
    finally:
        clear_scratch(*paths, error_class=error_class)


def scratch_left(*paths: Path, error_class: type[LakehouseError] = LakeError) -> list[Path]:
    """List what `scratch` has made, and not removed, beside some paths.

    Returns
    -------
    list of Path
        What has their temporary names, or names that begin so.

    Raises
    ------
    LakehouseError
        Of that class, if a folder cannot be listed.
    """
    return [
        folder.parent / name
        for folder in map(temporary_name, paths)
        for name in listed(folder.parent, error_class)
        if name.startswith(folder.name)
    ]


def clear_scratch(*paths: Path, error_class: type[LakehouseError] = LakeError) -> None:
    """Remove what `scratch` has made beside some paths. Only for who holds their lock.

    Parameters
    ----------
    *paths : Path
        As for `scratch`.
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        Of that class, if something cannot be listed or removed.
    """
    for left in scratch_left(*paths, error_class=error_class):
        remove(left, error_class)


@contextmanager
def scratch_folder(
    error_class: type[LakehouseError] = LakeError, *, beside: Path | None = None
) -> Iterator[Path]:
    """Give a private folder for work whose files nobody looks for.

    Parameters
    ----------
    error_class : type of LakehouseError
    beside : Path, optional
        Where it lies, and as its last part what it is for. Where that cannot be written, and by
        default, it lies in the system's folder for temporary files.

    Yields
    ------
    Path
        It is removed at the end, with all that is in it.

    Raises
    ------
    LakehouseError
        Of that class, if it cannot be made.
    """
    with ExitStack() as stack:
        folder = None
        if beside is not None:
            with suppress(OSError):
                folder = stack.enter_context(temporary_folder(beside))
        if folder is None:
            with write_errors("the system's folder for temporary files", error_class):
                name = system_temporary() / "lakehouse"
                folder = stack.enter_context(temporary_folder(name))
        yield folder


def nameless_log() -> IO[bytes]:
    """Open a file without a name, which is gone once it is closed.

    Returns
    -------
    binary file
        Whoever has its descriptor writes where the last one stopped; `emptied` begins anew.

    Raises
    ------
    LakeError
        If there is no room for it.
    """
    with write_errors("the system's folder for temporary files"):
        return tempfile.TemporaryFile(dir=system_temporary())


def emptied(descriptor: int) -> None:
    """Empty a log of `nameless_log`, for whichever process writes to it."""
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
