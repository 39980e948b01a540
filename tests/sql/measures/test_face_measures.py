"""Every kind of measure on faces of few points."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sql.support import Row, RunModel, settings_row, table

# Photographs 1 and 2 are of the neutral cell 1, photograph 3 is of cell 2.
ALIGNED = table("photo_index cell_index", (1, 1), (2, 1), (3, 2))
PAIRS = table("photo_index cell_index neutral_photo_index place", (3, 2, 1, 1))
COMPARED = table("cell_index neutral_index", (2, 1), (7, 6))
POINTS = (13, 14, 61, 291)
PARTS: dict[str, list[Row]] = {
    "distance": table("measure part place a b", ("own", "distance", 0, 13, 14)),
    "ratio": table(
        "measure part place a b",
        ("own", "ratio", 0, 13, 14),
        ("own", "ratio", 1, 61, 14),
        ("own", "over", 2, 61, 291),
    ),
    "angle": table("measure part place a b c", ("own", "angle", 0, 13, 14, 61)),
    "movement": table(
        "measure part place a", *(("own", "movement", at, 13 + at) for at in range(2))
    ),
    "side_difference": table("measure part place a", ("own", "side_difference", 0, 61)),
}
SIDES = {13: "midline", 14: "midline", 61: "right", 291: "left"}
USED = {"movement": (13, 14), "side_difference": (61, 291)}


def face(key: str, number: int, **moved: tuple[float, float, float]) -> list[Row]:
    """A right angle at 14, 3 long and 4 wide, to which points may be moved."""
    places = {
        13: (0.0, 0.0, 0.0),
        14: (0.0, 3.0, 0.0),
        61: (-4.0, 3.0, 0.0),
        291: (4.0, 3.0, 0.0),
    }
    placed = {point: moved.get(f"to_{point}", place) for point, place in places.items()}
    return table(f"{key} point x y z", *((number, point, *xyz) for point, xyz in placed.items()))


def measured(run_model: RunModel, kind: str, **moved: Any) -> dict[Any, Any]:
    """Values of the faces: those of photograph 3 and cell 2 moved, all others not."""
    dimensions = moved.pop("dimensions", 2)
    used = USED.get(kind, POINTS)
    rows = run_model(
        "face_measures",
        settings=settings_row(distance_dimensions=dimensions),
        photo_alignments=ALIGNED,
        photo_pairs=PAIRS,
        compared_cells=COMPARED,
        measure_definitions=table("measure kind group_id", ("own", kind, 0)),
        measure_parts=PARTS[kind],
        measure_points=table("measure point side", *(("own", at, SIDES[at]) for at in used)),
        measured_landmarks=[
            *face("photo_index", 1),
            *face("photo_index", 2, to_13=(0.0, -1.0, 0.0)),
            *face("photo_index", 3, **moved),
        ],
        cell_points=[*face("cell_index", 1), *face("cell_index", 2, **moved)],
        reference_faces=face("neutral_index", 1),
    )
    return {tuple(row[:2]): row[3:] for row in rows}


def test_a_distance_changes_from_the_neutral_face(run_model: RunModel) -> None:
    found = measured(run_model, "distance", to_14=(0.0, 10.0, 0.0))

    assert found == {
        ("mask", 2): (10.0, 3.0, 7.0),
        ("photo", 1): (3.0, None, None),
        ("photo", 2): (4.0, None, None),
        ("photo", 3): (10.0, 3.0, 7.0),
        ("reference", 1): (3.0, None, None),
    }


def test_a_ratio_is_of_means_over_means(run_model: RunModel) -> None:
    found = measured(run_model, "ratio", to_13=(0.0, -4.0, 0.0))

    neutral = (3 + 4) / 2 / 8
    assert found["mask", 2] == pytest.approx(((7 + 4) / 2 / 8, neutral, 2 / 8))


def test_a_ratio_over_nothing_is_unknown(run_model: RunModel) -> None:
    found = measured(run_model, "ratio", to_61=(4.0, 3.0, 0.0))

    assert found["mask", 2] == (None, 0.4375, None)


@pytest.mark.parametrize(
    ("place", "degrees"),
    [
        ((-4.0, 3.0, 0.0), 90.0),
        ((0.0, -5.0, 0.0), 0.0),
        ((0.0, 9.0, 0.0), 180.0),
        ((2.0, 1.0, 0.0), 45.0),
    ],
)
def test_an_angle_is_in_degrees_at_the_second_point(
    run_model: RunModel, place: tuple[float, float, float], degrees: float
) -> None:
    found = measured(run_model, "angle", to_61=place)

    assert found["photo", 3] == pytest.approx((degrees, 90.0, degrees - 90.0))


def test_an_angle_at_a_point_where_another_lies_is_that_of_nothing(run_model: RunModel) -> None:
    found = measured(run_model, "angle", to_61=(0.0, 3.0, 0.0))

    assert found["mask", 2][0] is None


def test_a_movement_is_the_mean_of_its_points(run_model: RunModel) -> None:
    found = measured(run_model, "movement", to_13=(3.0, 4.0, 0.0), to_61=(99.0, 0.0, 0.0))

    assert found == {
        ("mask", 2): (2.5, 0.0, 2.5),
        ("photo", 1): (None, None, None),
        ("photo", 2): (None, None, None),
        ("photo", 3): (2.5, 0.0, 2.5),
        ("reference", 1): (None, None, None),
    }


def test_a_difference_of_sides_is_left_less_right(run_model: RunModel) -> None:
    left = measured(run_model, "side_difference", to_291=(7.0, 7.0, 0.0))
    right = measured(run_model, "side_difference", to_61=(-7.0, 7.0, 0.0))

    assert left["mask", 2] == (5.0, 0.0, 5.0)
    assert right["mask", 2] == (-5.0, 0.0, -5.0)


@pytest.mark.parametrize(("dimensions", "value"), [(2, 3.0), (3, 5.0)])
def test_depth_counts_as_the_settings_say(
    run_model: RunModel, dimensions: int, value: float
) -> None:
    deep = {"to_13": (0.0, 0.0, 4.0)}

    found = measured(run_model, "distance", dimensions=dimensions, **deep)

    assert found["mask", 2][0] == value


PLACES = st.tuples(*[st.integers(-100, 100).map(float)] * 2, st.just(0.0))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["distance", "ratio", "angle"])
@given(places=st.lists(PLACES, min_size=4, max_size=4, unique=True), factor=st.sampled_from([2, 8]))
@settings(max_examples=10, deadline=None, derandomize=True)
def test_size_and_place_of_a_face_leave_ratios_and_angles_alone(
    run_model: RunModel, kind: str, places: list[tuple[float, ...]], factor: int
) -> None:
    names = [f"to_{point}" for point in POINTS]
    larger = [tuple(5.0 + factor * value for value in place) for place in places]

    small, large = (
        measured(run_model, kind, **dict(zip(names, each, strict=True)))["mask", 2][0]
        for each in (places, larger)
    )

    assert large == pytest.approx(small * factor if kind == "distance" else small, abs=1e-9)


@pytest.mark.slow
@given(places=st.lists(PLACES, min_size=2, max_size=2))
@settings(max_examples=10, deadline=None, derandomize=True)
def test_a_mirrored_face_has_the_opposite_difference_of_sides(
    run_model: RunModel, places: list[tuple[float, float, float]]
) -> None:
    right, left = places
    mirrored = [(-x, y, z) for x, y, z in (left, right)]

    found = [
        measured(run_model, "side_difference", to_61=one, to_291=other)["mask", 2][0]
        for one, other in (places, mirrored)
    ]

    assert found[1] == pytest.approx(-found[0], abs=1e-9)
