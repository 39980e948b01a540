"""Photographed faces, turned upright, scaled and cropped as their landmarks are aligned."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from lakehouse.figures.canvas import CANVAS, MARGIN, Pixels, Points, View
from lakehouse.opencv import cv2

_CONTEXT_PX: Final = 4
"""Pixels around the part of the photograph that is used, for the interpolation at its borders."""


@dataclass(frozen=True)
class Alignment:
    """The similarity that aligns a face, as in the relation photo_alignments.

    Parameters
    ----------
    offset_x, offset_y : float
        Where the photograph's top left corner comes to lie, aligned pixels.
    scaled_cos, scaled_sin : float
        Cosine and sine of the angle by which the face is turned back times the scale, aligned
        pixels per pixel.
    """

    offset_x: float
    offset_y: float
    scaled_cos: float
    scaled_sin: float

    @property
    def matrix(self) -> Points:
        """From a place in the photograph to aligned pixels; shape (2, 3)."""
        return np.array(
            [
                [self.scaled_cos, self.scaled_sin, self.offset_x],
                [-self.scaled_sin, self.scaled_cos, self.offset_y],
            ]
        )


def align_face(
    photograph: Pixels, alignment: Alignment, points: Points, view: View = CANVAS
) -> Pixels:
    """Show a face aligned and cropped, with black around it.

    Parameters
    ----------
    photograph : ndarray of uint8, shape (height, width, 3)
        Upright.
    points : ndarray, shape (468, 2)
        The face's mesh in aligned pixels: the crop keeps its rectangle and a margin of 25.

    Returns
    -------
    ndarray of uint8, shape (view.height, view.width, 3)
    """
    picture = np.zeros((view.height, view.width, 3), dtype=np.uint8)
    box = np.stack([points.min(axis=0) - MARGIN, points.max(axis=0) + MARGIN])
    corners = np.rint(view.placed(box)).astype(int)
    left, top = np.maximum(corners[0], 0)
    right, bottom = np.minimum(corners[1] + 1, (view.width, view.height))
    if left >= right or top >= bottom:
        return picture

    # To pixels of the cropped picture.
    matrix = alignment.matrix * view.scale
    matrix[:, 2] -= np.array([view.left, view.top]) * view.scale + (left, top)
    part, first = _needed_part(photograph, matrix, right - left, bottom - top)
    if part.size == 0:
        return picture
    part, shrunk = _shrunk(part, float(np.hypot(*matrix[:, 0])))
    # A landmark at 0.5 lies in the middle of the first pixel, which OpenCV calls 0.
    matrix[:, 2] += matrix[:, :2] @ (first + 0.5 * shrunk)
    matrix[:, :2] *= shrunk
    picture[top:bottom, left:right] = cv2.warpAffine(
        part, matrix, (int(right - left), int(bottom - top)), flags=cv2.INTER_CUBIC
    )
    return picture


def _needed_part(
    photograph: Pixels, matrix: Points, width: int, height: int
) -> tuple[Pixels, Points]:
    """Cut out what a picture of this size shows, and say where the part begins."""
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=np.float64)
    places = np.linalg.solve(matrix[:, :2], (corners - matrix[:, 2]).T).T
    limits = np.array(photograph.shape[1::-1])
    low = np.clip(np.floor(places.min(axis=0)).astype(int) - _CONTEXT_PX, 0, limits)
    high = np.clip(np.ceil(places.max(axis=0)).astype(int) + _CONTEXT_PX, 0, limits)
    return photograph[low[1] : high[1], low[0] : high[0]], low.astype(np.float64)


def _shrunk(part: Pixels, scale: float) -> tuple[Pixels, Points]:
    """Average pixels where the picture has far fewer: interpolation alone would skip them."""
    height, width = part.shape[:2]
    size = (max(1, round(width * 2 * scale)), max(1, round(height * 2 * scale)))
    if scale >= 0.5:
        return part, np.ones(2)
    return (
        np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.uint8),
        np.array([width / size[0], height / size[1]]),
    )
