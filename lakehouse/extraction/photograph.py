"""One photograph: read, recognise, decode, detect."""

from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from lakehouse.ingest.reading import read_photograph
from lakehouse.ingest.result import Answer, Face, Outcome, Status, Task, Unchanged
from lakehouse.pictures.decode import decode_image
from lakehouse.pictures.problems import (
    DamagedImageError,
    ImageProblemError,
    UnsupportedImageError,
)

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
    read = read_photograph(Path(task.path))
    if isinstance(read, Outcome):
        return read
    if read.sha256 == task.known_sha256:
        return Unchanged()
    size = len(read.content)
    try:
        image = decode_image(read.content)
    except ImageProblemError as error:
        status = _STATUSES.get(type(error), Status.UNREADABLE)
        return Outcome(status, str(error), read.sha256, size, stamp=read.stamp)
    face = finder.find(image.pixels)
    return Outcome(
        status=Status.OK if face else Status.NO_FACE,
        error=None if face else "no face was found",
        sha256=read.sha256,
        bytes=size,
        width=image.width,
        height=image.height,
        orientation=image.orientation,
        face=face,
        stamp=read.stamp,
    )
