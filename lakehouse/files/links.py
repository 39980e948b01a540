"""Second names of files."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from lakehouse.files.errors import write_errors
from lakehouse.files.names import DRAWN, TEMPORARY
from lakehouse.files.temporary import temporary_folder

_READING: Final = "reading"

_PLAIN: Final = re.compile(r"[\w./ -]+")

_DESCRIPTORS: Final = Path("/proc/self/fd")
"""Where the system names what a process has open."""


def link(file: Path, name: Path) -> None:
    """Give a file another name on the same disk.

    Parameters
    ----------
    file : Path
        Of a link, the link gets the other name.
    name : Path
        Where there is nothing.

    Raises
    ------
    LakeError
        If it cannot be done.
    """
    with write_errors(name):
        os.link(file, name, follow_symlinks=False)


@contextmanager
def second_name(file: Path, *endings: str) -> Iterator[Path]:
    """Give a file a name that exists for the moment only.

    Parameters
    ----------
    *endings : str
        The file's name with such an ending is a file that belongs to it, and that gets a second
        name too if it is there.

    Yields
    ------
    Path
        Where links cannot be made, as on a medium that cannot be written to, the file's own
        name.
    """
    with ExitStack() as stack:
        name = file
        try:
            folder = stack.enter_context(temporary_folder(file.with_name(_READING)))
            linked = folder / file.name
            os.link(file, linked)
            for ending in endings:
                if (companion := file.with_name(file.name + ending)).exists():
                    os.link(companion, linked.with_name(companion.name))
            name = linked
        except OSError:
            pass
        yield name


@contextmanager
def plain_name(folder: Path) -> Iterator[Path]:
    """Give a folder a name in which no character means anything, for programs that look for that.

    Parameters
    ----------
    folder : Path
        One that is there.

    Yields
    ------
    Path
        Its own name where that is plain, or where the system knows no other. It holds until the
        block ends.

    Raises
    ------
    OSError
        If the folder cannot be opened.
    """
    own = folder.absolute()
    if _PLAIN.fullmatch(str(own)) or not sys.platform.startswith("linux"):
        yield own
        return
    descriptor = os.open(own, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield _DESCRIPTORS / str(descriptor)
    finally:
        os.close(descriptor)


def with_first_names(message: str) -> str:
    """Put files' own names in the place of second ones, below the folder that had another."""
    return re.sub(rf"\.{_READING}\.{DRAWN}{re.escape(TEMPORARY)}/|{_DESCRIPTORS}/\d+/", "", message)
