"""Action units move the right points the right way."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from lakehouse.synthetic.action_units import (
    ACTION_UNITS,
    action_unit_displacements,
    closed_mouth,
)
from lakehouse.synthetic.mesh_points import (
    CHIN,
    INNER_LOWER_LIP,
    INNER_UPPER_LIP,
    MIRRORED,
    MOUTH_CORNER_LEFT,
    MOUTH_CORNER_RIGHT,
    UPPER_LIP_RINGS,
)
from lakehouse.synthetic.portrait import face_height, load_landmarks

POINTS = load_landmarks()
MOVED = action_unit_displacements(POINTS)
X, Y = 0, 1


def unit(name: str) -> npt.NDArray[np.float64]:
    """Displacement by one unit at full intensity."""
    return MOVED[ACTION_UNITS.index(name)]


def test_shape_and_names() -> None:
    assert MOVED.shape == (len(ACTION_UNITS), 478, 2)
    assert len(set(ACTION_UNITS)) == len(ACTION_UNITS)
    assert np.isfinite(MOVED).all()


def test_lip_corner_puller_raises_and_widens_its_own_corner() -> None:
    right, left = unit("12R"), unit("12L")
    assert right[MOUTH_CORNER_RIGHT, X] < 0 < left[MOUTH_CORNER_LEFT, X]
    assert right[MOUTH_CORNER_RIGHT, Y] < 0
    assert left[MOUTH_CORNER_LEFT, Y] < 0
    assert abs(right[MOUTH_CORNER_LEFT, X]) < 0.2 * abs(right[MOUTH_CORNER_RIGHT, X])


@pytest.mark.parametrize("number", ["1", "2", "4", "5", "6", "7", "9", "10", "12", "14", "15"])
def test_sides_mirror_each_other(number: str) -> None:
    right, left = unit(number + "R"), unit(number + "L")
    anchors = np.array(list(MIRRORED.items()))
    mirrored = left[anchors[:, 1]] * (-1, 1)
    # The portrait itself is not quite symmetric, nor quite frontal.
    assert np.abs(right[anchors[:, 0]] - mirrored).max() < 0.3 * np.abs(right).max()


@pytest.mark.parametrize(
    ("name", "point", "axis", "sign"),
    [
        ("1R", 107, Y, -1),
        ("2R", 63, Y, -1),
        ("4R", 55, Y, 1),
        ("4R", 55, X, 1),
        ("5L", 386, Y, -1),
        ("6R", 117, Y, -1),
        ("7R", 145, Y, -1),
        ("7R", 159, Y, 1),
        ("9R", 129, Y, -1),
        ("10L", 270, Y, -1),
        ("14R", MOUTH_CORNER_RIGHT, X, -1),
        ("15L", MOUTH_CORNER_LEFT, Y, 1),
        ("17", 18, Y, -1),
        ("20L", MOUTH_CORNER_LEFT, X, 1),
        ("23L", MOUTH_CORNER_LEFT, X, -1),
        ("23R", 37, Y, 1),
        ("25", 14, Y, 1),
        ("26", CHIN, Y, 1),
        ("26", 14, Y, 1),
        ("26", MOUTH_CORNER_LEFT, X, -1),
        ("43R", 159, Y, 1),
    ],
)
def test_direction(name: str, point: int, axis: int, sign: int) -> None:
    assert sign * unit(name)[point, axis] > 1.0


def test_jaw_drop_leaves_upper_lip_and_eyes() -> None:
    moved = np.abs(unit("26")[:, Y])
    assert moved[list(UPPER_LIP_RINGS[0][3:8])].max() < 0.1 * moved[14]
    assert moved[[159, 386, 10]].max() < 0.5
    assert np.abs(unit("27")[CHIN, Y]) > moved[CHIN]


def test_displacements_scale_with_the_face() -> None:
    assert np.allclose(action_unit_displacements(2 * POINTS), 2 * MOVED)


def test_closed_mouth_closes_without_crossing() -> None:
    closed = POINTS[:, :2] + closed_mouth(POINTS)
    before = POINTS[list(INNER_LOWER_LIP), 1] - POINTS[list(INNER_UPPER_LIP), 1]
    after = closed[list(INNER_LOWER_LIP), 1] - closed[list(INNER_UPPER_LIP), 1]
    middle = slice(2, 9)
    assert (after[middle] > 0).all()
    assert (after[middle] < 0.4 * before[middle]).all()
    assert np.abs(closed_mouth(POINTS)[10]).max() < 0.01 * face_height(POINTS)
