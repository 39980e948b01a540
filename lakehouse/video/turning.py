"""From frames as they are stored to upright ones."""

import struct
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_SLANT: Final = 0.02
"""How far from a quarter turn a matrix may be; about one degree."""


class Turn(NamedTuple):
    """How stored frames are made upright: mirrored left to right, then turned clockwise."""

    rotation: int = 0
    """Degrees: 0, 90, 180 or 270."""

    mirrored: bool = False

    @property
    def sideways(self) -> bool:
        """Whether width and height are exchanged."""
        return self.rotation in (90, 270)

    def __call__(self, pixels: Pixels) -> Pixels:
        """Turn a frame upright.

        Parameters
        ----------
        pixels : ndarray of uint8, shape (height, width, 3)

        Returns
        -------
        ndarray of uint8
            Contiguous.
        """
        if self.mirrored:
            pixels = pixels[:, ::-1]
        return np.ascontiguousarray(np.rot90(pixels, -self.rotation // 90))


class SlantedError(Exception):
    """Frames are to be shown turned by another angle than a quarter turn."""


def turn_of(matrix: bytes) -> Turn:
    """Read a display matrix.

    FFmpeg's angle of it is wrong where it mirrors.

    Parameters
    ----------
    matrix : bytes
        Nine 32-bit integers in the machine's order, as FFmpeg gives them: a, b, u, c, d, v, x, y,
        w, by which a place (p, q) is shown at (a p + c q, b p + d q).

    Raises
    ------
    SlantedError
        If it is none of the eight ways of quarter turns and mirrors.
    """
    a, b, _, c, d, *_ = struct.unpack("=9i", matrix[:36])
    largest = max(map(abs, (a, b, c, d)))
    slant = _SLANT * largest
    if largest and max(abs(b), abs(c)) <= slant and min(abs(a), abs(d)) > slant:
        # A mirror top to bottom is one left to right, turned by half.
        return Turn(0 if d > 0 else 180, (a > 0) != (d > 0))
    if largest and max(abs(a), abs(d)) <= slant and min(abs(b), abs(c)) > slant:
        return Turn(90 if c < 0 else 270, (b > 0) == (c > 0))
    raise SlantedError
