"""Room for work whose files nobody needs afterwards."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from lakehouse.errors import LakeError, LakehouseError
from lakehouse.files.errors import write_errors
from lakehouse.files.folders import make_private
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

    def clear() -> None:
        for folder in folders:
            for name in listed(folder.parent, error_class):
                if name.startswith(folder.name):
                    remove(folder.parent / name, error_class)

    clear()
    try:
        for folder in folders:
            make_private(folder, error_class)
        yield folders
    finally:
        clear()


@contextmanager
def scratch_folder(error_class: type[LakehouseError] = LakeError) -> Iterator[Path]:
    """Give a private folder in the system's folder for temporary files.

    Parameters
    ----------
    error_class : type of LakehouseError

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
        with write_errors("the system's folder for temporary files", error_class):
            name = Path(tempfile.gettempdir()) / "lakehouse"
            folder = stack.enter_context(temporary_folder(name))
        yield folder


def nameless_log() -> IO[bytes]:
    """Open a file without a name, which is gone once it is closed.

    Returns
    -------
    binary file
        Whoever else writes to its descriptor appends, even after it was emptied.

    Raises
    ------
    LakeError
        If there is no room for it.
    """
    with write_errors("the system's folder for temporary files"):
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    fcntl.fcntl(file, fcntl.F_SETFL, os.O_APPEND)
    return file
