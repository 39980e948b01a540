"""The three methods of alignment on dense arrays, by other algorithms than the warehouse's.

Photographs come as arrays of shape (photos, 478, 3), NaN where something is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lakehouse.extraction.face_model import model_path
from tests.canonical_face import read_canonical_face

Vectors = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]

METHODS = ("paper", "neutral_scale", "procrustes")
FOREHEAD, CHIN, RIGHT_EYE, LEFT_EYE, NOSE_TIP = 10, 152, 133, 362, 4


@dataclass(frozen=True)
class CanonicalBasis:
    """The points that procrustes fits, their weights, and where they lie in aligned pixels."""

    points: Numbers
    weights: Vectors
    places: Vectors

    @cached_property
    def upper(self) -> Numbers:
        """Points above the tip of the nose."""
        heights = self.places[:, 1]
        found: Numbers = self.points[heights < heights[self.points == NOSE_TIP]]
        return found


def canonical_basis() -> CanonicalBasis:
    """Read the basis from the face model."""
    weights, _ = read_canonical_face(model_path())
    points = np.array(sorted(weights), np.intp)
    weight = np.array([float(str(weights[at])) for at in points])
    return CanonicalBasis(points, weight, canonical_mesh()[points])


def canonical_mesh() -> Vectors:
    """Read the whole face from the face model, in aligned pixels, shape (468, 3)."""
    _, vertices = read_canonical_face(model_path())
    # The model's single precision numbers stand for decimals of six places.
    vertices = np.round(vertices, 6)
    scale = 1500 / (vertices[FOREHEAD, 1] - vertices[CHIN, 1])
    return np.asarray((vertices - vertices[FOREHEAD]) * scale * (1, -1, -1) + (1250, 25, 0))


def alignable(photos: Vectors, basis: CanonicalBasis) -> npt.NDArray[np.bool_]:
    """Tell which faces have all points of the alignments, and a size and an angle."""
    there = ~np.isnan(photos[:, [*basis.points, CHIN], 0]).any(axis=1)
    high = _across(photos, FOREHEAD, CHIN) != 0
    wide = _across(photos, RIGHT_EYE, LEFT_EYE) != 0
    return np.asarray(there & high.any(axis=1) & wide.any(axis=1))


def face_heights(photos: Vectors) -> Vectors:
    """Forehead to chin in pixels."""
    return np.asarray(np.linalg.norm(_across(photos, FOREHEAD, CHIN), axis=1))


def pinned_at_the_forehead(photos: Vectors, scales: Vectors) -> Vectors:
    """Turn the eyes level, scale, and bring the forehead to its place."""
    eyes = _across(photos, RIGHT_EYE, LEFT_EYE)
    angle = -np.arctan2(eyes[:, 1], eyes[:, 0])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    # Without z, because a missing depth must not take the place in the picture with it.
    centred = photos - photos[:, [FOREHEAD]]
    planar = np.einsum("ijn,npj->npi", turn, centred[..., :2])
    turned = np.concatenate([planar, centred[..., 2:]], axis=2)
    return turned * scales[:, None, None] + np.array([1250.0, 25.0, 0.0])


def fitted(photos: Vectors, basis: CanonicalBasis) -> Vectors:
    """Fit the basis of each photo onto the canonical one, as Umeyama (1991) does.

    By the singular values of the weighted covariance of both, their product's sign guarding
    against reflections.
    """
    share = basis.weights / basis.weights.sum()
    points = photos[:, basis.points]
    from_centre = np.einsum("p,npi->ni", share, points)
    to_centre = share @ basis.places
    source = points - from_centre[:, None]
    target = basis.places - to_centre
    covariance = np.einsum("p,pi,npj->nij", share, target[:, :2], source[..., :2])
    left, singular, right = np.linalg.svd(covariance)
    upright = np.ones_like(singular)
    upright[:, -1] = np.sign(np.linalg.det(left) * np.linalg.det(right))
    turn = np.einsum("nij,nj,njk->nik", left, upright, right)
    spread = np.einsum("p,npi->n", share, source[..., :2] ** 2)
    scale = (singular * upright).sum(axis=1) / spread
    aligned = (photos - from_centre[:, None]) * scale[:, None, None]
    aligned[..., :2] = np.einsum("nij,npj->npi", turn, aligned[..., :2])
    return np.asarray(aligned + to_centre)


def sizes(faces: Vectors, points: Numbers) -> Vectors:
    """Root mean square distance of some points from their centre, in the image plane."""
    some = faces[:, points, :2]
    squared = ((some - some.mean(axis=1, keepdims=True)) ** 2).sum(axis=2)
    return np.asarray(np.sqrt(squared.mean(axis=1)))


def _across(photos: Vectors, start: int, end: int) -> Vectors:
    return np.asarray(photos[:, end, :2] - photos[:, start, :2])
