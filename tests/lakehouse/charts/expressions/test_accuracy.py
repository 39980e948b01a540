"""Accuracies and regularity: a point for each row, hollow without the cue and filled with it."""

from itertools import product
from typing import Any

import polars as pl
import pytest

from lakehouse.charts.expressions.accuracy import ALL, accuracies, regularities
from tests.lakehouse.charts.scene import Mark, drawing
from tests.lakehouse.charts.themed import PAGE, seen

CONDITIONS = ("unsupervised", "supervised")


def accuracy(conditions: tuple[str, ...] = CONDITIONS) -> dict[str, pl.DataFrame]:
    keys = list(product(("nearest_centroid", "shrinkage_lda"), conditions))
    rows = [
        {
            "classifier": classifier,
            "condition": condition,
            "expression": expression,
            "masks": 10,
            "value": 0.8,
            "value_low": 0.7,
            "value_high": 0.9,
            "baseline": None if expression == ALL else 0.4,
            "chance": 0.5,
            "majority": 0.5,
        }
        for (classifier, condition), expression in product(keys, (ALL, "happiness", "surprise"))
    ]
    mistakes = [
        {
            "classifier": classifier,
            "condition": condition,
            "expression": "happiness",
            "mistaken_for": "surprise",
            "mistaken_share": share,
        }
        for (classifier, condition), share in zip(keys, (0.2, 0.004, 0.3, 0.1), strict=False)
    ]
    return {"accuracy": pl.DataFrame(rows), "mistakes": pl.DataFrame(mistakes)}


def regularity(*rows: tuple[str, bool]) -> dict[str, pl.DataFrame]:
    values = {
        **{"resultant_ratio": 0.8, "ratio_low": 0.7, "ratio_high": 0.9, "chance_ratio": 0.1},
        **{"mean_cosine": 0.6, "cosine_low": 0.5, "cosine_high": 0.7},
        **{"dispersion": 12.0, "dispersion_low": 10.0, "dispersion_high": 14.0},
    }
    keyed: list[dict[str, Any]] = [{"expression": key, "supervised": cue} for key, cue in rows]
    return {"regularity": pl.DataFrame([key | values for key in keyed])}


def hollow(points: list[Mark]) -> list[Mark]:
    return [point for point in points if point.get("fill") == PAGE]


@pytest.mark.slow
@pytest.mark.parametrize("width", [1080, 348])
def test_each_row_is_a_point_hollow_without_the_cue(width: int) -> None:
    frames = accuracy()

    scene = seen(accuracies(frames, drawing(width)), frames)

    points = scene.of("symbol")
    # Two classifiers, two conditions and three rows, and one of each kind in the key.
    assert len(points) == 2 * 2 * 3 + 2
    assert len(hollow(points)) == 2 * 3
    assert scene.width <= width


@pytest.mark.slow
def test_mistakes_stand_beside_their_row_unless_hardly_any() -> None:
    frames = accuracy()

    texts = seen(accuracies(frames, drawing()), frames).texts

    written = [text for text in texts if text.startswith("→")]
    assert sorted(written) == ["→ surprise 10%", "→ surprise 20%", "→ surprise 30%"]


@pytest.mark.slow
def test_what_guessing_would_score_is_drawn_once_in_each_panel() -> None:
    frames = accuracy()

    scene = seen(accuracies(frames, drawing()), frames)

    dashed = [rule for rule in scene.of("rule") if rule.get("strokeDash")]
    assert len(dashed) == 2 * 2
    assert scene.texts.count("chance") == scene.texts.count("commonest") == 2


@pytest.mark.slow
def test_with_one_condition_nothing_is_said_of_the_other() -> None:
    frames = accuracy(CONDITIONS[:1])

    scene = seen(accuracies(frames, drawing()), frames)

    assert len(scene.of("symbol")) == 2 * 3 + 1
    assert "with cue" not in scene.texts


@pytest.mark.parametrize("width", [1080, 348])
def test_regularity_is_drawn_three_ways_with_chance_beside_the_first(width: int) -> None:
    frames = regularity(("neutral", True), ("happiness", False), ("happiness", True))

    scene = seen(regularities(frames, drawing(width)), frames)

    points = scene.of("symbol")
    assert len(points) == 3 * 3 + 2
    assert len(hollow(points)) == 3
    # Intervals, and the ticks of chance, which are drawn as narrow rectangles.
    assert len(scene.of("rule")) == 3 * 3
    assert len(scene.of("rect")) == 3
    assert scene.width <= width
