"""The one real portrait that every synthetic photograph is warped from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.opencv import cv2
from lakehouse.synthetic.mesh_points import CHIN, FOREHEAD, POINTS

PHOTO_WIDTH: Final = 640
PHOTO_HEIGHT: Final = 768
MARGIN: Final = 64
"""Picture kept around the photograph's frame on every side, so that a moved camera still
sees background, in pixels."""

PORTRAIT_WIDTH: Final = PHOTO_WIDTH + 2 * MARGIN
PORTRAIT_HEIGHT: Final = PHOTO_HEIGHT + 2 * MARGIN

# Where the head is in scikit-image's astronaut (512 x 512 px): the point between the
# eyes, the slope of the eye line and the enlargement that gives a face of 330 px.
_HEAD_CENTRE: Final = (225.0, 108.0)
_HEAD_ROLL_DEG: Final = 2.9
_ENLARGEMENT: Final = 3.2
_HEAD_CENTRE_IN_PORTRAIT: Final = (PORTRAIT_WIDTH / 2, MARGIN + 330.0)


@dataclass(frozen=True, eq=False)
class Portrait:
    """The prepared picture and where its landmarks are.

    Attributes
    ----------
    image : ndarray of uint8, shape (896, 768, 3)
        RGB, the head upright and enlarged, `MARGIN` px larger than a photograph on every
        side.
    points : ndarray of float64, shape (478, 3)
        x, y, z of the landmarks in pixels of `image`; z is smaller nearer the camera.
    """

    image: npt.NDArray[np.uint8]
    points: npt.NDArray[np.float64]

    @property
    def face_height(self) -> float:
        """Distance from forehead (point 10) to chin (point 152) in pixels."""
        return face_height(self.points)


def face_height(points: npt.NDArray[np.float64]) -> float:
    """Measure a face from forehead to chin.

    Parameters
    ----------
    points : ndarray of float64, shape (478, 2 or more)
        Landmarks in pixels.

    Returns
    -------
    float
        Distance of points 10 and 152 in the picture's plane, in pixels.
    """
    across = points[CHIN, :2] - points[FOREHEAD, :2]
    return float(np.hypot(across[0], across[1]))


def load_landmarks() -> npt.NDArray[np.float64]:
    """Read the portrait's landmarks, which come with the package.

    They were found once by MediaPipe's Face Landmarker (float16, version 1) in the
    picture that `load_portrait` prepares, so that the generator needs neither the model
    nor MediaPipe.

    Returns
    -------
    ndarray of float64, shape (478, 3)
        x, y, z in pixels of the prepared picture.
    """
    source = files("lakehouse.synthetic").joinpath("data", "portrait_landmarks.csv")
    rows = np.loadtxt(source.read_text(encoding="utf-8").splitlines(), delimiter=",", skiprows=1)
    points = np.empty((POINTS, 3))
    points[rows[:, 0].astype(int)] = rows[:, 1:]
    return points


@lru_cache(maxsize=1)
def load_portrait() -> Portrait:
    """Prepare the portrait: scikit-image's astronaut, upright and enlarged.

    Returns
    -------
    Portrait
        The same object at every call; do not write to its arrays.

    Raises
    ------
    ImportError
        If scikit-image is not installed.

    Notes
    -----
    The photograph is in the public domain (NASA, S93-31360); scikit-image carries it.
    """
    try:
        from skimage.data import astronaut
    except ImportError as error:
        raise ImportError(
            "The synthetic photographs are made from a portrait that scikit-image carries: "
            "pip install 'expression-lakehouse[demo]'"
        ) from error
    picture = np.asarray(astronaut())  # type: ignore[no-untyped-call]
    upright = cv2.getRotationMatrix2D(_HEAD_CENTRE, _HEAD_ROLL_DEG, _ENLARGEMENT)
    upright[:, 2] += np.subtract(_HEAD_CENTRE_IN_PORTRAIT, _HEAD_CENTRE)
    # The hair nearly touches the picture's upper edge; the studio's backdrop above it is
    # smooth enough to be continued by its last row.
    image = cv2.warpAffine(
        picture,
        upright,
        (PORTRAIT_WIDTH, PORTRAIT_HEIGHT),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Portrait(np.asarray(image, dtype=np.uint8), load_landmarks())
