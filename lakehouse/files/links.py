"""Second names of files."""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError, LakehouseError
from lakehouse.files.errors import write_errors
from lakehouse.files.folders import system_temporary
from lakehouse.files.names import DRAWN, TEMPORARY
from lakehouse.files.replace import seal
from lakehouse.files.temporary import temporary_folder
from lakehouse.system import kernel

_READING: Final = "reading"

_BUILDING: Final = "building"

_MEANT: Final = re.compile(r"[?\\\ud800-\udfff]")
"""What means something to DuckDB in the path of a database, or cannot be told to it at all."""

_PLAIN: Final = re.compile(r"[\w./ -]+")

_UNABLE: Final = frozenset(
    {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
)
"""What a file system says that knows no second names, or has no more of them."""


def link(file: Path, name: Path) -> None:
    """Give a file another name on the same disk, or where none can be given, a copy of that name.

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
        try:
            kernel.link(file, name, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _UNABLE:
                raise
        else:
            return
        if os.path.lexists(name):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(name))
        shutil.copy2(file, name, follow_symlinks=False)
        if not name.is_symlink():
            seal(name)


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
        One that DuckDB can open. Where links cannot be made, as on a medium that cannot be written
        to, or could not be removed while the file is open, the file's own name.
    """
    own = file.absolute()
    place = _openable_place(own.parent)
    if kernel.OPEN_FILES_STAY and place == own.parent:
        yield own
        return
    companions = [own.with_name(own.name + ending) for ending in endings]
    with ExitStack() as stack:
        name = own
        try:
            folder = stack.enter_context(temporary_folder(place / _READING))
            for each in (own, *filter(Path.exists, companions)):
                _link_or_copy(each, folder / each.name, anywhere=place != own.parent)
            name = folder / own.name
        except OSError:
            pass
        yield name


@contextmanager
def openable_folder(folder: Path, error_class: type[LakehouseError] = LakeError) -> Iterator[Path]:
    """Give a folder in which DuckDB can make a database.

    Parameters
    ----------
    folder : Path
        A private one.
    error_class : type of LakehouseError

    Yields
    ------
    Path
        The folder itself, unless its path holds what would mean something there; then a private
        one elsewhere, whose files are moved to the folder when the block ends without an error.

    Raises
    ------
    LakehouseError
        Of that class, if no other can be made, or its files cannot be moved.
    """
    place = _openable_place(folder)
    if place == folder.absolute():
        yield place
        return
    with write_errors(place, error_class), temporary_folder(place / _BUILDING) as near:
        yield near
        for file in near.iterdir():
            shutil.move(file, folder / file.name)


def _openable_place(folder: Path) -> Path:
    """Find the nearest folder, itself or above, whose path DuckDB takes for what it is.

    It finds parameters behind a question mark, takes a backslash for a slash, links followed, and
    what stands before a colon for a kind of database, unless the path begins with a slash.
    """
    real = folder.resolve()
    # Where a backslash parts folders, it is none here.
    if not _MEANT.search(real.as_posix()):
        return folder.absolute()
    device = real.stat().st_dev
    for each in real.parents:
        if (
            not _MEANT.search(each.as_posix())
            and each.stat().st_dev == device
            and os.access(each, os.W_OK)
        ):
            return each
    return system_temporary()


def _link_or_copy(file: Path, name: Path, *, anywhere: bool) -> None:
    try:
        kernel.link(file, name)
    except OSError:
        if not anywhere:
            raise
        # On another disk there is no other way.
        shutil.copyfile(file, name)


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
    if _PLAIN.fullmatch(str(own)) or kernel.proc is None:
        yield own
        return
    descriptor = os.open(own, os.O_RDONLY | kernel.DIRECTORY)
    try:
        # Where the system names what this process has open.
        yield kernel.proc / "fd" / str(descriptor)
    finally:
        os.close(descriptor)


def with_first_names(message: str) -> str:
    """Put files' own names in the place of second ones, below the folder that had another."""
    second = rf"\.{_READING}\.{DRAWN}{re.escape(TEMPORARY)}[/\\]"
    opened = rf"{kernel.proc}/fd/\d+/"
    return re.sub(f"{second}|{opened}", "", message)
