"""What a correlation can reach at most."""

import math

import polars as pl
import pytest

from lakehouse.charts.movement.attenuation import attenuation
from tests.lakehouse.charts.scene import Scene, drawing


@pytest.mark.parametrize("width", [1080, 348])
def test_features_lie_at_the_root_of_their_reliability(width: int) -> None:
    frames = {
        "feature_reliability": pl.DataFrame(
            {
                "expression": ["happiness"] * 4,
                "supervised": [False, False, True, True],
                "part": ["a", "b", "c", "d"],
                "reliability": [0.25, 1.2, -0.3, None],
            }
        )
    }

    scene = Scene(attenuation(frames, drawing(width)), frames)

    # The first two marks are of the key; what has no reliability above 0 has no limit.
    marks = [(mark["x"], mark["y"]) for mark in scene.of("symbol")[2:]]
    (across, down), (right, top) = sorted(marks)
    assert across / right == pytest.approx(0.25)
    height = down / (1 - math.sqrt(0.25))
    assert top == pytest.approx(0)
    assert height > 100
    assert scene.width <= width
