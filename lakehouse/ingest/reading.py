"""Reading a photograph's file, or a video's: bytes, their hash, and the stamp that they had."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lakehouse.ingest.result import Outcome, Status
from lakehouse.system.file_stamps import FileStamp, file_stamp
from lakehouse.system.regular_files import require_regular

MAX_BYTES: Final = 2**30
"""A larger file is no photograph that anybody took with a camera."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A file as it was read.

    Attributes
    ----------
    content : bytes
        All of it.
    sha256 : str
        Of the content, 64 hexadecimal digits.
    stamp : FileStamp or None
        That of this very content; None where it may be, or come to be, that of another.
    """

    content: bytes
    sha256: str
    stamp: FileStamp | None


def read_photograph(path: Path) -> Reading | Outcome:
    """Read a photograph's file once: the hash is of the very bytes that are then decoded.

    Returns
    -------
    Reading or Outcome
        A file that cannot be read is an outcome, never an exception.
    """
    began = time.time_ns()
    try:
        before = file_stamp(path)
        if before.bytes > MAX_BYTES:
            words = f"{before.bytes:,} bytes are too many for a photograph"
            return Outcome(Status.UNREADABLE, words)
        content = path.read_bytes()
    except OSError as error:
        return Outcome(Status.UNREADABLE, error.strerror or str(error))
    still = len(content) == before.bytes and before.holds_since(began) and _is_as(path, before)
    return Reading(content, hashlib.sha256(content).hexdigest(), before if still else None)


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file that was read once, whatever its size.

    Attributes
    ----------
    sha256 : str
        Of the content, 64 hexadecimal digits.
    stamp : FileStamp or None
        That of this very content; None where it may be, or come to be, that of another.
    """

    sha256: str
    stamp: FileStamp | None


def read_hash(path: Path) -> Hashed | str:
    """Hash a file of any size.

    Returns
    -------
    Hashed or str
        Of a file that cannot be read, why.
    """
    began = time.time_ns()
    try:
        before = file_stamp(path)
        require_regular(path)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return error.strerror or str(error)
    still = before.holds_since(began) and _is_as(path, before)
    return Hashed(digest, before if still else None)


def _is_as(path: Path, before: FileStamp) -> bool:
    try:
        return file_stamp(path) == before
    except OSError:
        return False
