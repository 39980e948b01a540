"""Reading a file of landmarks whole, if it is not known already."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lakehouse.importing.readings import Reading
from lakehouse.ingest.result import Status
from lakehouse.system.regular_files import read_regular


@dataclass(frozen=True, slots=True)
class Whole:
    """A file's content."""

    content: bytes
    sha256: str


def read_whole(path: Path, known_sha256: str | None, *, at_most: int) -> Whole | Reading | None:
    """Read a file.

    Parameters
    ----------
    known_sha256 : str or None
        Content that is known already.
    at_most : int
        Bytes that landmarks of one photograph may have.

    Returns
    -------
    Whole, Reading or None
        A reading that says why it cannot be read; None if the content is the known one.
    """
    try:
        length = path.stat().st_size
        if length > at_most:
            return Reading(Status.UNREADABLE, f"{length:,} bytes are too many for 468 landmarks")
        content = read_regular(path, at_most=at_most)
    except OSError as error:
        return Reading(Status.UNREADABLE, error.strerror or str(error))
    sha256 = hashlib.sha256(content).hexdigest()
    return None if sha256 == known_sha256 else Whole(content, sha256)
