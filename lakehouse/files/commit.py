"""Files of one name in several folders that appear, change and vanish as one.

All are first written under temporary names; then the one in the last folder is marked ready, and
all are renamed into place, the last folder's at the end. A file in the last folder says that the
others are there. Whatever moment a process is killed at, `recover` finishes what was marked ready
and removes what was not.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from lakehouse.errors import LakeError
from lakehouse.files.errors import write_errors
from lakehouse.files.folders import make_private, sync_folder
from lakehouse.files.names import READY, temporary_name
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
    """
    return sorted(path.name for path in _parquet(folders[-1]))


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
    try:
        for folder, table in zip(folders, tables, strict=True):
            make_private(folder)
            with write_errors(folder / name):
                _write_beside(folder / name, table)
    except BaseException:
        for folder in folders:
            # Whatever hinders this was told already.
            with suppress(LakeError):
                remove(temporary_name(folder / name))
        raise
    last = folders[-1] / name
    with write_errors(last), undisturbed():
        temporary_name(last).replace(_ready(last))
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
    with undisturbed():
        for folder in reversed(folders):
            remove(folder / name)
            with write_errors(folder / name):
                sync_folder(folder)


def recover(folders: Sequence[Path]) -> None:
    """Finish or remove what a killed process left. Only for who holds a lock.

    Parameters
    ----------
    folders : sequence of Path
        Need not exist. Parquet files that the last one does not vouch for are removed.

    Raises
    ------
    LakeError
        If a folder cannot be written.
    """
    last = folders[-1]
    with write_errors(last):
        for ready in sorted(last.glob(f".*{READY}")):
            _finish(folders, ready.name.removeprefix(".").removesuffix(READY))
    whole = set(committed(folders))
    for folder in folders:
        sweep(folder)
        for path in _parquet(folder):
            if path.name not in whole:
                remove(path)


def _write_beside(path: Path, table: pa.Table) -> None:
    """Write a table under its temporary name, safely on disk."""
    temporary = temporary_name(path)
    temporary.unlink(missing_ok=True)
    with created(temporary) as file:
        write_table(table, file)
    sync_folder(path.parent)


def _finish(folders: Sequence[Path], name: str) -> None:
    """Rename what is marked ready into place, as far as that was not done yet."""
    for folder in folders[:-1]:
        temporary = temporary_name(folder / name)
        if temporary.exists():
            temporary.replace(folder / name)
            sync_folder(folder)
    last = folders[-1] / name
    _ready(last).replace(last)
    sync_folder(last.parent)


def _ready(path: Path) -> Path:
    return path.with_name(f".{path.name}{READY}")


def _parquet(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.parquet") if not path.name.startswith(".")]
