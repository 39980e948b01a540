"""One photograph: read, recognise, decode, detect."""

import hashlib
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from lakehouse.ingest.result import Answer, Face, Outcome, Status, Task, Unchanged
from lakehouse.pictures.decode import decode_image
from lakehouse.pictures.problems import (
    DamagedImageError,
    ImageProblemError,
    UnsupportedImageError,
)

MAX_BYTES: Final = 2**30
"""A larger file is no photograph that anybody took with a camera."""

_STATUSES: Final = {
    DamagedImageError: Status.DAMAGED,
    UnsupportedImageError: Status.UNSUPPORTED,
}


class Finder(Protocol):
    """Finds the largest face in an upright RGB picture."""

    def find(self, pixels: npt.NDArray[np.uint8]) -> Face | None:
        """Give the face, or None."""


def examine(task: Task, finder: Finder) -> Answer:
    """Work on one photograph.

    Returns
    -------
    Outcome or Unchanged
        A file that cannot be read or decoded is an outcome too, never an exception.
    """
    path = Path(task.path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return Outcome(Status.UNREADABLE, f"{size:,} bytes are too many for a photograph")
        # Read once: the hash is of the very bytes that are decoded.
        content = path.read_bytes()
    except OSError as error:
        return Outcome(Status.UNREADABLE, error.strerror or str(error))
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 == task.known_sha256:
        return Unchanged()
    try:
        image = decode_image(content)
    except ImageProblemError as error:
        status = _STATUSES.get(type(error), Status.UNREADABLE)
        return Outcome(status, str(error), sha256, len(content))
    face = finder.find(image.pixels)
    return Outcome(
        status=Status.OK if face else Status.NO_FACE,
        error=None if face else "no face was found",
        sha256=sha256,
        bytes=len(content),
        width=image.width,
        height=image.height,
        orientation=image.orientation,
        face=face,
    )
