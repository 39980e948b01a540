"""Other looks at a picture: framed, turned by quarters, in tiles, close up.

Each knows how to bring what was seen back to the picture it was made from.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from lakehouse.extraction.sighting import Pixels, Sighting

_LOOK_PX: Final = 1024
"""Longest side of a picture that is looked at whole once more."""

_TILE_PX: Final = 384
"""Longest side of a tile as it is looked at: the detector itself sees 128 pixels, and whatever a
tile shows is looked at again close up."""

_FRAME: Final = 0.5
"""Width of the frame on each side, in longer sides of the picture."""

_FRAMED_PX: Final = _LOOK_PX // 2
"""Longest side of a picture within its frame: framed, it is as large as one that is not."""

_GREY: Final = 128


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A picture made from a part of another, perhaps turned.

    Attributes
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
        RGB, contiguous.
    to_picture : ndarray of float64, shape (2, 3)
        Turns x, y, 1 in the view into x, y in the picture: a turn, a scale and a shift. Places
        are counted from the outer edge of the first pixel, as MediaPipe does.
    """

    pixels: Pixels
    to_picture: npt.NDArray[np.float64]

    def brought_back(self, sighting: Sighting) -> Sighting:
        """Bring a face to where, and how, it is in the picture.

        Parameters
        ----------
        sighting : Sighting
            In the view.
        """
        turn_and_scale = self.to_picture[:, :2]
        scale = math.sqrt(np.linalg.det(turn_and_scale))
        points = np.empty_like(sighting.points)
        points[:, :2] = sighting.points[:, :2] @ turn_and_scale.T + self.to_picture[:, 2]
        points[:, 2] = sighting.points[:, 2] * scale
        # In the picture y points down, in the axes of the rotation up.
        turn = np.eye(3)
        turn[:2, :2] = turn_and_scale.T / scale
        return replace(sighting, points=points, rotation=turn @ sighting.rotation)


def whole(pixels: Pixels) -> View:
    """Look at all of a picture.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)

    Returns
    -------
    View
    """
    small = _reduced(pixels, _LOOK_PX)
    return View(small, _mapping(small, pixels))


def framed(pixels: Pixels) -> View:
    """Put a grey frame around a picture, for a face that fills it.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
    """
    small = _reduced(pixels, _FRAMED_PX)
    edge = round(_FRAME * max(small.shape[:2]))
    around = np.pad(small, ((edge, edge), (edge, edge), (0, 0)), constant_values=_GREY)
    return View(around, _mapping(small, pixels, -edge, -edge))


def turned(view: View, quarters: int) -> View:
    """Turn what is looked at clockwise.

    Parameters
    ----------
    quarters : int
        1, 2 or 3 times 90 degrees.
    """
    height, width = view.pixels.shape[:2]
    back = {
        1: [[0, 1, 0], [-1, 0, height]],
        2: [[-1, 0, width], [0, -1, height]],
        3: [[0, -1, width], [1, 0, 0]],
    }[quarters]
    mapping = view.to_picture @ np.array([*back, [0, 0, 1]], dtype=np.float64)
    return View(np.ascontiguousarray(np.rot90(view.pixels, -quarters)), mapping)


def tiles(pixels: Pixels, share: float) -> Iterator[View]:
    """Cut a picture into square tiles, each of which overlaps the next by half or more.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
    share : float
        Side of a tile, in longer sides of the picture.
    """
    small = _reduced(pixels, round(_TILE_PX / share))
    height, width = small.shape[:2]
    side = round(max(height, width) * share)
    for top in _starts(height, side):
        for left in _starts(width, side):
            tile = np.ascontiguousarray(small[top : top + side, left : left + side])
            yield View(tile, _mapping(small, pixels, left, top))


def close_up(pixels: Pixels, sighting: Sighting, roll: float, *, sides: float, size: int) -> View:
    """Cut out the surroundings of a face, enlarged or reduced, and set it upright.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
    sighting : Sighting
        In that picture.
    roll : float
        Degrees by which the head is tilted clockwise.
    sides : float
        Side of what is cut out, in longer sides of the box around the face.
    size : int
        Side of the view in pixels.

    Returns
    -------
    View
        Square; what lies outside the picture is grey.
    """
    scale = sides * float(sighting.sides.max()) / size
    cos, sin = math.cos(math.radians(roll)) * scale, math.sin(math.radians(roll)) * scale
    turn_and_scale = np.array([[cos, -sin], [sin, cos]])
    middle = np.full(2, size / 2)
    mapping = np.column_stack([turn_and_scale, sighting.centre - turn_and_scale @ middle])
    # OpenCV counts from the middle of the first pixel.
    by_middles = mapping.copy()
    by_middles[:, 2] += turn_and_scale @ (0.5, 0.5) - 0.5
    near = cv2.warpAffine(
        pixels,
        by_middles,
        (size, size),
        flags=(cv2.INTER_CUBIC if scale < 1 else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP,
        borderValue=(_GREY, _GREY, _GREY),
    )
    return View(np.asarray(near, np.uint8), mapping)


def _mapping(
    small: Pixels, pixels: Pixels, left: float = 0, top: float = 0
) -> npt.NDArray[np.float64]:
    """Give the way from a part of a reduced picture, beginning at left and top, to the picture."""
    scale = max(pixels.shape[:2]) / max(small.shape[:2])
    return np.array([[scale, 0, left * scale], [0, scale, top * scale]], dtype=np.float64)


def _starts(length: int, side: int) -> list[int]:
    if length <= side:
        return [0]
    steps = -(-(length - side) // max(1, side // 2))
    return [round(step * (length - side) / steps) for step in range(steps + 1)]


def _reduced(pixels: Pixels, longest: int) -> Pixels:
    height, width = pixels.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
