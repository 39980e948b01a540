"""Temporary files and folders that several processes may make side by side.

Each is locked by the process it belongs to. So the next one that makes a temporary of that name
can tell what a killed process left, and removes it.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lakehouse.files.lock import held
from lakehouse.files.names import TEMPORARY
from lakehouse.files.sweep import sweep_dead


@contextmanager
def temporary_file(path: Path) -> Iterator[Path]:
    """Give an empty file beside another, for its owner alone.

    Parameters
    ----------
    path : Path
        The other, which need not exist; its folder must.

    Yields
    ------
    Path
        Whatever has this name at the end is removed.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    sweep_dead(path)
    descriptor, name = tempfile.mkstemp(TEMPORARY, f".{path.name}.", path.parent)
    try:
        held(descriptor)
        yield Path(name)
    finally:
        try:
            Path(name).unlink(missing_ok=True)
        finally:
            os.close(descriptor)


@contextmanager
def temporary_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder for its owner alone.

    Parameters
    ----------
    path : Path
        Where it lies, and as its last part what it is for.

    Yields
    ------
    Path
        It is removed at the end, with all that is in it.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    sweep_dead(path)
    folder = tempfile.TemporaryDirectory(TEMPORARY, f".{path.name}.", path.parent)
    descriptor = os.open(folder.name, os.O_RDONLY | os.O_DIRECTORY)
    try:
        held(descriptor)
        with folder:
            yield Path(folder.name)
    finally:
        os.close(descriptor)
