"""Which content the photographs' files had when they were last read.

An aid that spares reading them again. Where it is missing, damaged, of another version or of
another folder, it says nothing. It is written when a run ends, so it may be older than the lake.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from lakehouse.errors import LakeError
from lakehouse.files.parquet import write_parquet
from lakehouse.lake.parts import read_table
from lakehouse.paths import WarehousePaths
from lakehouse.system.file_stamps import FileStamp

_SCHEMA: Final = pa.schema(
    [
        # Another folder's files have other contents. A folder's name may be any bytes.
        pa.field("root", pa.binary(), nullable=False),
        pa.field("path", pa.string(), nullable=False),
        pa.field("sha256", pa.string(), nullable=False),
        pa.field("bytes", pa.int64(), nullable=False),
        pa.field("mtime_ns", pa.int64(), nullable=False),
        pa.field("ctime_ns", pa.int64(), nullable=False),
        pa.field("inode", pa.uint64(), nullable=False),
    ]
)


class Stamped(NamedTuple):
    """A file's stamp, and the hash of the content that it had then."""

    stamp: FileStamp
    sha256: str


def read_stamps(paths: WarehousePaths, root: Path) -> dict[str, Stamped]:
    """Recall what the files of a folder were when they were last read.

    Parameters
    ----------
    root : Path
        The dataset's folder.

    Returns
    -------
    dict of str to Stamped
        By path below the root; empty where nothing is known.
    """
    try:
        table = read_table(paths.stamps, _SCHEMA.names)
    except LakeError:
        return {}
    if table.schema != _SCHEMA or table["root"].unique().to_pylist() != [_name(root)]:
        return {}
    path, sha256, *stamp = (table[name].to_pylist() for name in _SCHEMA.names[1:])
    stamps = map(FileStamp._make, zip(*stamp, strict=True))
    return dict(zip(path, map(Stamped, stamps, sha256), strict=True))


def record_stamps(paths: WarehousePaths, root: Path, stamps: Mapping[str, Stamped]) -> None:
    """Remember what the files of a folder are, if the warehouse can be written.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    stamps : mapping of str to Stamped
        By path below it.
    """
    rows = [
        (_name(root), path, stamped.sha256, *stamped.stamp)
        for path, stamped in sorted(stamps.items())
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(_SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)]
    # Without it, the files are read again.
    with suppress(LakeError):
        write_parquet(pa.table(arrays, schema=_SCHEMA), paths.stamps)


def _name(root: Path) -> bytes:
    return os.fsencode(root.absolute())
