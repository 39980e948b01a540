"""Latencies, sides and synchrony: what of which group, pair and condition is drawn."""

import polars as pl
import pytest

from lakehouse.charts.dynamics.latencies import latencies
from lakehouse.charts.dynamics.sides import side_asymmetry
from lakehouse.charts.dynamics.synchrony import synchrony
from tests.lakehouse.charts.dynamics.rows import MASKS, PARTS, drawing, masks
from tests.lakehouse.charts.themed import seen

WIDTHS = pytest.mark.parametrize("width", [1080, 348])


@pytest.mark.slow
@WIDTHS
def test_latency_amplitude_and_share_are_of_the_chosen_part(width: int) -> None:
    rows = [
        mask
        | {
            **{"trials": 24, "responded": 12, "responded_share": 0.5},
            **{"participants": 12, "latencies": 11},
            **{"mean_latency_s": 0.4, "latency_low": 0.3, "latency_high": 0.5},
            **{"mean_amplitude": far, "amplitude_low": far - 1, "amplitude_high": far + 1},
        }
        for part, far in (("face_0", 5.0), ("regions_4", 20.0))
        for mask in masks(moving_part=part)
    ]
    frames = {"latencies": pl.DataFrame(rows)}

    scene = seen(latencies(frames, drawing(width, moving_part="face_0")), frames)

    # A mark of each mask in three panels, and two in the key.
    assert len(scene.of("symbol")) == 3 * len(MASKS) + 2
    # Intervals in two panels, and zero once in each.
    assert len(scene.of("rule")) == 2 * len(MASKS) + 3
    assert {"half of the rise after the onset (s)", "trials that responded"} <= set(scene.texts)
    assert scene.width <= width


@WIDTHS
def test_sides_have_a_panel_for_each_pair_around_zero(width: int) -> None:
    rows = [
        mask
        | {
            **{"participants": 12, "amplitude_left": 6.0, "amplitude_right": 5.0},
            **{"mean_asymmetry": 0.1, "asymmetry_low": None, "asymmetry_high": None},
        }
        for pair in ("mouth", "brow")
        for mask in masks(pair=pair)
    ]
    shape = {"asymmetry_low": pl.Float64, "asymmetry_high": pl.Float64}
    frames = {"side_asymmetry": pl.DataFrame(rows, schema_overrides=shape)}

    scene = seen(side_asymmetry(frames, drawing(width)), frames)

    assert {"mouth", "eyebrows", "−0.10", "0.10"} <= set(scene.texts)
    assert len(scene.of("symbol")) == 2 * len(MASKS) + 2
    assert scene.width <= width


@WIDTHS
def test_what_moves_together_is_a_matrix_of_each_mask(width: int) -> None:
    pairs = [("regions_0", "regions_4"), ("regions_0", "face_0"), ("face_0", "regions_4")]
    rows = [
        mask | {"participants": 9, "r_zero": 0.5, "r_max": 0.6, "lag_s": 0.05}
        for a, b in pairs
        for mask in masks(group_a=a, group_b=b)
    ]
    frames = {"synchrony": pl.DataFrame(rows)}

    scene = seen(synchrony(frames, drawing(width)), frames)

    assert len(scene.of("rect")) == len(MASKS) * len(pairs)
    assert {*PARTS.values(), "happiness, with cue"} <= set(scene.texts)
    assert scene.width <= width
