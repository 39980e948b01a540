"""Tables as Parquet files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.files.errors import write_errors
from lakehouse.files.new import new_file
from lakehouse.files.replace import put
from lakehouse.files.temporary import temporary_file


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table, replacing a file of that name in one step.

    Parameters
    ----------
    path : Path
        In a folder that exists. Only its owner can read the new file.

    Raises
    ------
    LakeError
        If it cannot be written; an earlier file of that name is then as it was.
    """
    with write_errors(path), temporary_file(path) as temporary:
        with temporary.open("wb") as file:
            write_table(table, file)
        put(temporary, path)


def write_row_groups(tables: Iterable[pa.Table], schema: pa.Schema, path: Path) -> None:
    """Write a file that nobody looks for yet, a table after the other, safely on disk.

    Parameters
    ----------
    tables : iterable of pyarrow.Table
        Each becomes a row group; only one is in memory at a time.
    schema : pyarrow.Schema
        Of all of them.
    path : Path
        Where there is no file.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    with new_file(path) as file, pq.ParquetWriter(file, schema, **_format(schema)) as writer:
        for table in tables:
            if table.num_rows:
                writer.write_table(table, row_group_size=table.num_rows)


def write_table(table: pa.Table, file: BinaryIO) -> None:
    """Write a table into an open file, as one row group."""
    # A part is read whole or not at all.
    pq.write_table(table, file, row_group_size=max(1, table.num_rows), **_format(table.schema))


def _format(schema: pa.Schema) -> dict[str, Any]:
    texts = [field.name for field in schema if pa.types.is_string(field.type)]
    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    return {
        "compression": "zstd",
        "use_dictionary": texts,
        # Coordinates differ in their last bits only by noise: with their bytes apart they are a
        # tenth smaller, and read in four fifths of the time.
        "column_encoding": dict.fromkeys(floats, "BYTE_STREAM_SPLIT"),
    }
