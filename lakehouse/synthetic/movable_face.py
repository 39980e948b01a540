"""The portrait as a face that can be posed, shaped and made to express."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.synthetic.action_units import (
    ACTION_UNITS,
    action_unit_displacements,
    closed_mouth,
)
from lakehouse.synthetic.face_shapes import shape_displacements
from lakehouse.synthetic.portrait import Portrait, load_portrait
from lakehouse.synthetic.warp import Grid, WarpBasis, combine, warp_basis

Vectors = npt.NDArray[np.float64]

# The portrait smiles. Taking these intensities away, after closing the lips, gives the
# face that counts as neutral; furrows and light of the smile stay, as a warp moves only.
_SMILE: Final = {"12R": 0.7, "12L": 0.7, "6R": 0.35, "6L": 0.35}

# Landmarks near both ears: heads turn about the axis through them.
_EARS: Final = (234, 454)


@dataclass(frozen=True, eq=False)
class FaceModel:
    """The portrait, its neutral face and every elementary movement.

    Attributes
    ----------
    portrait : Portrait
        The prepared picture and its landmarks.
    neutral : ndarray of float64, shape (478, 3)
        Landmarks without the portrait's smile, in pixels of the picture.
    basis : WarpBasis
        Movements in this order: undoing the smile, the action units, the shape modes,
        and the six entries of the head's rotation.
    """

    portrait: Portrait
    neutral: Vectors
    basis: WarpBasis

    def deform(
        self, intensities: Vectors, shape: Vectors, yaw_deg: float = 0.0, pitch_deg: float = 0.0
    ) -> tuple[Grid, Vectors]:
        """Displace the picture to show a person's expression and pose.

        Parameters
        ----------
        intensities : ndarray of float64, shape (len(ACTION_UNITS),)
            Intensity of each action unit, 0 absent, 1 maximal.
        shape : ndarray of float64, shape (len(SHAPE_MODES),)
            Coefficients of the face's shape in standard deviations.
        yaw_deg, pitch_deg : float
            Turn of the head in degrees, positive towards the picture's right and down.

        Returns
        -------
        field : ndarray of float32, shape (rows, columns, 2)
            Displacement of the picture at the grid's nodes, in pixels.
        landmarks : ndarray of float64, shape (478, 2)
            Where the landmarks come to lie, in pixels of the picture.
        """
        turn = _turned(yaw_deg, pitch_deg)
        weights = np.concatenate([[1.0], intensities, shape, turn])
        field, moved = combine(self.basis, weights)
        return field, self.portrait.points[:, :2] + moved


@lru_cache(maxsize=1)
def load_face_model() -> FaceModel:
    """Build the face model from the portrait.

    Returns
    -------
    FaceModel
        The same object at every call; do not write to its arrays.
    """
    portrait = load_portrait()
    unsmiling = unsmile(portrait.points)
    neutral = portrait.points.copy()
    neutral[:, :2] += unsmiling
    movements = np.concatenate(
        [
            unsmiling[None],
            action_unit_displacements(neutral),
            shape_displacements(neutral),
            _turns(neutral),
        ]
    )
    height, width = portrait.image.shape[:2]
    return FaceModel(portrait, neutral, warp_basis(portrait.points, movements, width, height))


def unsmile(points: Vectors) -> Vectors:
    """Give the displacement that takes the portrait's smile away.

    Parameters
    ----------
    points : ndarray of float64, shape (478, 3)
        The portrait's landmarks in pixels.

    Returns
    -------
    ndarray of float64, shape (478, 2)
        In pixels.
    """
    smile = np.array([_SMILE.get(unit, 0.0) for unit in ACTION_UNITS])
    smiling: Vectors = np.einsum("u,upd->pd", smile, action_unit_displacements(points))
    return closed_mouth(points) - smiling


def _turns(points: Vectors) -> Vectors:
    """Displacement per entry of a rotation's first two rows, shape (6, 478, 2)."""
    from_axis = points - points[list(_EARS)].mean(axis=0)
    turns = np.zeros((6, len(points), 2))
    for row in range(2):
        for column in range(3):
            turns[3 * row + column, :, row] = from_axis[:, column]
    return turns


def _turned(yaw_deg: float, pitch_deg: float) -> Vectors:
    """Change of the first two rows of the identity by turning the head, shape (6,)."""
    yaw, pitch = np.radians(yaw_deg), np.radians(pitch_deg)
    # z is smaller nearer the camera, so turning right moves near points to larger x.
    sideways = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    nodding = np.array(
        [[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]]
    )
    change: Vectors = (nodding @ sideways - np.eye(3))[:2].ravel()
    return change
