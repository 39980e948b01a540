"""What a video file says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Facts:
    """What a video file says of itself; columns of the lake's `videos`.

    Attributes
    ----------
    codec, pixel_format : str or None
        FFmpeg's names.
    width, height : int
        Of the upright frame with square pixels.
    rotation : int
        Degrees by which stored frames are turned clockwise to be upright: 0, 90, 180 or 270.
    mirrored : bool
        Whether stored frames are mirrored left to right before they are turned.
    interlaced : bool
        Whether a frame holds two moments, in every other line. It is decoded as it is.
    start_s : float
        Where the container's own clock begins; times count from there.
    duration_s : float or None
        Seconds that the file says it lasts; some count from their clock's 0, and not its start.
    header_frames : int or None
        Frames that the file says it has; those that it cuts away at its ends are counted too.
    """

    codec: str | None = None
    pixel_format: str | None = None
    width: int | None = None
    height: int | None = None
    rotation: int | None = None
    mirrored: bool | None = None
    interlaced: bool | None = None
    start_s: float | None = None
    duration_s: float | None = None
    header_frames: int | None = None

    def lasts_s(self, times_s: Sequence[float]) -> float | None:
        """Tell when the last frame ends, on the clock that frames are timed by.

        Headers are often wrong about it: they count from another 0, or guess.

        Parameters
        ----------
        times_s : sequence of float
            Of the frames that were decoded, or of every n-th.

        Returns
        -------
        float or None
            A median step after the last frame; what the file says where there are not two.
        """
        if len(times_s) < 2:
            return self.duration_s
        return float(times_s[-1] + np.median(np.diff(times_s)))
