"""Muscles and action units."""

import polars as pl
import pytest

from lakehouse.charts.points.muscles import (
    muscle_groups,
    muscle_heat,
    muscle_regions,
    unit_heat,
)
from tests.lakehouse.charts.points.frames import MASKS, MESH, MUSCLE_POINTS, PLACED, by_mask
from tests.lakehouse.charts.scene import Scene, drawing

MUSCLES = ["frontalis_inner", "my_own_muscle"]


@pytest.mark.parametrize("width", [1080, 348])
def test_every_muscle_has_a_face_with_its_points(width: int) -> None:
    frames = {"muscle_points": MUSCLE_POINTS, "point_places": PLACED, "mesh": MESH}

    scene = Scene(muscle_regions(frames, drawing(width)), frames)

    # On each of two faces all five points, and over them one and two.
    assert len(scene.of("symbol")) == 2 * 5 + 3
    assert "my own muscle" in " ".join(scene.texts)
    assert scene.width <= width


def test_a_muscle_of_ones_own_is_called_as_in_its_file() -> None:
    words = drawing().words

    assert words.muscle("frontalis_inner") == "frontalis, inner part"
    assert words.muscle("my_own_muscle") == "my own muscle"


@pytest.mark.parametrize("width", [1080, 348])
def test_every_muscle_and_mask_has_a_cell(width: int) -> None:
    table = by_mask("muscle", MUSCLES, "mean_distance").with_columns(sd_distance=1.0, points=3)
    frames = {"muscle_means": table}

    scene = Scene(muscle_heat(frames, drawing(width)), frames)

    cells = scene.of("rect")
    assert len(cells) == len(table)
    assert len({cell["fill"] for cell in cells if cell.get("width")}) > 3
    assert scene.width <= width


@pytest.mark.parametrize("width", [1080, 348])
def test_groups_of_muscles_have_a_dot_and_a_line_for_each_mask(width: int) -> None:
    table = by_mask("muscle_group", ["forehead", "nasal"], "mean_distance").with_columns(
        mean_distance=pl.col("mean_distance") + 3,
        lower_quartile=pl.col("mean_distance") + 2,
        upper_quartile=pl.col("mean_distance") + 5,
    )
    frames = {"muscle_group_means": table}

    scene = Scene(muscle_groups(frames, drawing(width)), frames)

    # The key has two dots of its own.
    assert len(scene.of("symbol")) - 2 == len(scene.of("rule")) == 2 * len(MASKS)
    assert {"without cue", "with cue"} <= set(scene.texts)
    assert scene.width <= width


@pytest.mark.parametrize("width", [1080, 348])
def test_action_units_have_their_names_and_a_scale_about_zero(width: int) -> None:
    table = by_mask("action_unit", ["AU01", "AU12"], "change").with_columns(
        label_en=pl.lit("a name that is far too long to stand in one line beside the cells"),
        label_pt=pl.lit("um nome"),
        score=0.5,
        sd_change=0.1,
    )
    frames = {"action_unit_scores": table}
    chart = unit_heat(frames, drawing(width))

    scene = Scene(chart, frames)

    assert chart.to_dict()["spec"]["encoding"]["color"]["scale"]["domain"] == [-3, 3]
    assert len(scene.of("rect")) == len(table)
    assert any("AU12 a name that is far too long" in text for text in scene.texts)
    assert any("beside the cells" in text for text in scene.texts)
    assert scene.width <= width
