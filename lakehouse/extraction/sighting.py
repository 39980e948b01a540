"""A face as one look at a picture, or at a part of it, shows it."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from lakehouse.ingest.face_box import FaceBox

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Sighting(FaceBox):
    """A face and where it was seen: 478 points, in pixels of the picture looked at.

    Attributes
    ----------
    blendshape_names : tuple of str
    blendshapes : ndarray of float32, shape (52,)
        0 to 1.
    rotation : ndarray of float64, shape (3, 3)
        From the canonical face to the camera, as `lakehouse.ingest.pose` reads it; it may
        hold a uniform scale.
    """

    blendshape_names: tuple[str, ...]
    blendshapes: npt.NDArray[np.float32]
    rotation: npt.NDArray[np.float64]


class Detector(Protocol):
    """Finds faces in a picture."""

    def detect(self, pixels: Pixels) -> list[Sighting]:
        """Give the faces of an RGB picture, shape (height, width, 3), contiguous."""
