import polars as pl
import pytest

from lakehouse.charts.displacements import FARTHEST, chosen_point, exaggeration, farthest_points
from tests.lakehouse.charts.small_faces import (
    NARROW,
    PLACES,
    WIDE,
    drawing,
    heat,
    marks,
    mesh,
    svg,
    written,
)

MASKS = [("neutral", True), ("happiness", False), ("happiness", True), ("surprise", False)]


def movements() -> pl.DataFrame:
    """Farther from mask to mask and from point to point; point 3 moves everywhere alike."""
    rows = [
        {
            "expression": code,
            "supervised": cue,
            "point": point,
            "mean_distance": 10.0 * place + point,
            "sd_distance": 2.0,
            "dx": None if point == 3 else 3.0,
            "dy": None if point == 3 else 4.0 * place,
        }
        for place, (code, cue) in enumerate(MASKS)
        for point in range(4)
    ]
    return pl.DataFrame(rows)


def places() -> pl.DataFrame:
    muscles = ["a; b; c; d; e; f", "frontalis", None, "risorius"]
    return pl.DataFrame(
        [
            {
                "point": point,
                "x": x,
                "y": y,
                "name_en": f"place {point}",
                "name_pt": f"lugar {point}",
                "muscles": muscles[point],
            }
            for point, (x, y) in enumerate(PLACES)
        ]
    )


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    return {
        "point_movements": movements(),
        "point_places": places(),
        "heat": heat(dict(zip(MASKS, (5.0, 20.0, 30.0, 60.0), strict=True))),
        "mesh": mesh(),
    }


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_face_has_its_points_and_the_chosen_one_all_its_masks(frames, width):
    picture = svg(chosen_point(frames, drawing(width)), frames)
    # The outline, and the heat of one mask.
    assert marks(picture, "shape") == [2, 2]
    # Dots, the chosen point and targets; hollow ground, means and the chosen mask.
    assert marks(picture, "symbol") == [4, 1, 4, 2, 4, 1]
    assert marks(picture, "rule") == [4]


def test_what_is_chosen_decides_what_is_drawn(frames):
    chosen = drawing(expression="neutral", supervised=False)
    picture = svg(chosen_point(frames, chosen), frames)
    # Nobody is compared with a neutral face of theirs: the outline stays with the points' places,
    # where there is nothing to point at, and the point's masks.
    assert marks(picture, "shape") == [2]
    assert marks(picture, "symbol") == [4, 1, 2, 4]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_arrows_are_of_points_that_move_in_a_direction(frames, width):
    picture = svg(farthest_points(frames, drawing(width)), frames)
    assert marks(picture, "rule") == [3]
    assert marks(picture, "symbol") == [3]


@pytest.mark.slow
def test_the_farthest_come_first_with_name_muscles_and_distance(frames):
    said = written(svg(farthest_points(frames, drawing(language="pt")), frames))
    named = [text for text in said if "lugar" in text]
    assert named == ["3: lugar 3", "2: lugar 2", "1: lugar 1", "0: lugar 0"]
    assert "a; b; c; d + 2" in said
    assert "risorius" in said


def test_of_long_names_are_as_many_as_fit(frames):
    long = places().with_columns(muscles=pl.lit("; ".join(["orbicularis oris, lower part"] * 3)))
    said = written(svg(farthest_points(frames, drawing(NARROW)), frames | {"point_places": long}))
    assert said.count("orbicularis oris, lower part; orbicularis oris, lower part + 1") == 4
    longer = long.with_columns(pl.col("muscles").str.replace_all("lower", "most inferior"))
    said = written(svg(farthest_points(frames, drawing(NARROW)), frames | {"point_places": longer}))
    assert said.count("orbicularis oris, most inferior part + 2") == 4


def test_no_more_than_ten_are_listed(frames):
    many = pl.DataFrame(
        {
            "expression": "happiness",
            "supervised": False,
            "point": range(30),
            "mean_distance": [float(point) for point in range(30)],
            "sd_distance": 1.0,
            "dx": 1.0,
            "dy": 1.0,
        }
    )
    picture = svg(farthest_points(frames, drawing()), frames | {"point_movements": many})
    assert marks(picture, "rect") == [FARTHEST]


@pytest.mark.parametrize(
    ("longest", "times"), [(60.0, 2), (160.0, 1), (900.0, 1), (15.0, 10), (0.0, 100), (None, 100)]
)
def test_arrows_are_as_long_as_there_is_room(longest, times):
    distances = pl.DataFrame(
        {"dx": [0.0, longest], "dy": [0.0, 0.0]}, schema={"dx": pl.Float64, "dy": pl.Float64}
    )
    assert exaggeration(distances) == times
