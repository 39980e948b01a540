"""The commit protocol: parts of three files that appear, change and vanish as one.

A part has the same file name in `landmarks/`, `blendshapes/` and `photos/`. All three are first
written under temporary names; then the one in `photos/` is marked ready, and the three are
renamed into place, `photos` last. Whatever moment a process is killed at, `recover` finishes a
part that was marked ready and removes one that was not.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.errors import LakeError
from lakehouse.files.write import (
    TEMPORARY,
    lake_errors,
    make_private,
    sync_folder,
    temporary_name,
    write_temporary,
)
from lakehouse.lake.records import PartTables, PhotoRecord, from_tables, to_tables
from lakehouse.lake.swap import clear_swap
from lakehouse.paths import WarehousePaths

PART_PHOTOS: Final = 256
"""Photographs in a full part."""

_RESTORE: Final = "restore it, or delete the part's file in photos/ to have it extracted again"
_READY: Final = ".ready"
_NUMBERED: Final = re.compile(r"part-(\d+)\.parquet")


def part_names(paths: WarehousePaths) -> list[str]:
    """List the committed parts.

    Parameters
    ----------
    paths : WarehousePaths

    Returns
    -------
    list of str
        File names, sorted.
    """
    return sorted(path.name for path in _parquet(paths.photos))


def next_part_name(paths: WarehousePaths) -> str:
    """Name the part after the last.

    Parameters
    ----------
    paths : WarehousePaths

    Returns
    -------
    str
    """
    return part_name(next_part_number(paths))


def next_part_number(paths: WarehousePaths) -> int:
    """Give the number of the part after the last.

    Parameters
    ----------
    paths : WarehousePaths

    Returns
    -------
    int
        From 1.
    """
    numbers = [int(match[1]) for name in part_names(paths) if (match := _NUMBERED.fullmatch(name))]
    return max(numbers, default=0) + 1


def part_name(number: int) -> str:
    """Name a part by its number.

    Parameters
    ----------
    number : int
        From 1.

    Returns
    -------
    str
    """
    return f"part-{number:06d}.parquet"


def commit_part(paths: WarehousePaths, name: str, records: Sequence[PhotoRecord]) -> None:
    """Write a part, or replace it whole.

    Parameters
    ----------
    paths : WarehousePaths
    name : str
        File name of the part.
    records : sequence of PhotoRecord
        In cell order.

    Raises
    ------
    LakeError
        If it cannot be written; the lake is then as it was.
    """
    tables = to_tables(records)
    try:
        for folder, table in zip(_folders(paths), tables, strict=True):
            make_private(folder)
            write_temporary(table, folder / name)
            with lake_errors(folder):
                sync_folder(folder)
    except BaseException:
        for folder in _folders(paths):
            temporary_name(folder / name).unlink(missing_ok=True)
        raise
    with lake_errors(paths.photos / name):
        temporary_name(paths.photos / name).replace(_ready(paths.photos / name))
        sync_folder(paths.photos)
        _finish(paths, name)


def require_whole(paths: WarehousePaths, name: str) -> None:
    """Check that all files of a committed part are there.

    Parameters
    ----------
    paths : WarehousePaths
    name : str

    Raises
    ------
    LakeError
        If somebody has taken one away.
    """
    for folder in _folders(paths):
        if not (folder / name).is_file():
            raise LakeError("is missing", where=str(folder / name), fix=_RESTORE)


def read_part(paths: WarehousePaths, name: str) -> list[PhotoRecord]:
    """Read a part back.

    Parameters
    ----------
    paths : WarehousePaths
    name : str

    Returns
    -------
    list of PhotoRecord

    Raises
    ------
    LakeError
        If one of its files is missing or damaged.
    """
    return from_tables(PartTables(*(read_table(folder / name) for folder in _folders(paths))))


def read_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a Parquet file of the lake.

    Parameters
    ----------
    path : Path
    columns : sequence of str, optional
        By default all.

    Returns
    -------
    pyarrow.Table

    Raises
    ------
    LakeError
        If it is missing or damaged.
    """
    try:
        with pq.ParquetFile(path) as file:
            return file.read(columns=columns)
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise LakeError(f"cannot be read ({reason})", where=str(path), fix=_RESTORE) from error


def remove_part(paths: WarehousePaths, name: str) -> None:
    """Delete a part; its photos file first, so that what may be left is an unfinished part.

    Parameters
    ----------
    paths : WarehousePaths
    name : str

    Raises
    ------
    LakeError
        If it cannot be deleted.
    """
    for folder in reversed(_folders(paths)):
        with lake_errors(folder / name):
            (folder / name).unlink(missing_ok=True)
            sync_folder(folder)


def recover(paths: WarehousePaths) -> None:
    """Finish or remove what a killed process left. Only for who holds the lake's lock.

    Parameters
    ----------
    paths : WarehousePaths

    Raises
    ------
    LakeError
        If the lake cannot be written.
    """
    clear_swap(paths)
    with lake_errors(paths.lake):
        for ready in sorted(paths.photos.glob(f".*{_READY}")):
            _finish(paths, ready.name.removeprefix(".").removesuffix(_READY))
        for folder in (paths.lake, *_folders(paths)):
            for temporary in folder.glob(f".*{TEMPORARY}"):
                temporary.unlink()
        committed = set(part_names(paths))
        for folder in _folders(paths):
            for path in _parquet(folder):
                if path.name not in committed:
                    path.unlink()


def _finish(paths: WarehousePaths, name: str) -> None:
    """Rename a part that is marked ready into place, as far as that was not done yet."""
    for folder in (paths.landmarks, paths.blendshapes):
        temporary = temporary_name(folder / name)
        if temporary.exists():
            temporary.replace(folder / name)
            sync_folder(folder)
    _ready(paths.photos / name).replace(paths.photos / name)
    sync_folder(paths.photos)


def _ready(path: Path) -> Path:
    return path.with_name(f".{path.name}{_READY}")


def _folders(paths: WarehousePaths) -> tuple[Path, Path, Path]:
    """Give the folders of a part in the order of `PartTables`, photos last."""
    return paths.landmarks, paths.blendshapes, paths.photos


def _parquet(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.parquet") if not path.name.startswith(".")]
