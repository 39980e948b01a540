"""The chain from distances to points above average, against one written out person by person."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.steps.clusters.moving_points import Array, Faces, Places, moving_points, summed
from tests.lakehouse.steps.clusters.face_rows import face_rows, random_faces


def moving(faces: Faces, weights: Array) -> list[tuple[Places, Array]]:
    return [found for sums in summed(faces, weights) for found in moving_points(faces.points, sums)]


def spread_out(rows: pl.DataFrame) -> Faces:
    known = {name: rows[name].unique().sort() for name in ("person", "point")}
    for name, of_axis in (("mask", pl.col("x").is_null()), ("neutral", pl.col("x").is_not_null())):
        known[name] = rows.filter(of_axis)["mask_number"].unique().sort()
    return Faces.from_rows(rows, known)


def plainly(faces: Faces, people: list[int]) -> dict[int, tuple[float, float]]:
    """Average the faces of the people listed, once for each time that they are listed."""
    masks = [
        [faces.distances[person, mask] for person in people if faces.seen[person, mask]]
        for mask in range(faces.seen.shape[1])
    ]
    means = [np.mean(drawn, axis=0) for drawn in masks if drawn]
    places = {}
    for at, point in enumerate(faces.points):
        if means and all(mean[at] > mean.mean() for mean in means):
            conditions = [
                np.mean(
                    [place for place in faces.places[people, neutral, at] if place[0] == place[0]],
                    axis=0,
                )
                for neutral in range(faces.places.shape[1])
                if not np.isnan(faces.places[people, neutral, at]).all()
            ]
            places[int(point)] = tuple(np.mean(conditions, axis=0))
    return places


@given(seed=st.integers(0, 999), drawn=st.lists(st.integers(0, 7), min_size=8, max_size=8))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_weights_are_people_listed_so_often(seed: int, drawn: list[int]) -> None:
    faces = random_faces(seed)
    weights = np.bincount(drawn, minlength=8).astype(float)

    [(points, places)] = moving(faces, weights[None])

    expected = plainly(faces, drawn)
    assert points.tolist() == [*expected]
    np.testing.assert_allclose(places, np.array([*expected.values()]).reshape(-1, 2), atol=5.1e-7)


def test_choices_are_given_in_their_order_however_many() -> None:
    faces = random_faces(3)
    weights = np.random.default_rng(0).integers(0, 3, (150, 8)).astype(float)

    together = moving(faces, weights)

    assert len(together) == 150
    for row, (points, places) in zip(weights, together, strict=True):
        [(own_points, own_places)] = moving(faces, row[None])
        assert points.tolist() == own_points.tolist()
        np.testing.assert_allclose(places, own_places)


def test_rows_are_spread_as_they_say() -> None:
    faces = random_faces(4)

    spread = spread_out(face_rows(faces))

    for name in ("points", "distances", "seen", "places"):
        np.testing.assert_array_equal(getattr(spread, name), getattr(faces, name), err_msg=name)


def test_a_mask_of_nobody_drawn_excludes_no_point_and_one_without_distances_all() -> None:
    faces = random_faces(5)
    faces.seen[:, 2] = [True, *[False] * 7]
    faces.distances[:, 2] = np.nan
    without, with_it = np.array([0.0, *[1.0] * 7]), np.ones(8)

    (points, _), (none, _) = moving(faces, np.stack([without, with_it]))

    assert len(points) > 0
    assert len(none) == 0


@pytest.mark.parametrize("rows", [0, 1])
def test_no_masks_are_no_points(rows: int) -> None:
    faces = random_faces(6)
    only_neutral = face_rows(faces).filter(face_rows(faces)["x"].is_not_null()).head(rows)

    spread = spread_out(only_neutral)
    [(points, places)] = moving(spread, np.ones((1, rows)))

    assert points.shape == (0,)
    assert places.shape == (0, 2)
