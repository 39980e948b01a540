"""Tables of participants beside the photographs: replacing one, and whom it concerns."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa

from lakehouse.errors import DamagedError
from lakehouse.files.listing import present
from lakehouse.files.parquet import write_parquet
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import read_table
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class Replaced:
    """How a new table fits what was there.

    Attributes
    ----------
    dropped : int
        Values that were in the lake and are not in the new table.
    photographed : int
        Participants with photographs in the lake.
    without_photos : tuple of str
        Participants of the table without a photograph in the lake.
    not_in_table : tuple of str
        Participants with photographs and no row in the table.
    """

    dropped: int
    photographed: int
    without_photos: tuple[str, ...]
    not_in_table: tuple[str, ...]


def replace_table(
    table: pl.DataFrame, schema: pa.Schema, file: Path, paths: WarehousePaths
) -> Replaced:
    """Write a table of participants into the lake, in place of the one there.

    Parameters
    ----------
    table : polars.DataFrame
        The schema's columns. The first two, of which one is participant, are the key; a row
        whose other columns are all null says that the value is missing.
    file : Path
        Where the table lies in the lake.
    paths : WarehousePaths
        The lake is made if it is not there.

    Raises
    ------
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    columns = table.to_dict(as_series=False)
    arrow = pa.table([pa.array(columns[field.name], field.type) for field in schema], schema=schema)
    listed = set(columns["participant"])
    with lake_lock(paths):
        earlier = _known(_earlier(file, schema)) if present(file) else set()
        photographed = {photo.key[0] for photo in read_photos_index(paths)}
        write_parquet(arrow, file)
    return Replaced(
        dropped=len(earlier - _keys(arrow)),
        photographed=len(photographed),
        without_photos=tuple(sorted(listed - photographed)),
        not_in_table=tuple(sorted(photographed - listed)),
    )


def _earlier(file: Path, schema: pa.Schema) -> pa.Table:
    try:
        return read_table(file, schema.names)
    except DamagedError as error:
        fix = "restore it from a backup, or delete it and run this again"
        raise DamagedError(error.what, where=error.where, fix=fix) from error


def _keys(table: pa.Table) -> set[tuple[str, str]]:
    first, second = (table.column(at).to_pylist() for at in range(2))
    return set(zip(first, second, strict=True))


def _known(table: pa.Table) -> set[tuple[str, str]]:
    """Give the keys of the rows that hold something."""
    values = zip(*(column.to_pylist() for column in table.columns[2:]), strict=True)
    written = [any(value is not None for value in row) for row in values]
    return _keys(table.filter(pa.array(written, pa.bool_())))
