import numpy as np
import pytest

from tests.sql.masks.faces import (
    CHIN,
    FOREHEAD,
    LEFT_EYE,
    RIGHT_EYE,
    Face,
    anchors,
    canonical_face,
    moved,
    point_rows,
)
from tests.sql.support import Row, RunModel, photographed, table

# Two basis points, the heavier to the right; so the weighted centre lies at three quarters.
BASIS = table(
    "point weight x y z upper",
    (33, 1.0, 1000.0, 500.0, 0.0, True),
    (263, 3.0, 1400.0, 500.0, 0.0, True),
)


@pytest.fixture(scope="module", name="face")
def plain_face(run_model: RunModel) -> Face:
    return canonical_face(run_model)


def measured(run_model: RunModel, face: Face) -> Row:
    [row] = anchors(run_model, {4: face})
    return row


def test_size_and_roll_are_those_of_forehead_chin_and_eyes(run_model: RunModel) -> None:
    # Forehead to chin is 500 (3-4-5); the eyes are a quarter turn from level.
    points = table(
        "photo_index point x y z",
        *((4, 10, 400, 300, 7), (4, 152, 0, 0, 1), (4, 133, 50, 60, 0), (4, 362, 50, 90, 0)),
    )

    rows = run_model(
        "photo_anchors",
        "photo_index, forehead_x, forehead_y, forehead_z, face_height, eye_roll",
        procrustes_basis=BASIS,
        **photographed(points),
    )

    assert rows == [(4, 400.0, 300.0, 7.0, 500.0, 90.0)]


def test_the_fit_weighs_the_points(run_model: RunModel) -> None:
    # 40 px apart, turned by a right angle: at 10 aligned px per px they are 400 apart.
    points = table(
        "photo_index point x y z",
        *((4, 10, 0, 0, 0), (4, 152, 0, 90, 0), (4, 133, 1, 0, 0), (4, 362, 9, 0, 0)),
        *((4, 33, 70, 10, 2), (4, 263, 70, 50, 6)),
    )

    rows = run_model(
        "photo_anchors",
        "centre_x, centre_y, centre_z, fit_cos, fit_sin, upper_size, alignable",
        procrustes_basis=BASIS,
        **photographed(points),
    )

    assert rows == [pytest.approx((70, 40, 5, 0, 10, 20, True), abs=1e-9)]


def test_the_fit_of_the_canonical_face_leaves_it_as_it_is(run_model: RunModel, face: Face) -> None:
    row = measured(run_model, face)

    assert (row["fit_cos"], row["fit_sin"]) == pytest.approx((1, 0), abs=1e-12)
    assert row["alignable"] is True


def test_a_size_is_measured_in_the_photos_pixels(run_model: RunModel, face: Face) -> None:
    whole, half = (measured(run_model, moved(face, scale=size)) for size in (1, 0.5))

    assert half["upper_size"] == pytest.approx(whole["upper_size"] / 2)
    assert half["face_height"] == pytest.approx(750)
    assert half["fit_cos"] == pytest.approx(2)


def test_far_from_the_pictures_corner_the_fit_is_as_exact(run_model: RunModel, face: Face) -> None:
    small = moved(face, turn=0.3, scale=0.02)
    near, far = (measured(run_model, moved(small, shift=(shift, shift, 0))) for shift in (0, 2**20))

    # Places themselves have 2^-32 px there, of a face of 30 px.
    assert far["fit_cos"] == pytest.approx(near["fit_cos"], rel=1e-8)
    assert far["fit_sin"] == pytest.approx(near["fit_sin"], rel=1e-8)


def test_depth_may_be_missing(run_model: RunModel, face: Face) -> None:
    flat = {point: np.array([*place[:2], np.nan]) for point, place in face.items()}

    row = measured(run_model, flat)

    assert (row["forehead_z"], row["centre_z"], row["alignable"]) == (None, None, True)


def all_in_one_place(face: Face) -> Face:
    return dict.fromkeys(face, np.array([1 / 3, 0.7, 0.1]))


def chin_on_the_forehead(face: Face) -> Face:
    return face | {CHIN: face[FOREHEAD]}


def eyes_on_each_other(face: Face) -> Face:
    return face | {LEFT_EYE: face[RIGHT_EYE]}


def without_the_chin(face: Face) -> Face:
    return {point: place for point, place in face.items() if point != CHIN}


def without_a_basis_point(face: Face) -> Face:
    return {point: place for point, place in face.items() if point != 205}


@pytest.mark.parametrize(
    "spoil",
    [
        *(all_in_one_place, chin_on_the_forehead, eyes_on_each_other),
        *(without_the_chin, without_a_basis_point),
    ],
)
def test_a_face_without_size_angle_or_point_cannot_be_aligned(
    run_model: RunModel, face: Face, spoil
) -> None:
    assert measured(run_model, spoil(face))["alignable"] is False


def test_a_photo_without_landmarks_is_not_measured(run_model: RunModel, face: Face) -> None:
    assert anchors(run_model, {}) == []
    elsewhere = {point: place for point, place in face.items() if point == 17}
    assert run_model("photo_anchors", **photographed(point_rows({4: elsewhere}))) == []
