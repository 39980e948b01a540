"""FACS action units as displacements of the face mesh's points.

Each action unit is a few *pulls*: a smooth bump of displacement around one point of the
mesh, sized in face heights so that it scales with the picture, and where needed confined
to one lip or one eyelid. What each unit does is taken from the manual's descriptions;
how far is set so that MediaPipe, reading the generated photographs, finds movements of
the size that the paper measured.

References
----------
.. [1] P. Ekman, W. V. Friesen, J. C. Hager. Facial Action Coding System: The Manual.
       Research Nexus, Salt Lake City, 2002.
.. [2] P. Ekman, W. V. Friesen. Facial Action Coding System. Consulting Psychologists
       Press, Palo Alto, 1978.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from lakehouse.synthetic.mesh_points import (
    INNER_LOWER_LIP,
    INNER_UPPER_LIP,
    LOWER_LIDS,
    LOWER_LIP_RINGS,
    MIRRORED,
    MOUTH_CORNER_LEFT,
    MOUTH_CORNER_RIGHT,
    UPPER_LIDS,
    UPPER_LIP_RINGS,
)
from lakehouse.synthetic.portrait import face_height

Region = Literal["face", "upper", "lower", "upper_rim", "lower_rim", "upper_lid", "lower_lid"]
Vectors = npt.NDArray[np.float64]

# How far down the lower edge of the lip at each of the mouth's eleven columns takes part
# in opening: the corners are held by the cheek.
_OPENING: Final = np.sin(np.linspace(0.0, np.pi, 11)) ** 0.6
# Below the line through the corners the jaw carries the skin fully from this depth on.
_JAW_RAMP: Final = 0.09


@dataclass(frozen=True)
class Pull:
    """A bump of displacement around one mesh point.

    Attributes
    ----------
    anchor : int
        Mesh point at the bump's centre (of the right side, where there are two).
    outward, up : float
        Displacement at the centre, in face heights; outward is away from the midline.
    reach : float
        Standard deviation of the Gaussian bump, in face heights.
    region : Region
        Part of the face that takes part: a lip or lid moves without its neighbour.
    """

    anchor: int
    outward: float
    up: float
    reach: float
    region: Region = "face"


# Pulls at intensity 1 (maximum, E) of the units that act on either side by themselves.
_SIDED: Final[dict[str, tuple[Pull, ...]]] = {
    "1": (Pull(107, -0.004, 0.042, 0.06), Pull(66, 0.0, 0.012, 0.05)),
    "2": (Pull(63, 0.006, 0.040, 0.06), Pull(46, 0.004, 0.014, 0.05)),
    "4": (Pull(55, -0.016, -0.034, 0.07), Pull(105, -0.006, -0.016, 0.06)),
    "5": (Pull(159, 0.0, 0.020, 0.07, "upper_lid"),),
    "6": (Pull(117, 0.0, 0.024, 0.07), Pull(145, 0.0, 0.010, 0.06, "lower_lid")),
    "7": (Pull(145, 0.0, 0.012, 0.06, "lower_lid"), Pull(159, 0.0, -0.006, 0.06, "upper_lid")),
    "9": (
        Pull(129, 0.004, 0.030, 0.05, "upper"),
        Pull(55, -0.006, -0.018, 0.06),
        Pull(40, 0.0, 0.014, 0.05, "upper"),
    ),
    "10": (Pull(40, 0.0, 0.034, 0.06, "upper"), Pull(129, 0.004, 0.014, 0.05, "upper")),
    "12": (Pull(61, 0.066, 0.052, 0.085), Pull(205, 0.014, 0.026, 0.07, "upper")),
    "14": (Pull(61, 0.048, 0.022, 0.06),),
    "15": (Pull(61, 0.006, -0.056, 0.065), Pull(91, 0.0, -0.012, 0.06, "lower")),
    "20": (Pull(61, 0.058, -0.016, 0.085), Pull(91, 0.016, -0.008, 0.07, "lower")),
    "23": (
        Pull(61, -0.034, 0.0, 0.07),
        Pull(37, 0.0, -0.014, 0.05, "upper_rim"),
        Pull(84, 0.0, 0.014, 0.05, "lower_rim"),
    ),
    "43": (
        Pull(159, 0.0, -0.030, 0.08, "upper_lid"),
        Pull(145, 0.0, 0.006, 0.06, "lower_lid"),
    ),
}

# Units that act on both sides at once; pulls beside the midline are mirrored.
_CENTRAL: Final[dict[str, tuple[Pull, ...]]] = {
    "17": (Pull(18, 0.0, 0.046, 0.075),),
    "25": (Pull(0, 0.0, 0.010, 0.09, "upper"), Pull(17, 0.0, -0.036, 0.13, "lower")),
    "26": (Pull(17, 0.0, -0.110, 0.26, "lower"), Pull(61, -0.036, -0.012, 0.085)),
    "27": (Pull(17, 0.0, -0.180, 0.28, "lower"), Pull(61, -0.056, -0.022, 0.085)),
}

SIDES: Final = ("R", "L")
SIDED_UNITS: Final[tuple[str, ...]] = tuple(_SIDED)
ACTION_UNITS: Final[tuple[str, ...]] = (
    *(unit + side for unit in _SIDED for side in SIDES),
    *_CENTRAL,
)
"""Every unit the generator knows: ``12R`` is AU12 of the subject's right side."""


def action_unit_displacements(points: Vectors) -> Vectors:
    """Displace the mesh by every action unit at full intensity.

    Parameters
    ----------
    points : ndarray of float64, shape (478, 2 or more)
        Landmarks of an upright face in pixels.

    Returns
    -------
    ndarray of float64, shape (len(ACTION_UNITS), 478, 2)
        x, y displacement in pixels, in the order of `ACTION_UNITS`. Displacements add up
        and scale with intensity.
    """
    units = [
        np.sum([_pull(points, pull, side) for pull in pulls], axis=0)
        for pulls in _SIDED.values()
        for side in SIDES
    ]
    for pulls in _CENTRAL.values():
        both = [(pull, side) for pull in pulls for side in SIDES]
        moved = [_pull(points, *one) for one in both if one[1] == "R" or one[0].anchor in MIRRORED]
        units.append(np.sum(moved, axis=0))
    return np.stack(units)


def closed_mouth(points: Vectors, gap_left: float = 0.27) -> Vectors:
    """Displace the mesh so that open lips meet.

    Parameters
    ----------
    points : ndarray of float64, shape (478, 2 or more)
        Landmarks of an upright face with open lips, in pixels.
    gap_left : float
        Share of the gap that stays, as the shadow between closed lips.

    Returns
    -------
    ndarray of float64, shape (478, 2)
        x, y displacement in pixels.

    Notes
    -----
    Both lips move rigidly, the upper one down by a third of the gap and the lower one up
    by the rest; the chin's skin follows and fades out below.
    """
    gap = (points[list(INNER_LOWER_LIP), 1] - points[list(INNER_UPPER_LIP), 1]) * (1 - gap_left)
    moved = np.zeros((len(points), 2))
    for ring in UPPER_LIP_RINGS:
        moved[list(ring), 1] += gap * 0.35
    for ring in LOWER_LIP_RINGS:
        moved[list(ring), 1] -= gap * 0.65
    lips = [point for ring in (*UPPER_LIP_RINGS, *LOWER_LIP_RINGS) for point in ring]
    others = np.setdiff1d(np.arange(len(points)), lips)
    away = np.linalg.norm(points[others, None, :2] - points[None, lips, :2], axis=2)
    nearest = away.argmin(axis=1)
    fade = np.exp(-0.5 * (away.min(axis=1) / (0.07 * face_height(points))) ** 2)
    moved[others] = moved[lips][nearest] * fade[:, None]
    return moved


def _pull(points: Vectors, pull: Pull, side: str) -> Vectors:
    """Displacement in pixels of all points, shape (478, 2), by one pull."""
    height = face_height(points)
    anchor = pull.anchor if side == "R" else MIRRORED[pull.anchor]
    # Outward is towards smaller x on the subject's right, which is the picture's left.
    outward = -pull.outward if side == "R" else pull.outward
    squared = ((points[:, :2] - points[anchor, :2]) ** 2).sum(axis=1)
    weight = np.exp(-0.5 * squared / (pull.reach * height) ** 2) * _share(points, pull.region)
    moved: Vectors = weight[:, None] * np.array([outward, -pull.up]) * height
    return moved


def _share(points: Vectors, region: Region) -> Vectors:
    """How far each point belongs to a region, 0 to 1, shape (478,)."""
    share = np.zeros(len(points))
    match region:
        case "face":
            share[:] = 1.0
        case "upper_lid":
            share[list(UPPER_LIDS)] = 1.0
        case "lower_lid":
            share[list(LOWER_LIDS)] = 1.0
        case "lower":
            share = _below_mouth(points)
        case "upper":
            share = 1.0 - _below_mouth(points)
        case "upper_rim":
            share = (1.0 - _below_mouth(points)) * _towards_rim(len(points))
        case "lower_rim":
            share = _below_mouth(points) * _towards_rim(len(points))
    return share


def _below_mouth(points: Vectors) -> Vectors:
    """How far each point hangs on the lower jaw, 0 to 1, shape (478,)."""
    right, left = points[MOUTH_CORNER_RIGHT], points[MOUTH_CORNER_LEFT]
    line = right[1] + (points[:, 0] - right[0]) * (left[1] - right[1]) / (left[0] - right[0])
    depth = (points[:, 1] - line) / (_JAW_RAMP * face_height(points))
    share: Vectors = np.clip(depth, 0.0, 1.0)
    for ring in LOWER_LIP_RINGS:
        share[list(ring)] = _OPENING
    for ring in UPPER_LIP_RINGS:
        share[list(ring[1:-1])] = 0.0
    return share


def _towards_rim(count: int) -> Vectors:
    """How far each point is from the lips' inner edge, 0 to 1, shape (count,).

    Lips that get thinner keep their inner edges where they meet.
    """
    share = np.ones(count)
    for rings in (UPPER_LIP_RINGS, LOWER_LIP_RINGS):
        for ring, fraction in zip(rings, np.linspace(0.0, 1.0, len(rings)), strict=True):
            share[list(ring)] = fraction
    return share
