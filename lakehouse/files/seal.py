"""Checksums inside Parquet files, so that a changed bit is not read as data.

A sealed file carries the SHA-256 of all its bytes in its own metadata, where the digits stand for
themselves as zeros. It may vouch for other files by theirs. So a file is whole on its own, copies
stay checkable wherever they lie, and every engine reads them as before.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.errors import DamagedError, LakeError
from lakehouse.system.regular_files import open_at_once

_PREFIX: Final = "lakehouse."
_SHA256: Final = f"{_PREFIX}sha256"
_VOUCHED: Final = f"{_PREFIX}vouches_for"
_BLANK: Final = "0" * 64
# Not looked up by its key: a damaged key would pass for a file that was never sealed.
_WRITTEN: Final = re.compile(rb"sha256=([0-9a-f]{64});")


class Content(NamedTuple):
    """What a file holds.

    Attributes
    ----------
    data : bytes
        All of it.
    sha256 : str
        64 hexadecimal digits; of a sealed file those that it carries.
    sealed : bool
        False for a file of other programs, or of earlier versions of this one.
    vouched : dict of str to str
        The hash of each file that it vouches for.
    columns : tuple of str
    """

    data: bytes
    sha256: str
    sealed: bool
    vouched: dict[str, str]
    columns: tuple[str, ...]


def unsealed_metadata(vouched: Mapping[str, str]) -> dict[str, str]:
    """Give the metadata to write into a file that is then to be sealed.

    Parameters
    ----------
    vouched : mapping of str to str
        The hash of each file that it vouches for.
    """
    # Always both keys: where one is damaged, the other tells that the file was sealed.
    return {_VOUCHED: json.dumps(dict(vouched)), _SHA256: f"sha256={_BLANK};"}


def sealed(data: bytes) -> tuple[bytes, str]:
    """Write a file's hash into it.

    Parameters
    ----------
    data : bytes
        A Parquet file with `unsealed_metadata`.

    Returns
    -------
    bytes
        The file.
    str
        Its hash.
    """
    place = _found(data)
    if place is None:
        raise ValueError("a file without metadata cannot be sealed")
    sha256 = _hash(data, place)
    return data[: place[0]] + sha256.encode() + data[place[1] :], sha256


def read_sealed(path: Path) -> Content:
    """Read a Parquet file whole, and verify it.

    Raises
    ------
    DamagedError
        If it is not what was written, is no Parquet file, or is not there.
    LakeError
        If it cannot be read for another reason, such as its rights.
    """
    data = _read(path)
    place = _found(data)
    sha256 = _hash(data, place)
    if place is not None and sha256.encode() != data[slice(*place)]:
        raise _mismatch(path)
    footer = _footer(data, path)
    metadata = footer.metadata or {}
    if place is None and any(key.startswith(_PREFIX.encode()) for key in metadata):
        raise _mismatch(path)
    vouched = json.loads(metadata.get(_VOUCHED.encode(), b"{}"))
    return Content(data, sha256, place is not None, vouched, tuple(footer.schema.names))


def _read(path: Path) -> bytes:
    try:
        # A pipe of this name would never end.
        descriptor = open_at_once(path)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise LakeError(
                    "is no regular file", where=str(path), fix="move it out of the lake"
                )
            return file.read()
    except FileNotFoundError as error:
        if path.is_symlink():
            raise LakeError(
                "is a link to nothing", where=str(path), fix="put back what it leads to"
            ) from error
        raise DamagedError("is missing", where=str(path)) from error
    except OSError as error:
        if path.is_dir():
            # Not every system says so.
            raise _folder(path) from error
        raise LakeError(
            f"cannot be read ({error.strerror})", where=str(path), fix="make it readable"
        ) from error


def _folder(path: Path) -> LakeError:
    return LakeError("is a folder", where=str(path), fix="move it out of the lake")


def _hash(data: bytes, place: tuple[int, int] | None) -> str:
    """Hash a file, with zeros in the place of the digits that it carries."""
    if place is None:
        return hashlib.sha256(data).hexdigest()
    view = memoryview(data)
    digest = hashlib.sha256(view[: place[0]])
    digest.update(_BLANK.encode())
    digest.update(view[place[1] :])
    return digest.hexdigest()


def _found(data: bytes) -> tuple[int, int] | None:
    """Find the digits: the metadata stand behind all rows, and behind what is said of them."""
    # Rows may hold any text, so the last is meant.
    start = data.rfind(b"sha256=")
    while start >= 0:
        if match := _WRITTEN.match(data, start):
            return match.span(1)
        start = data.rfind(b"sha256=", 0, start)
    return None


def _footer(data: bytes, path: Path) -> pq.FileMetaData:
    try:
        return pq.read_metadata(pa.BufferReader(data))
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise DamagedError(f"cannot be read as Parquet ({reason})", where=str(path)) from error


def _mismatch(path: Path) -> DamagedError:
    return DamagedError("does not match its checksum", where=str(path))
