"""Landmarks of made-up people, drawn without any picture.

Everything is laid out in aligned pixels, where forehead (10) to chin (152) is 1500 and the
inner eye corners are level, and only the finished landmarks are put into a photograph's pixels.
Movements are taken relative to those four points, so that what a mask is given here is what the
paper's alignment finds in it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.synthetic.action_units import ACTION_UNITS, action_unit_displacements
from lakehouse.synthetic.camera import limited_normal
from lakehouse.synthetic.cohort_moments import distance_spread, lip_distance
from lakehouse.synthetic.expressions import mean_intensities
from lakehouse.synthetic.face_shapes import SHAPE_MODES, shape_displacements
from lakehouse.synthetic.mesh_points import (
    CHIN,
    FOREHEAD,
    INNER_EYE_LEFT,
    INNER_EYE_RIGHT,
    LOWER_LIP_RINGS,
    MOUTH_CORNER_LEFT,
    UPPER_LIP_RINGS,
)
from lakehouse.synthetic.movable_face import unsmile
from lakehouse.synthetic.portrait import face_height, load_landmarks

Vectors = npt.NDArray[np.float64]
Points = npt.NDArray[np.float32]

ALIGNED_HEIGHT: Final = 1500.0
"""Forehead to chin in aligned pixels."""

PICTURE_WIDTH: Final = 1200
PICTURE_HEIGHT: Final = 1600

_NOISE: Final = 1.5
"""Standard deviation of every coordinate from photograph to photograph, in aligned pixels."""

# Coefficients of variation: of a unit's share in a mask, and of a mask from photo to photo.
_UNIT_SPREAD: Final = 0.25
_PHOTO_SPREAD: Final = 0.06
_EXPRESSIVITY: Final = 0.4
"""Share of the variance of movements that belongs to the person rather than to the mask."""

# What wanders in a face that does nothing else: the lower face most, as the paper's points
# above average are those around the mouth. Standard deviation of intensity before scaling.
_RESTLESSNESS: Final[dict[str, float]] = {
    **dict.fromkeys(("10R", "10L"), 0.20),
    **dict.fromkeys(("15R", "15L"), 0.07),
    **dict.fromkeys(("1R", "1L", "4R", "4L", "12R", "12L", "20R", "20L", "23R", "23L"), 0.05),
    "17": 0.32,
    "25": 0.11,
    "26": 0.10,
}
_ONE_WAY: Final = ("10R", "10L", "25", "26", "27")

_LIPS: Final = sorted({point for ring in (*UPPER_LIP_RINGS, *LOWER_LIP_RINGS) for point in ring})
"""Where the size of a movement is set; most of them come out as points above average."""

_REACH: Final = 0.06
"""Standard deviation of the window in which the face's slope is measured, in face heights."""


@dataclass(frozen=True)
class CohortMask:
    """An expression under a condition.

    Attributes
    ----------
    code : str
        The expression's place in the settings' list, two digits.
    expression : str
        As in the settings.
    supervised : bool
        Whether an emoji is shown as cue.
    """

    code: str
    expression: str
    supervised: bool


@dataclass(frozen=True, slots=True)
class Blocks:
    """How the photographs with a cue differ from those without, which are another block.

    Parameters
    ----------
    pitch_deg : float
        By so much the head is nodded in every photograph with a cue; above 0 the face looks up.
    same_faces : bool
        Whether people show the same faces with a cue as without, the neutral one too, so that the
        cue has no effect. Otherwise they show what the recipes say.
    """

    pitch_deg: float = 0.0
    same_faces: bool = False


ONE_POSTURE: Final = Blocks()
"""Only what people show differs."""


@dataclass(frozen=True, slots=True)
class Tremble:
    """How noise differs from person to person.

    Parameters
    ----------
    log_sd : float
        Standard deviation among people of the logarithm of their noise, whose median stays.
    still : bool
        Whether nobody moves at all, so that noise is all there is.
    """

    log_sd: float = 0.0
    still: bool = False


ALIKE: Final = Tremble()
"""Everybody moves, and noise is equal."""


@dataclass(frozen=True, eq=False)
class Person:
    """Every photograph of one participant.

    Attributes
    ----------
    landmarks : ndarray of float32, shape (masks, photos, 478, 3)
        x, y, z in image pixels.
    heights : ndarray of float32, shape (masks, photos)
        Forehead to chin in image pixels.
    rolls_deg : ndarray of float64, shape (masks, photos)
        Clockwise tilt of the head in the picture.
    corner : ndarray of float64, shape (masks,)
        How far the left mouth corner moves in each mask, in aligned pixels.
    """

    landmarks: Points
    heights: Points
    rolls_deg: Vectors
    corner: Vectors


class CohortFaces:
    """Draws people.

    Parameters
    ----------
    masks : sequence of CohortMask
        Of expressions that the generator has a recipe for.
    blocks : Blocks, optional
        How the photographs with a cue differ from those without.
    tremble : Tremble, optional
        How noise differs from person to person.
    """

    def __init__(
        self,
        masks: Sequence[CohortMask],
        blocks: Blocks = ONE_POSTURE,
        tremble: Tremble = ALIKE,
    ) -> None:
        self._tremble = tremble
        self._cued = np.array([mask.supervised for mask in masks])
        self._pitch = np.radians(blocks.pitch_deg)
        places = {(mask.expression, mask.supervised): at for at, mask in enumerate(masks)}
        self._shown = [
            places.get((mask.expression, False), at) if blocks.same_faces else at
            for at, mask in enumerate(masks)
        ]
        neutral = load_landmarks()
        neutral[:, :2] += unsmile(neutral)
        face = aligned(neutral)
        movements = np.concatenate(
            [action_unit_displacements(neutral), shape_displacements(neutral)]
        )
        step = 1e-3
        moved = neutral + step * _with_depth(movements, neutral)
        basis = (aligned(moved) - face) / step
        units = basis[: len(ACTION_UNITS), :, :2]
        self._lips, self._corner = units[:, _LIPS], units[:, MOUTH_CORNER_LEFT]
        # Faces are added up in single precision, as the lake keeps them: it errs by a thousandth
        # of the noise.
        self._neutral = face.astype(np.float32)
        self._basis = basis.reshape(len(basis), -1).astype(np.float32)
        # Of the points that alignment rests on, noise would turn and stretch the whole face; real
        # landmarks err together with their neighbours.
        self._noise = np.full((len(face), 1), _NOISE, dtype=np.float32)
        self._noise[[FOREHEAD, CHIN, INNER_EYE_LEFT, INNER_EYE_RIGHT]] = 0
        self._recipes = np.array(
            [
                [
                    mean_intensities(mask.expression, mask.supervised).get(unit, 0.0)
                    for unit in ACTION_UNITS
                ]
                for mask in masks
            ]
        )
        self._restless = np.array([_RESTLESSNESS.get(unit, 0.0) for unit in ACTION_UNITS])
        self._one_way = [ACTION_UNITS.index(unit) for unit in _ONE_WAY]
        sizes = [lip_distance(mask.expression, mask.supervised) for mask in masks]
        self._lip_distances = np.array([np.nan if size is None else size for size in sizes])
        spreads = [distance_spread(mask.expression, mask.supervised) for mask in masks]
        self._log_variances = np.log1p(np.square(spreads))

    def draw(self, rng: np.random.Generator, photos: int) -> Person:
        """Draw a person and photograph each of the masks.

        Parameters
        ----------
        rng : numpy.random.Generator
            The person's own source of randomness.
        photos : int
            Photographs per mask.
        """
        shape = limited_normal(rng, len(SHAPE_MODES))
        units = self._draw_units(rng)[self._shown]
        wavering = 1 + _PHOTO_SPREAD * limited_normal(rng, (len(units), photos))
        weights = np.empty((len(units), photos, len(self._basis)), dtype=np.float32)
        weights[..., : len(ACTION_UNITS)] = units[:, None] * wavering[..., None]
        weights[..., len(ACTION_UNITS) :] = shape
        if self._tremble.still:
            weights[..., : len(ACTION_UNITS)] = 0
        faces = (weights.reshape(-1, len(self._basis)) @ self._basis).reshape(
            len(units), photos, *self._neutral.shape
        )
        faces += self._neutral
        # From a source of its own, so that cohorts are the same with it and without.
        unrest = np.exp(self._tremble.log_sd * rng.spawn(1)[0].standard_normal())
        noise = self._noise * np.float32(unrest)
        faces += noise * rng.standard_normal(faces.shape, dtype=np.float32)
        if self._pitch:
            faces[self._cued] = _nodded(faces[self._cued], self._pitch)
        landmarks, rolls = _photographed(faces, rng)
        across = landmarks[:, :, CHIN, :2] - landmarks[:, :, FOREHEAD, :2]
        return Person(
            landmarks,
            np.hypot(across[..., 0], across[..., 1]),
            rolls,
            np.linalg.norm(units @ self._corner, axis=1),
        )

    def _draw_units(self, rng: np.random.Generator) -> Vectors:
        """Draw the intensity of every action unit in every mask, shape (masks, units)."""
        shares = 1 + _UNIT_SPREAD * limited_normal(rng, self._recipes.shape)
        units = self._recipes * shares + self._restless * limited_normal(rng, self._recipes.shape)
        units[:, self._one_way] = np.abs(units[:, self._one_way])
        person, by_mask = limited_normal(rng, 1), limited_normal(rng, len(units))
        latent = np.sqrt(_EXPRESSIVITY) * person + np.sqrt(1 - _EXPRESSIVITY) * by_mask
        amount = np.exp(np.sqrt(self._log_variances) * latent - self._log_variances / 2)
        moved = np.tensordot(units, self._lips, axes=1)
        distance = np.linalg.norm(moved, axis=2).mean(axis=1)
        # A mask that the paper does not measure moves as far as its recipe says.
        gain = amount * np.where(np.isnan(self._lip_distances), 1.0, self._lip_distances / distance)
        scaled: Vectors = units * gain[:, None]
        return scaled


def aligned(points: Vectors) -> Vectors:
    """Bring faces to the aligned size, eyes level, the forehead at the origin.

    Parameters
    ----------
    points : ndarray of float64, shape (..., 478, 3)
        Landmarks in pixels.

    Returns
    -------
    ndarray of float64, shape (..., 478, 3)
        In aligned pixels.
    """
    eyes = points[..., INNER_EYE_LEFT, :] - points[..., INNER_EYE_RIGHT, :]
    across = points[..., CHIN, :2] - points[..., FOREHEAD, :2]
    scale = ALIGNED_HEIGHT / np.hypot(across[..., 0], across[..., 1])
    return _turned(
        points - points[..., [FOREHEAD], :], -np.arctan2(eyes[..., 1], eyes[..., 0]), scale
    )


def _turned(points: Vectors, angle: Vectors, scale: Vectors) -> Vectors:
    """Turn faces clockwise in the picture by an angle in radians and scale them."""
    cos, sin = (scale * np.cos(angle))[..., None], (scale * np.sin(angle))[..., None]
    x, y, z = np.moveaxis(points, -1, 0)
    return np.stack([cos * x - sin * y, sin * x + cos * y, scale[..., None] * z], axis=-1)


def _nodded(faces: Points, angle: float) -> Points:
    """Turn faces about the axis from ear to ear, by an angle in radians; above 0 they look up."""
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    x, y, z = np.moveaxis(faces, -1, 0)
    return np.stack([x, cos * y + sin * z, cos * z - sin * y], axis=-1)


def _photographed(faces: Points, rng: np.random.Generator) -> tuple[Points, Vectors]:
    """Put faces, shape (masks, photos, 478, 3), into pictures; give the rolls too."""
    cells = faces.shape[:2]
    distance = rng.uniform(330.0, 520.0) * np.exp(0.025 * limited_normal(rng, cells))
    roll = np.radians(2.0) * limited_normal(rng, cells)
    place = np.array([PICTURE_WIDTH / 2, PICTURE_HEIGHT * 0.3]) + 20 * limited_normal(
        rng, (*cells, 2)
    )
    scale = distance / ALIGNED_HEIGHT
    cos = (scale * np.cos(roll)).astype(np.float32)[..., None]
    sin = (scale * np.sin(roll)).astype(np.float32)[..., None]
    pictured = np.empty_like(faces)
    x, y = faces[..., 0], faces[..., 1]
    pictured[..., 0] = cos * x - sin * y + place[..., 0, None].astype(np.float32)
    pictured[..., 1] = sin * x + cos * y + place[..., 1, None].astype(np.float32)
    pictured[..., 2] = faces[..., 2] * scale.astype(np.float32)[..., None]
    return pictured, np.degrees(roll)


def _with_depth(movements: Vectors, neutral: Vectors) -> Vectors:
    """Add what skin that slides over the face does in depth, shape (movements, 478, 3)."""
    plane = neutral[:, :2]
    offsets = plane[None] - plane[:, None]
    weight = np.exp(-0.5 * (offsets**2).sum(axis=2) / (_REACH * face_height(neutral)) ** 2)
    rise = neutral[None, :, 2] - neutral[:, None, 2]
    moments = np.einsum("pq,pqi,pqj->pij", weight, offsets, offsets)
    slope = np.linalg.solve(moments, np.einsum("pq,pqi,pq->pi", weight, offsets, rise)[..., None])
    depth = np.einsum("mpi,pi->mp", movements, slope[..., 0])
    return np.concatenate([movements, depth[..., None]], axis=2)
