"""The lake's parts: files of one name in `landmarks/`, `blendshapes/` and `photos/`.

They appear, change and vanish as one, `photos` last: a part without its file there is unfinished.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.errors import DamagedError, LakeError
from lakehouse.files import commit
from lakehouse.files.seal import Content, read_sealed
from lakehouse.files.sweep import sweep
from lakehouse.lake.records import PartTables, PhotoRecord, from_tables, to_tables
from lakehouse.lake.schemas import BLENDSHAPES, LANDMARKS, PHOTOS
from lakehouse.lake.swap import clear_swap, settle_swap
from lakehouse.paths import WarehousePaths

PART_PHOTOS: Final = 256
"""Photographs in a full part."""

RESTORE: Final = "`lakehouse extract` with the originals restores the part, or a backup does"
_NUMBERED: Final = re.compile(r"part-(\d+)\.parquet")


def part_names(paths: WarehousePaths) -> list[str]:
    """List the committed parts.

    Returns
    -------
    list of str
        File names, sorted.
    """
    if not paths.lake.exists():
        settle_swap(paths)
    return commit.committed(_folders(paths))


def parts_without_photos(paths: WarehousePaths) -> list[str]:
    """List the parts whose file in `photos/` somebody took away.

    Returns
    -------
    list of str
        File names, sorted.
    """
    return commit.orphans(_folders(paths), _NUMBERED)


def foreign_files(paths: WarehousePaths) -> list[Path]:
    """List the Parquet files among the parts that belong to none."""
    return commit.strangers(_folders(paths), _NUMBERED)


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
    names = [*part_names(paths), *parts_without_photos(paths)]
    numbers = [int(match[1]) for name in names if (match := _NUMBERED.fullmatch(name))]
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


def commit_copy(paths: WarehousePaths, name: str, contents: Sequence[bytes]) -> None:
    """Write a part of another lake as it is there.

    Parameters
    ----------
    name : str
        File name of the part in this lake, where it is not yet.
    contents : sequence of bytes
        Of its files, in the order of `part_files`.

    Raises
    ------
    LakeError
        If it cannot be written; the lake is then as it was.
    """
    commit.commit_copy(_folders(paths), name, contents)


def read_part(paths: WarehousePaths, name: str) -> list[PhotoRecord]:
    """Read a part back.

    Raises
    ------
    LakeError
        If one of its files is missing or damaged.
    """
    schemas = (LANDMARKS, BLENDSHAPES, PHOTOS)
    tables = (
        read_table(file, schema.names)
        for file, schema in zip(part_files(paths, name), schemas, strict=True)
    )
    return from_tables(PartTables(*tables))


def read_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a Parquet file of the lake, verified by its checksum if it has one.

    Parameters
    ----------
    columns : sequence of str, optional
        By default all.

    Raises
    ------
    LakeError
        If it is missing or damaged, or lacks one of the columns.
    """
    try:
        with pq.ParquetFile(pa.BufferReader(read_file(path).data)) as file:
            missing = sorted(set(columns or ()) - set(file.schema_arrow.names))
            if missing:
                raise LakeError(
                    f"is no file of a lake: it has no column {missing[0]}",
                    where=str(path),
                    fix="move it elsewhere",
                )
            # In this thread: one of Arrow's, letting go of Python's bytes while the process ends,
            # aborts it. The file's checksum is not that of what the rows will be written into.
            return file.read(columns=columns, use_threads=False).replace_schema_metadata()
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise DamagedError(f"cannot be read ({reason})", where=str(path), fix=RESTORE) from error


def read_file(path: Path) -> Content:
    """Read a file of the lake whole, and verify it.

    Raises
    ------
    DamagedError
        If it is not what was written, or is missing.
    LakeError
        If it cannot be read, or is no file of a lake.
    """
    try:
        return read_sealed(path)
    except DamagedError as error:
        raise DamagedError(error.what, where=error.where, fix=RESTORE) from error


def part_files(paths: WarehousePaths, name: str) -> tuple[Path, Path, Path]:
    """Name the files of a part, in the order of `PartTables`, photos last."""
    landmarks, blendshapes, photos = _folders(paths)
    return landmarks / name, blendshapes / name, photos / name


def rewriting(paths: WarehousePaths, name: str) -> bool:
    """Tell whether a part's change is not finished, whoever is at it or was killed."""
    return name in commit.unfinished(_folders(paths))


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
    commit.recover((paths.frame_landmarks, paths.frame_blendshapes, paths.videos, paths.frames))


def _folders(paths: WarehousePaths) -> tuple[Path, Path, Path]:
    """Give the folders of a part in the order of `PartTables`, photos last."""
    return paths.landmarks, paths.blendshapes, paths.photos
