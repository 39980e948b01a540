"""Files of one name in several folders that appear, change and vanish as one.

All are first written under temporary names; then the one in the last folder is marked ready, and
all are renamed into place, the last folder's at the end. A file in the last folder says that the
others are there, and holds their hashes. What is to vanish has its file in the last folder marked
first. Whatever moment a process is killed at, `recover` finishes what was marked, and removes what
still has a temporary name. It removes nothing else: a name that the last folder lacks, unmarked, is
one whose file there was taken away.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from lakehouse.errors import LakeError
from lakehouse.files.errors import patiently, write_errors
from lakehouse.files.folders import make_private, sync_folder
from lakehouse.files.listing import listed, present
from lakehouse.files.names import READY, WITHDRAWN, temporary_name
from lakehouse.files.new import created
from lakehouse.files.parquet import write_table
from lakehouse.files.sweep import remove, sweep
from lakehouse.system.endings import undisturbed


def committed(folders: Sequence[Path]) -> list[str]:
    """List the names that are there.

    Parameters
    ----------
    folders : sequence of Path

    Returns
    -------
    list of str
        Sorted.

    Raises
    ------
    LakeError
        If a folder cannot be listed, or holds nothing although the others do: it was moved away,
        or its disk is not there.
    """
    last = folders[-1]
    if names := _parquet(last):
        for folder in folders[:-1]:
            # Of a single name that is not there, the file was taken, not the folder.
            if not _parquet(folder) and (len(names) > 1 or not present(folder)):
                raise _bare(folder, last, len(names))
        return names
    for folder in folders[:-1]:
        # Twice, because between two looks a name may vanish everywhere, the last folder first.
        if _parquet(folder) and not unfinished(folders) and (orphans := _parquet(folder)):
            if names := _parquet(last):
                return names
            raise _bare(last, folder, len(orphans))
    return []


def orphans(folders: Sequence[Path], ours: re.Pattern[str]) -> list[str]:
    """List the names whose file in the last folder was taken away.

    What a killed process leaves is none of them: that is marked there.

    Parameters
    ----------
    folders : sequence of Path
    ours : re.Pattern
        What names look like; other files in the folders are somebody else's.

    Returns
    -------
    list of str
        Sorted.

    Raises
    ------
    LakeError
        If a folder cannot be listed.
    """
    return sorted({path.name for path in _alone(folders) if ours.fullmatch(path.name)})


def strangers(folders: Sequence[Path], ours: re.Pattern[str]) -> list[Path]:
    """List the files that somebody else put into the folders before the last.

    Those in the last one are among `committed`.

    Parameters
    ----------
    folders : sequence of Path
    ours : re.Pattern
        What names look like.

    Raises
    ------
    LakeError
        If a folder cannot be listed.
    """
    return sorted(path for path in _alone(folders) if not ours.fullmatch(path.name))


def _alone(folders: Sequence[Path]) -> list[Path]:
    """List the files that have none of their name in the last folder, nor a mark there."""
    # The last folder is listed last: by then, what is about to appear is marked or there.
    found = [folder / name for folder in folders[:-1] for name in _parquet(folder)]
    vouched = {*unfinished(folders), *_parquet(folders[-1])}
    return [path for path in found if path.name not in vouched]


def unfinished(folders: Sequence[Path]) -> list[str]:
    """List the names whose change is not finished, whoever is at it or was killed.

    Parameters
    ----------
    folders : sequence of Path

    Raises
    ------
    LakeError
        If the last folder cannot be listed.
    """
    return [
        name.removeprefix(".").removesuffix(mark)
        for name in listed(folders[-1])
        for mark in (READY, WITHDRAWN)
        if name.startswith(".") and name.endswith(mark)
    ]


def commit(folders: Sequence[Path], name: str, tables: Sequence[pa.Table]) -> None:
    """Write a file into each folder, or replace those of that name. Only for who holds a lock.

    Parameters
    ----------
    folders : sequence of Path
        They are made.
    name : str
        Ends in ``.parquet``.
    tables : sequence of pyarrow.Table
        One for each folder.

    Raises
    ------
    LakeError
        If they cannot be written; everything is then as it was.
    """
    hashes: dict[str, str] = {}

    def writes(folder: Path, table: pa.Table) -> Callable[[BinaryIO], None]:
        def write(file: BinaryIO) -> None:
            vouched = hashes if folder == folders[-1] else {}
            hashes[folder.name] = write_table(table, file, vouched)

        return write

    _commit(folders, name, [writes(*each) for each in zip(folders, tables, strict=True)])


def commit_copy(folders: Sequence[Path], name: str, contents: Sequence[bytes]) -> None:
    """Write files that were committed elsewhere, byte for byte. Only for who holds a lock.

    Parameters
    ----------
    folders : sequence of Path
        They are made; called as those that the files come from.
    name : str
        Ends in ``.parquet``.
    contents : sequence of bytes
        One for each folder.

    Raises
    ------
    LakeError
        If they cannot be written; everything is then as it was.
    """

    def writes(content: bytes) -> Callable[[BinaryIO], None]:
        def write(file: BinaryIO) -> None:
            file.write(content)

        return write

    _commit(folders, name, [writes(content) for content in contents])


def _commit(
    folders: Sequence[Path], name: str, writers: Sequence[Callable[[BinaryIO], None]]
) -> None:
    try:
        for folder, write in zip(folders, writers, strict=True):
            make_private(folder)
            with write_errors(folder / name):
                _write_beside(folder / name, write)
    except BaseException:
        for folder in folders:
            # Whatever hinders this was told already.
            with suppress(LakeError):
                remove(temporary_name(folder / name))
        raise
    last = folders[-1] / name
    with write_errors(last), undisturbed():
        _move(temporary_name(last), _ready(last))
        sync_folder(last.parent)
        _finish(folders, name)


def withdraw(folders: Sequence[Path], name: str) -> None:
    """Delete the files of a name, the last folder's first. Only for who holds a lock.

    Parameters
    ----------
    folders : sequence of Path

    Raises
    ------
    LakeError
        If they cannot be deleted.
    """
    last = folders[-1] / name
    with undisturbed():
        with write_errors(last):
            if present(last):
                _move(last, _withdrawn(last))
            sync_folder(last.parent)
        for folder in folders[:-1]:
            remove(folder / name)
            with write_errors(folder / name):
                sync_folder(folder)
        remove(_withdrawn(last))
        with write_errors(last):
            sync_folder(last.parent)


def recover(folders: Sequence[Path]) -> None:
    """Finish or remove what a killed process left, and nothing else. Only for who holds a lock.

    Parameters
    ----------
    folders : sequence of Path
        Need not exist.

    Raises
    ------
    LakeError
        If a folder cannot be listed or written.
    """
    last = folders[-1]
    for name in unfinished(folders):
        if present(_ready(last / name)):
            with write_errors(last):
                _finish(folders, name)
        else:
            withdraw(folders, name)
    for folder in folders:
        sweep(folder)


def _write_beside(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file under its temporary name, safely on disk."""
    temporary = temporary_name(path)
    temporary.unlink(missing_ok=True)
    with created(temporary) as file:
        write(file)
    sync_folder(path.parent)


def _finish(folders: Sequence[Path], name: str) -> None:
    """Rename what is marked ready into place, as far as that was not done yet."""
    for folder in folders[:-1]:
        temporary = temporary_name(folder / name)
        if present(temporary):
            _move(temporary, folder / name)
            sync_folder(folder)
    last = folders[-1] / name
    _move(_ready(last), last)
    sync_folder(last.parent)


def _move(file: Path, path: Path) -> None:
    patiently(lambda: file.replace(path))


def _ready(path: Path) -> Path:
    return path.with_name(f".{path.name}{READY}")


def _bare(folder: Path, other: Path, files: int) -> LakeError:
    there = "holds no part" if present(folder) else "is not there"
    return LakeError(
        f"{there}, though {other.name}/ holds {files:,}",
        where=str(folder),
        fix="put its files back; nothing was changed",
    )


def _withdrawn(path: Path) -> Path:
    return path.with_name(f".{path.name}{WITHDRAWN}")


def _parquet(folder: Path) -> list[str]:
    names = listed(folder)
    return [name for name in names if name.endswith(".parquet") and not name.startswith(".")]
