"""The one rule for temporary names: ``.NAME.tmp``, or ``.NAME.TOKEN.tmp``.

NAME is what the file will be called, or what the folder is for. Where a lock keeps other
processes away, there is no token, and the name can be told in advance. Everywhere else a random
token keeps two processes apart. No reader of a folder's ``*.parquet`` or ``*.csv`` takes such a
file for a whole one. What is whole, and about to be put in its place, ends in ``.ready`` instead,
and what is about to be removed in ``.withdrawn``. Where the system cannot hold such a file itself,
``.NAME.TOKEN.held.tmp`` beside it is held.
"""

import os
import re
import secrets
from pathlib import Path
from typing import Final

from lakehouse.files.listing import listed

TEMPORARY: Final = ".tmp"
READY: Final = ".ready"
WITHDRAWN: Final = ".withdrawn"
_GUARD: Final = ".held.tmp"

DRAWN: Final = "[a-z0-9_]{8}"
"""A token, as a regular expression."""


def temporary_name(path: Path) -> Path:
    """Give the temporary name that a lock keeps to one process.

    Parameters
    ----------
    path : Path
        Where the file belongs.

    Returns
    -------
    Path
        In the same folder.
    """
    return path.with_name(f".{path.name}{TEMPORARY}")


def drawn_name(path: Path) -> Path:
    """Give a temporary name with a token that nobody else has drawn.

    Parameters
    ----------
    path : Path
        Where the file belongs, or as its last part what the folder is for.

    Returns
    -------
    Path
        In the same folder.
    """
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}{TEMPORARY}")


def temporaries_in(folder: Path) -> list[Path]:
    """Find everything with a temporary name.

    Parameters
    ----------
    folder : Path
        Need not exist.

    Raises
    ------
    LakeError
        If it cannot be listed.
    """
    names = listed(folder)
    return [folder / name for name in names if name.startswith(".") and name.endswith(TEMPORARY)]


def temporaries_of(path: Path, ending: str = TEMPORARY) -> list[Path]:
    """Find the temporaries with a token of one name, and of no other.

    Parameters
    ----------
    path : Path
        In a folder that exists.
    ending : str
        `READY` for those that are whole.
    """
    name = re.compile(rf"\.{re.escape(path.name)}\.{DRAWN}{re.escape(ending)}")
    with os.scandir(path.parent) as entries:
        return [Path(entry.path) for entry in entries if name.fullmatch(entry.name)]


def guard_name(path: Path) -> Path:
    """Name the file that is held in the stead of a temporary, or of a file of notes.

    Parameters
    ----------
    path : Path
        Whether it is ready or not makes no difference.
    """
    name = path.name.removesuffix(TEMPORARY).removesuffix(READY).removeprefix(".")
    return path.with_name(f".{name}{_GUARD}")


def guarded_names(guard: Path) -> tuple[Path, ...]:
    """Name all that a file of `guard_name` may be held for."""
    name = guard.name.removesuffix(_GUARD)
    names = (f"{name}{TEMPORARY}", f"{name}{READY}", name.removeprefix("."))
    return tuple(guard.with_name(each) for each in names)


def guards_in(folder: Path) -> list[Path]:
    """Find the files of `guard_name`.

    Raises
    ------
    OSError
        If the folder cannot be read.
    """
    with os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries if entry.name.endswith(_GUARD)]
