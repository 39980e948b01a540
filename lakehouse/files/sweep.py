"""Removing files and folders, above all those that a killed process left."""

import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError, LakehouseError
from lakehouse.files.errors import patiently, write_errors
from lakehouse.files.lock import held
from lakehouse.files.names import drawn_name, temporaries_in, temporaries_of

_UNLOCKED_S: Final = 60
"""Far longer than a process takes from making a temporary to locking it."""


def remove(path: Path, error_class: type[LakehouseError] = LakeError) -> None:
    """Remove a file, or a folder with all that is in it, if it is there.

    Parameters
    ----------
    path : Path
        Of a link, the link is removed.
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        Of that class, if it cannot be removed.
    """
    with write_errors(path, error_class):
        if path.is_dir() and not path.is_symlink():
            patiently(lambda: shutil.rmtree(path))
        else:
            patiently(lambda: path.unlink(missing_ok=True))


def remove_empty(folder: Path) -> None:
    """Remove a folder, if it is there and nothing is in it."""
    with suppress(OSError):
        folder.rmdir()


def take_away(folder: Path) -> None:
    """Remove a folder, if it is there, that others may be making files in.

    Parameters
    ----------
    folder : Path
        By this name nobody finds it any more, whatever becomes of the files.

    Raises
    ------
    LakeError
        If it cannot be removed.
    """
    # Renamed first: in a folder that is found, files appear while it is emptied.
    gone = drawn_name(folder)
    with write_errors(folder), suppress(FileNotFoundError):
        patiently(lambda: folder.rename(gone))
    remove(gone)


def sweep(folder: Path) -> None:
    """Remove all temporaries of a folder whose lock this process holds.

    Parameters
    ----------
    folder : Path
        One that only this program writes to. It need not exist.

    Raises
    ------
    LakeError
        If one cannot be removed.
    """
    for temporary in temporaries_in(folder):
        remove(temporary)


def sweep_dead(path: Path) -> None:
    """Remove the temporaries of one name that no living process holds.

    Parameters
    ----------
    path : Path
        The name, in a folder that may hold anybody's files. What cannot be removed stays.

    Raises
    ------
    OSError
        If the folder cannot be read.
    """
    for temporary in temporaries_of(path):
        # One that cannot be opened is gone meanwhile, or is not ours.
        with suppress(OSError, LakeError):
            age_s = time.time() - temporary.lstat().st_mtime
            if age_s > _UNLOCKED_S:
                with held(temporary) as ours:
                    if ours:
                        remove(temporary)
