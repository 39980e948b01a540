"""Temporary files and folders that several processes may make side by side.

Each is noted as at work, and locked, by the process it belongs to. So the next command can tell
what a killed process left, and removes it; and so does the next that makes one of that name.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lakehouse.files.at_work import noted
from lakehouse.files.errors import patiently
from lakehouse.files.lock import held
from lakehouse.files.names import drawn_name
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
    name = drawn_name(path)
    with noted(name):
        os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with held(name):
            try:
                yield name
            finally:
                patiently(lambda: name.unlink(missing_ok=True))


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
    name = drawn_name(path)
    with noted(name):
        name.mkdir(mode=0o700)
        with held(name):
            try:
                yield name
            finally:
                with suppress(FileNotFoundError):
                    patiently(lambda: shutil.rmtree(name))
