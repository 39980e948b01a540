"""Reliabilities of features and of photographs."""

from itertools import product

import polars as pl
import pytest

from lakehouse.charts.drawing import AnyChart, Drawing, Frames
from lakehouse.charts.movement.reliability import feature_reliabilities, photo_reliabilities
from tests.lakehouse.charts.movement.frames import CHOSEN, EXPRESSIONS, PARTS
from tests.lakehouse.charts.scene import Scene, drawing

pytestmark = pytest.mark.slow

ROWS = list(product(PARTS, EXPRESSIONS, (False, True)))
VALUES = [0.1 * place for place in range(len(ROWS))]


def reliabilities(*names: str, low: float = -0.1, high: float = 0.1) -> pl.DataFrame:
    """The same values for several reliabilities, with intervals so wide."""
    frame = pl.DataFrame(ROWS, schema=["part", "expression", "supervised"], orient="row")
    return frame.with_columns(
        pl.Series(f"{name}{end}", [value + shift for value in VALUES])
        for name in names
        for end, shift in (("", 0.0), ("_low", low), ("_high", high))
    )


FEATURES = {"feature_reliability": reliabilities("reliability", "icc_ck", "split_half")}
PHOTOS = {
    "photo_reliability": reliabilities("icc_a1", "icc_ak").with_columns(
        sem=pl.lit(1.0), sdc=pl.lit(2.77)
    )
}


@pytest.mark.parametrize("draw", [feature_reliabilities, photo_reliabilities])
def test_three_panels_have_a_mark_and_an_interval_for_every_feature(draw: object) -> None:
    frames = FEATURES if draw is feature_reliabilities else PHOTOS
    scene = scene_of(draw, frames, 1080)

    marks = [mark for mark in scene.of("symbol") if mark.get("size") == 22]
    assert len(marks) == 3 * len(ROWS)
    assert len({(mark["x"], mark["y"]) for mark in marks[: len(ROWS)]}) == len(ROWS)


@pytest.mark.parametrize("part", ["eyes_0", "mesh_0", "no such part"])
def test_a_telephone_shows_the_chosen_part_or_the_first(part: str) -> None:
    scene = scene_of(feature_reliabilities, FEATURES, 348, part=part)

    marks = [mark for mark in scene.of("symbol") if mark.get("size") == 36]
    assert len(marks) == 3 * len(ROWS) / len(PARTS)
    assert ("eyes_0" if part == "eyes_0" else "mesh_0") in scene.texts
    assert scene.width <= 348


def test_an_interval_that_says_nothing_does_not_shrink_the_scale() -> None:
    def place_of_one(**ends: float) -> float:
        frames = {
            "feature_reliability": reliabilities("reliability", "icc_ck", "split_half", **ends)
        }
        scene = scene_of(feature_reliabilities, frames, 348)
        guides = sorted({rule["x"] for rule in scene.of("rule") if not rule.get("x2")})
        return guides[-1] - guides[0]

    assert place_of_one(low=-1000.0, high=1000.0) > place_of_one() / 3


def scene_of(draw: object, frames: Frames, width: int, **chosen: str) -> Scene:
    """Draw with something chosen."""
    assert callable(draw)
    seen: Drawing = drawing(width, CHOSEN | chosen)
    chart: AnyChart = draw(frames, seen)
    return Scene(chart, frames)
