"""A face as one look at a picture, or at a part of it, shows it."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A face and where it was seen.

    Attributes
    ----------
    points : ndarray of float64, shape (478, 3)
        x, y, z in pixels of the picture looked at; z is in the scale of x.
    blendshape_names : tuple of str
    blendshapes : ndarray of float32, shape (52,)
        0 to 1.
    rotation : ndarray of float64, shape (3, 3)
        From the canonical face to the camera, as `lakehouse.extraction.pose` reads it; it may
        hold a uniform scale.
    """

    points: npt.NDArray[np.float64]
    blendshape_names: tuple[str, ...]
    blendshapes: npt.NDArray[np.float32]
    rotation: npt.NDArray[np.float64]

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


class Detector(Protocol):
    """Finds faces in a picture."""

    def detect(self, pixels: Pixels) -> list[Sighting]:
        """Give the faces of an RGB picture, shape (height, width, 3), contiguous."""


def distinct(sightings: list[Sighting]) -> list[Sighting]:
    """Leave one sighting of each face.

    Parameters
    ----------
    sightings : list of Sighting
        All in pixels of the same picture.

    Returns
    -------
    list of Sighting
        The largest first; of two that lie over each other, the larger.
    """
    kept: list[Sighting] = []
    for sighting in sorted(sightings, key=lambda each: each.area, reverse=True):
        if not any(_same(sighting, other) for other in kept):
            kept.append(sighting)
    return kept


def _same(one: Sighting, other: Sighting) -> bool:
    return one.holds(other.centre) or other.holds(one.centre)
