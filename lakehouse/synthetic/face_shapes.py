"""How one person's face differs from another's: shape modes of the face mesh."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.synthetic.mesh_points import FOREHEAD
from lakehouse.synthetic.portrait import face_height

Vectors = npt.NDArray[np.float64]

SHAPE_MODES: Final[tuple[str, ...]] = (
    "face_width",
    "jaw_width",
    "face_length",
    "eye_distance",
    "eye_height",
    "brow_height",
    "nose_width",
    "nose_length",
    "mouth_width",
    "mouth_height",
    "chin_length",
    "cheek_width",
)
"""Names of the modes; a coefficient of 1 is one standard deviation among people."""

# Anchors of local modes: right point, left point, then displacement at the anchor at one
# standard deviation (outward and up) and reach, all in face heights.
_PAIRED: Final[dict[str, tuple[int, int, float, float, float]]] = {
    "eye_distance": (159, 386, 0.011, 0.0, 0.09),
    "eye_height": (159, 386, 0.0, 0.012, 0.10),
    "brow_height": (105, 334, 0.0, 0.014, 0.08),
    "nose_width": (129, 358, 0.011, 0.0, 0.05),
    "mouth_width": (61, 291, 0.015, 0.0, 0.08),
    "cheek_width": (50, 280, 0.014, 0.0, 0.12),
}
_MIDLINE: Final[dict[str, tuple[int, float, float]]] = {
    "nose_length": (2, -0.014, 0.08),
    "mouth_height": (13, 0.012, 0.12),
    "chin_length": (152, -0.024, 0.15),
}


def shape_displacements(points: Vectors) -> Vectors:
    """Displace the mesh by every shape mode at one standard deviation.

    Parameters
    ----------
    points : ndarray of float64, shape (478, 2 or more)
        Landmarks of an upright face in pixels.

    Returns
    -------
    ndarray of float64, shape (len(SHAPE_MODES), 478, 2)
        x, y displacement in pixels, in the order of `SHAPE_MODES`.
    """
    return np.stack([_mode(points, mode) for mode in SHAPE_MODES])


def _mode(points: Vectors, mode: str) -> Vectors:
    """Displacement in pixels of all points, shape (478, 2), by one mode."""
    height = face_height(points)
    plane = points[:, :2]
    moved = np.zeros((len(points), 2))
    if mode in _PAIRED:
        right, left, outward, up, reach = _PAIRED[mode]
        for anchor, sign in ((right, -1.0), (left, 1.0)):
            bump = _bump(plane, plane[anchor], reach * height)
            moved += bump[:, None] * np.array([sign * outward, -up]) * height
    elif mode in _MIDLINE:
        anchor, up, reach = _MIDLINE[mode]
        moved[:, 1] = -up * height * _bump(plane, plane[anchor], reach * height)
    else:
        down = (plane[:, 1] - plane[FOREHEAD, 1]) / height
        aside = plane[:, 0] - plane[:, 0].mean()
        match mode:
            case "face_width":
                moved[:, 0] = 0.045 * aside
            case "jaw_width":
                moved[:, 0] = 0.10 * aside * np.clip(down - 0.45, 0.0, None)
            case "face_length":
                moved[:, 1] = 0.040 * height * (down - 0.4)
    return moved


def _bump(plane: Vectors, centre: Vectors, reach: float) -> Vectors:
    """Gaussian weight of each point, shape (478,), around a centre."""
    weight: Vectors = np.exp(-0.5 * ((plane - centre) ** 2).sum(axis=1) / reach**2)
    return weight
