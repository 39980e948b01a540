"""The lake's parts: files of one name in `landmarks/`, `blendshapes/` and `photos/`.

They appear, change and vanish as one, `photos` last: a part without its file there is unfinished.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.errors import LakeError
from lakehouse.files import commit
from lakehouse.files.sweep import sweep
from lakehouse.lake.records import PartTables, PhotoRecord, from_tables, to_tables
from lakehouse.lake.swap import clear_swap
from lakehouse.paths import WarehousePaths

PART_PHOTOS: Final = 256
"""Photographs in a full part."""

_RESTORE: Final = "restore it, or delete the part's file in photos/ to have it extracted again"
_NUMBERED: Final = re.compile(r"part-(\d+)\.parquet")


def part_names(paths: WarehousePaths) -> list[str]:
    """List the committed parts.

    Returns
    -------
    list of str
        File names, sorted.
    """
    return commit.committed(_folders(paths))


def next_part_name(paths: WarehousePaths) -> str:
    """Name the part after the last."""
    return part_name(next_part_number(paths))


def next_part_number(paths: WarehousePaths) -> int:
    """Give the number of the part after the last.

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
    """
    return f"part-{number:06d}.parquet"


def commit_part(paths: WarehousePaths, name: str, records: Sequence[PhotoRecord]) -> None:
    """Write a part, or replace it whole.

    Parameters
    ----------
    name : str
        File name of the part.
    records : sequence of PhotoRecord
        In cell order.

    Raises
    ------
    LakeError
        If it cannot be written; the lake is then as it was.
    """
    commit.commit(_folders(paths), name, to_tables(records))


def require_whole(paths: WarehousePaths, name: str) -> None:
    """Check that all files of a committed part are there.

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
    columns : sequence of str, optional
        By default all.

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

    Raises
    ------
    LakeError
        If it cannot be deleted.
    """
    commit.withdraw(_folders(paths), name)


def recover(paths: WarehousePaths) -> None:
    """Finish or remove what a killed process left. Only for who holds the lake's lock.

    Raises
    ------
    LakeError
        If the lake cannot be written.
    """
    clear_swap(paths)
    sweep(paths.lake)
    commit.recover(_folders(paths))


def _folders(paths: WarehousePaths) -> tuple[Path, Path, Path]:
    """Give the folders of a part in the order of `PartTables`, photos last."""
    return paths.landmarks, paths.blendshapes, paths.photos
