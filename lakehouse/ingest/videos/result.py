"""What passes between a worker process and its parent about videos."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from lakehouse.system.file_stamps import FileStamp
from lakehouse.video.facts import Facts

Times = npt.NDArray[np.float64]

_NOTHING: Final = Facts()


class Known(NamedTuple):
    """A frame whose number and time are known."""

    number: int
    time_s: float


class Problem(NamedTuple):
    """Why a video gives no frames, or no more."""

    status: str
    error: str


@dataclass(frozen=True, slots=True)
class ProbeTask:
    """A video to be opened.

    Attributes
    ----------
    path : str
        Absolute.
    """

    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Probed:
    """What a video file is, before its frames are looked at.

    Attributes
    ----------
    sha256 : str or None
        None where the file cannot be read.
    stamp : FileStamp or None
        The file's while it had this content, if that is certain.
    facts : Facts
        What it says of itself.
    times : ndarray of float64, shape (frames,), or None
        When its frames are to be expected, by what their packets say; None where that is not to
        be relied upon.
    problem : Problem or None
        Why it cannot be decoded.
    """

    sha256: str | None = None
    stamp: FileStamp | None = None
    facts: Facts = _NOTHING
    times: Times | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ChunkTask:
    """A stretch of a video to look at.

    Attributes
    ----------
    path : str
        Absolute.
    every : int
        Every how many-th frame is looked at.
    first : int
        Number of the first frame that is asked for; a multiple of `every`.
    frames : int
        How many are asked for at most.
    behind : Known or None
        The frame behind which decoding is to begin, so that a whole second begins there; None for
        the video's beginning.
    """

    path: str
    every: int
    first: int
    frames: int
    behind: Known | None


@dataclass(frozen=True, slots=True, eq=False)
class SeenFace:
    """A face in a frame.

    Attributes
    ----------
    landmarks : ndarray of float32, shape (478, 3)
        x, y in pixels of the upright frame, z in the scale of x; in sixteenths.
    blendshapes : ndarray of float32, shape (52,)
        0 to 1.
    yaw, pitch, roll : float
        Degrees.
    retry : str or None
        Which fallback found it.
    """

    landmarks: npt.NDArray[np.float32]
    blendshapes: npt.NDArray[np.float32]
    yaw: float
    pitch: float
    roll: float
    retry: str | None


@dataclass(frozen=True, slots=True, eq=False)
class LookedAt:
    """A frame that was looked at, and all its faces."""

    number: int
    time_s: float
    corrupt: bool
    faces: tuple[SeenFace, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A stretch of a video that was looked at.

    Attributes
    ----------
    frames : tuple of LookedAt
        In order.
    blendshape_names : tuple of str
        Empty where no face was seen.
    decoded : int or None
        Frames of the whole video, where it ended here.
    problem : Problem or None
        What was wrong with its end, or why no more frames could be had; then it ended here too.
    """

    frames: tuple[LookedAt, ...]
    blendshape_names: tuple[str, ...] = ()
    decoded: int | None = None
    problem: Problem | None = None

    @property
    def ended(self) -> bool:
        """Whether the video ended here."""
        return self.decoded is not None or self.problem is not None


VideoTask = ProbeTask | ChunkTask
VideoAnswer = Probed | Chunk
