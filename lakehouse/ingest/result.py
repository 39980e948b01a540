"""What passes between a worker process and its parent."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from lakehouse.system.file_stamps import FileStamp


class Status(StrEnum):
    """What became of a photograph; `photos.status` in the lake."""

    OK = "ok"
    NO_FACE = "no_face"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Task:
    """A photograph to work on.

    Attributes
    ----------
    path : str
        Absolute.
    known_sha256 : str or None
        Content for which the lake already has rows; if it is unchanged, so is the answer.
    """

    path: str
    known_sha256: str | None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The content is the one already known."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """The largest face found, and how many there were.

    Attributes
    ----------
    faces : int
        How many were found.
    landmarks : ndarray of float32, shape (478, 3)
        x, y in pixels of the upright photograph, z = MediaPipe's z × image width.
    blendshape_names : tuple of str
    blendshapes : ndarray of float32, shape (52,)
        0 to 1.
    yaw, pitch, roll : float
        Degrees; see `lakehouse.ingest.pose` for the signs.
    retry : str or None
        Which fallback found it; see `lakehouse.extraction.retries` for the words.
    """

    faces: int
    landmarks: npt.NDArray[np.float32]
    blendshape_names: tuple[str, ...]
    blendshapes: npt.NDArray[np.float32]
    yaw: float
    pitch: float
    roll: float
    retry: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a worker found out about a photograph.

    Attributes
    ----------
    status : Status
        What became of the photograph.
    error : str or None
        Why there is no face's landmarks, if so.
    sha256, bytes, width, height, orientation : optional
        As far as the work came; width and height of the upright photograph.
    face : Face or None
        Only where the status is ok.
    stamp : FileStamp or None
        The file's while it had this content, if that is certain.
    """

    status: Status
    error: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    width: int | None = None
    height: int | None = None
    orientation: int | None = None
    face: Face | None = None
    stamp: FileStamp | None = None


Answer = Outcome | Unchanged
