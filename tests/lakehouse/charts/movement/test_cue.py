"""The cue's effects on parts of the face."""

from itertools import product

import polars as pl
import pytest

from lakehouse.charts.movement.cue import cue_groups
from tests.lakehouse.charts.movement.frames import CHOSEN, EXPRESSIONS, PARTS
from tests.lakehouse.charts.scene import Scene, drawing

pytestmark = pytest.mark.slow


def effects(**columns: list[float | None]) -> pl.DataFrame:
    """Four effects: of the whole face, then of a group, in two expressions."""
    values = {
        "mean_difference": [2.0, -4.0, 6.0, 0.5],
        "noise_difference": [None, None, 1.0, 1.0],
        "cohen_dz": [0.2, -0.4, 0.6, 0.05],
        "t_q": [0.04, 0.001, 0.2, 0.05],
    }
    rows = list(product(PARTS, EXPRESSIONS))
    frame = pl.DataFrame(
        {
            "part": [part for part, _ in rows],
            "expression": [expression for _, expression in rows],
            **values,
            **columns,
        },
        schema_overrides=dict.fromkeys(columns, pl.Float64),
    )
    ends = {"difference": "mean_difference", "dz": "cohen_dz"}
    frame = frame.with_columns(
        (pl.col(value) + sign).alias(f"{name}_{end}")
        for name, value in ends.items()
        for end, sign in (("low", -1), ("high", 1))
    )
    shared = ("mean_difference", "difference_low", "difference_high", "cohen_dz", "dz_low")
    return frame.with_columns(
        pl.col(name).fill_null(1.0).alias(f"paper_{name}") for name in (*shared, "dz_high")
    )


@pytest.mark.parametrize("width", [1080, 348])
def test_both_comparisons_of_every_effect_are_drawn_in_pixels_and_deviations(width: int) -> None:
    frames = {"cue_groups": effects()}

    scene = Scene(cue_groups(frames, drawing(width, CHOSEN)), frames)

    # The key has three marks besides the star; what is chosen is outlined in both.
    assert len(scene.of("symbol")) == 2 * (4 + 4 + 1) + 3
    # Two effects are found, in both units, and the key explains the star.
    assert scene.texts.count("*") == 2 * 2 + 1
    assert scene.width <= width


def test_effects_to_the_right_of_zero_are_those_with_more_movement() -> None:
    frames = {"cue_groups": effects()}
    [_, place] = [
        [mark["x"] for mark in scene.of("symbol") if mark.get("size") == 50]
        for scene in [Scene(cue_groups(frames, drawing(1080, CHOSEN)), frames)] * 2
    ]

    # Each panel is of one expression, with the whole face above the group.
    assert place[0] < place[1]
    assert place[2] < place[3]


def test_noise_is_shown_where_it_is_known() -> None:
    def bars(frame: pl.DataFrame) -> list[float]:
        frames = {"cue_groups": frame}
        scene = Scene(cue_groups(frames, drawing(1080, CHOSEN)), frames)
        return [bar["width"] for bar in scene.of("rect") if bar.get("width")]

    narrow = bars(effects())
    wide = bars(effects(noise_difference=[None, None, 2.0, 2.0]))

    assert len(narrow) == 2
    assert wide == pytest.approx([2 * width for width in narrow])


def test_without_an_own_neutral_face_the_papers_way_remains() -> None:
    nothing: list[float | None] = [None] * 4
    frames = {"cue_groups": effects(mean_difference=nothing, cohen_dz=nothing, t_q=nothing)}

    scene = Scene(cue_groups(frames, drawing(1080, CHOSEN)), frames)

    assert len(scene.of("symbol")) == 2 * 4 + 3
    assert scene.texts.count("*") == 1
