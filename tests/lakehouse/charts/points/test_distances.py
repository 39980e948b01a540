"""Distances by point and by participant."""

from collections import Counter

import polars as pl
import pytest

from lakehouse.charts.points.distances import participant_histograms, point_curves
from tests.lakehouse.charts.points.frames import HISTOGRAM, MASKS, MESH, PLACED, POINTS
from tests.lakehouse.charts.scene import Scene, drawing

CURVES = {"point_distances": POINTS, "point_places": PLACED, "mesh": MESH}


@pytest.mark.parametrize("width", [1080, 348])
def test_every_point_of_every_mask_is_drawn_once(width: int) -> None:
    scene = Scene(point_curves(CURVES, drawing(width, {"point": 4})), CURVES)

    # Five points and the chosen one's ring in each mask, and a line at its mean.
    assert len(scene.of("symbol")) == len(MASKS) * 6
    assert len(scene.of("rule")) == len(MASKS)
    assert scene.width <= width


def test_points_above_the_mean_have_the_expressions_colour_and_are_counted() -> None:
    scene = Scene(point_curves(CURVES, drawing(chosen={"point": 4})), CURVES)

    counted = [text for text in scene.texts if text.endswith(" above")]
    assert sorted(counted) == ["1 above", "1 above", "3 above"]
    # Of happiness one without and one with the cue, of surprise three.
    colours = Counter(mark.get("fill") for mark in scene.of("symbol"))
    assert {2, 3} <= set(colours.values())


@pytest.mark.parametrize("width", [1080, 348])
def test_histograms_are_halves_without_and_with_cue(width: int) -> None:
    frames = {"distance_histograms": HISTOGRAM}

    scene = Scene(participant_histograms(frames, drawing(width)), frames)

    bars = [mark for mark in scene.of("rect") if mark.get("width")]
    assert len(bars) == len(HISTOGRAM)
    without, with_cue = bars[:2], bars[2]
    for bar in without:
        assert bar["x"] + bar["width"] == pytest.approx(with_cue["x"])
    # As long as there are people: 3, 4 and 7.
    assert without[1]["width"] == pytest.approx(4 / 3 * without[0]["width"])
    assert with_cue["width"] == pytest.approx(7 / 3 * without[0]["width"])
    assert without[1]["y"] < without[0]["y"]
    assert scene.width <= width


def test_a_single_condition_has_one_half() -> None:
    frames = {"distance_histograms": HISTOGRAM.filter(pl.col("supervised"))}

    scene = Scene(participant_histograms(frames, drawing()), frames)

    assert {round(bar["x"]) for bar in scene.of("rect") if bar.get("width")} == {0}
