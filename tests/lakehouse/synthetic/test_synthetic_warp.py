"""Warps are smooth, invertible and do not fold."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lakehouse.synthetic.action_units import ACTION_UNITS
from lakehouse.synthetic.expressions import KNOWN_EXPRESSIONS, mean_intensities
from lakehouse.synthetic.face_shapes import SHAPE_MODES
from lakehouse.synthetic.movable_face import load_face_model
from lakehouse.synthetic.study import plan_study
from lakehouse.synthetic.warp import STEP, jacobian_determinant, source_positions

PLAIN = np.zeros(len(SHAPE_MODES))


@pytest.mark.parametrize("expression", KNOWN_EXPRESSIONS)
def test_strong_expressions_do_not_fold(expression: str) -> None:
    mean = mean_intensities(expression, True)
    strong = np.array([min(1.5 * mean.get(unit, 0.0), 1.0) for unit in ACTION_UNITS])
    field, _ = load_face_model().deform(strong, PLAIN)
    assert jacobian_determinant(field).min() > 0


@pytest.mark.parametrize("unit", ACTION_UNITS)
def test_single_units_do_not_fold(unit: str) -> None:
    field, _ = load_face_model().deform(np.eye(len(ACTION_UNITS))[ACTION_UNITS.index(unit)], PLAIN)
    assert jacobian_determinant(field).min() > 0


@pytest.mark.parametrize("sign", [-2.0, 2.0])
def test_shapes_do_not_fold(sign: float) -> None:
    for mode in range(len(SHAPE_MODES)):
        shape = sign * np.eye(len(SHAPE_MODES))[mode]
        field, _ = load_face_model().deform(np.zeros(len(ACTION_UNITS)), shape, 4.0, -3.0)
        assert jacobian_determinant(field).min() > 0


def test_faces_of_a_study_do_not_fold() -> None:
    plan = plan_study(12)
    for participant in plan.participants:
        for expression in plan.expressions:
            intensities, shape, shot = plan.photo(participant, expression, False, 1)
            field, _ = load_face_model().deform(intensities, shape, shot.yaw_deg, shot.pitch_deg)
            assert jacobian_determinant(field).min() > 0


def test_field_carries_the_landmarks() -> None:
    face = load_face_model()
    smile = np.array([mean_intensities("happiness", False).get(unit, 0) for unit in ACTION_UNITS])
    field, landmarks = face.deform(smile, PLAIN)
    before = face.portrait.points[:, :2]
    at = (before / STEP).astype(np.float32)[None]
    carried = before + cv2.remap(field, at, None, cv2.INTER_LINEAR)[0]
    assert np.hypot(*(carried - landmarks).T).max() < 2.0


def test_inverse_undoes_the_warp() -> None:
    face = load_face_model()
    wide = np.zeros(len(ACTION_UNITS))
    wide[ACTION_UNITS.index("26")] = 0.6
    field, landmarks = face.deform(wide, PLAIN, yaw_deg=3.0)
    back = source_positions(field, landmarks.astype(np.float32)[None])[0]
    away = np.hypot(*(back - face.portrait.points[:, :2]).T)
    assert np.quantile(away, 0.95) < 1.0
    assert away.max() < 4.0


def test_picture_is_still_outside_the_head() -> None:
    face = load_face_model()
    field, _ = face.deform(np.ones(len(ACTION_UNITS)), PLAIN + 2.0, 4.0, 4.0)
    for edge in (field[0], field[-1], field[:, 0], field[:, -1]):
        assert np.abs(edge).max() == 0


def test_turning_right_moves_the_nose_right() -> None:
    face = load_face_model()
    rest = np.zeros(len(ACTION_UNITS))
    nose, ahead = 1, face.deform(rest, PLAIN)[1]
    assert face.deform(rest, PLAIN, yaw_deg=4.0)[1][nose, 0] > ahead[nose, 0] + 2
    assert face.deform(rest, PLAIN, pitch_deg=4.0)[1][nose, 1] > ahead[nose, 1] + 2
