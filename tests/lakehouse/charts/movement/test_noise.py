"""Movement beside noise."""

from itertools import product

import polars as pl
import pytest

from lakehouse.charts.movement.noise import noise_faces, noise_groups
from tests.lakehouse.charts.movement.frames import CHOSEN, EXPRESSIONS, MESH, PARTS, PLACED
from tests.lakehouse.charts.scene import Scene, drawing


def groups(conditions: tuple[bool, ...] = (False, True)) -> dict[str, pl.DataFrame]:
    """Distances of 10, 11, 12 … px, over noise of 2 px."""
    rows = list(product(PARTS, EXPRESSIONS, conditions))
    frame = pl.DataFrame(rows, schema=["part", "expression", "supervised"], orient="row")
    return {
        "noise_groups": frame.with_columns(
            mean_distance=pl.Series([10.0 + place for place in range(len(rows))]),
            noise_distance=pl.lit(2.0),
            neutral_distance=pl.lit(5.0 if len(conditions) > 1 else None, pl.Float64),
            over_noise=pl.lit(5.0),
        )
    }


@pytest.mark.parametrize("width", [1080, 348])
def test_every_distance_lies_beyond_the_noise_of_its_part(width: int) -> None:
    frames = groups()

    scene = Scene(noise_groups(frames, drawing(width, CHOSEN)), frames)

    marks = [mark for mark in scene.of("symbol") if mark.get("size") == 36]
    assert len(marks) == len(frames["noise_groups"])
    # The grey lines are narrow.
    zones = [bar["width"] for bar in scene.of("rect") if bar.get("width", 0) > 5]
    assert len(zones) == 4
    assert min(mark["x"] for mark in marks) == pytest.approx(10 / 2 * zones[0])
    assert scene.width <= width


def test_with_one_condition_nothing_speaks_of_the_other() -> None:
    frames = groups((False,))

    scene = Scene(noise_groups(frames, drawing(1080, CHOSEN)), frames)

    assert "without cue" in scene.texts
    assert "with cue" not in scene.texts
    assert "neutral with cue from neutral without" not in scene.texts


def points() -> dict[str, pl.DataFrame]:
    """Two masks of happiness and one of surprise, of which one point has no ratio."""
    masks = (("happiness", False), ("happiness", True), ("surprise", True))
    ratios = (1.0, 2.0, 4.0, 8.0, None)
    return {
        "noise_points": pl.DataFrame(
            [(*mask, point, 1.5, ratio) for mask in masks for point, ratio in enumerate(ratios)],
            schema=["expression", "supervised", "point", "noise_distance", "over_noise"],
            orient="row",
        ),
        "point_places": PLACED,
        "mesh": MESH,
    }


@pytest.mark.parametrize(("expression", "faces"), [("happiness", 2), ("surprise", 1)])
def test_faces_are_those_of_the_chosen_expression(expression: str, faces: int) -> None:
    frames = points()

    scene = Scene(noise_faces(frames, drawing(348, {"expression": expression})), frames)

    assert len(scene.of("symbol")) == 4 * faces
    assert scene.texts.count("with cue") == 1
    assert scene.width <= 348
