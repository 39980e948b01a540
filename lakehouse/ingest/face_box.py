"""The box around a face's points: which face is the largest, and which two are one."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class FaceBox:
    """A face, of which the box around its points is asked.

    Attributes
    ----------
    points : ndarray of float64, shape (points, 3)
        x, y, z in pixels of the picture; z is in the scale of x.
    """

    points: npt.NDArray[np.float64]

    @property
    def centre(self) -> npt.NDArray[np.float64]:
        """Middle of the box around the points, x and y."""
        return (self._low + self._high) / 2

    @property
    def sides(self) -> npt.NDArray[np.float64]:
        """Width and height of the box around the points."""
        return self._high - self._low

    @property
    def area(self) -> float:
        """Of the box around the points."""
        width, height = self.sides
        return float(width * height)

    def holds(self, place: npt.NDArray[np.float64]) -> bool:
        """Tell whether a place lies in the box around the points.

        Parameters
        ----------
        place : ndarray of float64, shape (2,)
            x, y.
        """
        return bool((self._low <= place).all() and (place <= self._high).all())

    @property
    def _low(self) -> npt.NDArray[np.float64]:
        low: npt.NDArray[np.float64] = self.points[:, :2].min(axis=0)
        return low

    @property
    def _high(self) -> npt.NDArray[np.float64]:
        high: npt.NDArray[np.float64] = self.points[:, :2].max(axis=0)
        return high


AnyFace = TypeVar("AnyFace", bound=FaceBox)


def distinct(faces: list[AnyFace]) -> list[AnyFace]:
    """Leave one sighting of each face.

    Parameters
    ----------
    faces : list of FaceBox
        All in pixels of the same picture.

    Returns
    -------
    list of FaceBox
        The largest first; of two that lie over each other, the larger.
    """
    kept: list[AnyFace] = []
    for face in sorted(faces, key=lambda each: each.area, reverse=True):
        if not any(_same(face, other) for other in kept):
            kept.append(face)
    return kept


def overlap(one: FaceBox, other: FaceBox) -> float:
    """Tell how much of two faces' boxes is of both.

    Returns
    -------
    float
        0 to 1, in parts of what the two cover together.
    """
    sides = np.minimum(one._high, other._high) - np.maximum(one._low, other._low)
    common = float(np.prod(np.clip(sides, 0, None)))
    covered = one.area + other.area - common
    return common / covered if covered > 0 else 0.0


def _same(one: FaceBox, other: FaceBox) -> bool:
    return one.holds(other.centre) or other.holds(one.centre)
