"""The canvas of aligned pixels, and windows on it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

WIDTH: Final = 2500
HEIGHT: Final = 1900
FOREHEAD_AT: Final = (1250.0, 25.0)
"""Where alignment puts point 10: there or, by the method procrustes, near it."""

MARGIN: Final = 25
"""Aligned pixels that are kept around a face."""


@dataclass(frozen=True)
class View:
    """A window on the canvas, and how large it is shown.

    Parameters
    ----------
    width, height : int
        Of the picture, in its own pixels.
    scale : float
        Picture pixels per aligned pixel.
    left, top : float
        The aligned pixel that lies at the picture's first pixel.
    """

    width: int
    height: int
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def placed(self, points: Points) -> Points:
        """Give the places of aligned points in the picture.

        Parameters
        ----------
        points : ndarray, shape (..., 2)
            Aligned pixels.

        Returns
        -------
        ndarray, shape (..., 2)
            Picture pixels.
        """
        return (points - (self.left, self.top)) * self.scale


CANVAS: Final = View(WIDTH, HEIGHT)
"""The whole canvas, an aligned pixel to a pixel."""

_USUAL_WIDTH: Final = 1500.0


def fitted_view(points: Points, width: int, height: int) -> View:
    """Choose a window around a face, the usual one unless the face would not fit.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        The face, in aligned pixels.
    width, height : int
        Of the picture wanted.

    Returns
    -------
    View
        With the middle of the canvas in the picture's middle.
    """
    middle = FOREHEAD_AT[0]
    half = max(_USUAL_WIDTH / 2, float(np.abs(points[:, 0] - middle).max()) + MARGIN)
    top = min(0.0, float(points[:, 1].min()) - MARGIN)
    bottom = max(float(HEIGHT), float(points[:, 1].max()) + MARGIN)
    scale = min(width / (2 * half), height / (bottom - top))
    return View(width, height, scale, middle - width / scale / 2, top)


def close_view(points: Points, width: int) -> View:
    """Choose the smallest window around points, with a margin.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        Aligned pixels.
    width : int
        Of the picture wanted; its height follows.
    """
    low, high = points.min(axis=0) - MARGIN, points.max(axis=0) + MARGIN
    scale = width / float(high[0] - low[0])
    height = round(float(high[1] - low[1]) * scale)
    return View(width, height, scale, float(low[0]), float(low[1]))


def beyond_canvas(points: Points) -> npt.NDArray[np.bool_]:
    """Say which faces do not fit on the canvas.

    Parameters
    ----------
    points : ndarray, shape (faces, points, 2)
        Aligned pixels.

    Returns
    -------
    ndarray of bool, shape (faces,)
    """
    outside = (points < 0) | (points > (WIDTH - 1, HEIGHT - 1))
    return np.asarray(outside.any(axis=(1, 2)), dtype=np.bool_)
