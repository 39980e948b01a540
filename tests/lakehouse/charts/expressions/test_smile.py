"""Eyes and mouth: points, groups and lines of the side that is chosen."""

from itertools import product
from typing import Any

import polars as pl
import pytest

from lakehouse.charts.expressions.smile import SIDES, coactivations, smile_residuals, smiles
from tests.lakehouse.charts.scene import drawing
from tests.lakehouse.charts.themed import seen

CONDITIONS = ("unsupervised", "supervised")
KEYS: list[dict[str, Any]] = [
    {"condition": each, "side": side} for each, side in product(CONDITIONS, SIDES)
]


def table(*values: dict[str, float]) -> pl.DataFrame:
    return pl.DataFrame([key | value for key, value in product(KEYS, values)])


COACTIVATION = table(
    {
        **{"n": 30, "spearman_r": 0.5, "spearman_low": 0.2, "spearman_high": 0.7},
        **{"slope": 0.001, "slope_low": 0.0005, "slope_high": 0.0015},
    }
)
STEPS = table(
    {
        **{"participants": 10, "corner_rise": 20.0, "eye_narrowing": 0.05},
        **{"quarter": 0.02, "three_quarters": 0.08},
    }
)
LINES = table(
    *(
        {
            "corner_rise": x,
            "eye_narrowing": 0.001 * x,
            "with_slope_low": 0.0005 * x,
            "with_slope_high": 0.0015 * x,
        }
        for x in (0.0, 40.0)
    )
)
PEOPLE = table(
    {"corner_rise": 10.0, "eye_narrowing": 0.04}, {"corner_rise": 30.0, "eye_narrowing": 0.06}
)
FRAMES = {
    "smile_steps": STEPS,
    "smile": PEOPLE,
    "smile_lines": LINES,
    "coactivation": COACTIVATION,
}


@pytest.mark.parametrize("width", [1080, 348])
def test_only_the_side_that_is_chosen_is_drawn(width: int) -> None:
    scene = seen(smiles(FRAMES, drawing(width, {"side": "left"})), FRAMES)

    # In each of two panels two people and a group's mean.
    assert len(scene.of("symbol")) == 2 * (2 + 1)
    assert len(scene.of("line")) == 2 * 2
    assert scene.texts.count("ρ = 0.50 [0.20, 0.70], 0.10% per px, n = 30") == 2
    assert scene.width <= width


def test_without_people_groups_and_lines_remain() -> None:
    frames = FRAMES | {"smile": PEOPLE.clear()}

    scene = seen(smiles(frames, drawing(chosen={"side": "mean"})), frames)

    assert len(scene.of("symbol")) == 2
    assert len(scene.of("line")) == 2 * 2


def test_what_could_not_be_estimated_is_not_drawn() -> None:
    nothing = COACTIVATION.with_columns(
        pl.lit(None, dtype=pl.Float64).alias(name) for name in ("slope", "slope_low", "slope_high")
    )
    frames = FRAMES | {"smile_lines": LINES.clear(), "coactivation": nothing}

    scene = seen(smiles(frames, drawing(chosen={"side": "mean"})), frames)
    assert scene.of("line") == []
    assert "ρ = 0.50 [0.20, 0.70], – per px, n = 30" in scene.texts

    scene = seen(coactivations(frames, drawing()), frames)
    assert not any("per aligned px" in text for text in scene.texts)
    assert len(scene.of("symbol")) == 2 * 4 + 2


@pytest.mark.parametrize("width", [1080, 348])
def test_coefficients_of_every_side_stand_in_two_panels(width: int) -> None:
    frames = {"coactivation": COACTIVATION}

    scene = seen(coactivations(frames, drawing(width)), frames)

    assert len(scene.of("symbol")) == 2 * 2 * 4 + 2
    # An interval for each, and zero once in each panel.
    assert len(scene.of("rule")) == 2 * 2 * 4 + 2
    assert scene.width <= width


def test_residuals_are_bars_with_what_a_normal_distribution_would_have() -> None:
    frames = {
        "smile_residuals": table(
            {"residual_low": -0.5, "residual_high": 0.0, "participants": 4, "normal": 3.5},
            {"residual_low": 0.0, "residual_high": 0.5, "participants": 8, "normal": 3.5},
        )
    }

    scene = seen(smile_residuals(frames, drawing(chosen={"side": "mean"})), frames)

    bars = scene.of("rect")
    assert len(bars) == 2 * 2
    assert bars[1]["height"] == pytest.approx(2 * bars[0]["height"])
    assert len(scene.of("rule")) == 2 * 2
