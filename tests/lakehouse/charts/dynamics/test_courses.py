"""Time courses: a panel for each mask, people behind the mean, and a scale for each part."""

import polars as pl
import pytest

from lakehouse.charts.dynamics.courses import time_courses
from tests.lakehouse.charts.dynamics.rows import MASKS, TIMES, courses, drawing
from tests.lakehouse.charts.themed import seen


@pytest.mark.slow
@pytest.mark.parametrize("width", [1080, 348])
def test_each_mask_has_a_panel_with_mean_people_and_marks(width: int) -> None:
    frames = courses()

    scene = seen(time_courses(frames, drawing(width, moving_part="regions_4")), frames)

    lines = scene.of("line")
    # In each panel the mean and two people's, drawn once to be seen and once to be pointed at.
    assert len(lines) == len(TIMES) * len(MASKS) * 2 * (1 + 2)
    assert len(scene.of("area")) == len(TIMES) * len(MASKS)
    diamonds = [each for each in scene.of("symbol") if each.get("shape") == "diamond"]
    assert len(diamonds) == len(MASKS) + 1
    assert {"happiness, with cue", "happiness, without cue", "after the onset (s)"} <= set(
        scene.texts
    )
    assert scene.width <= width


@pytest.mark.slow
def test_the_scale_is_that_of_the_chosen_part() -> None:
    frames = courses()

    chart = time_courses(frames, drawing(moving_part="regions_4"))

    assert "20" in seen(chart, frames).texts
    assert "20" not in seen(time_courses(frames, drawing(moving_part="face_0")), frames).texts


def test_a_person_who_is_pointed_at_is_followed_through_all_panels() -> None:
    chart = time_courses(courses(), drawing(moving_part="face_0")).to_dict(validate=False)

    [pointed] = [each for each in chart["params"] if each["name"] == "pointed"]
    assert pointed["select"]["fields"] == ["person"]
    assert len(pointed["views"]) == len(MASKS)
    panels = chart["vconcat"][1]["concat"]
    names = [layer["name"] for panel in panels for layer in panel["layer"] if "name" in layer]
    assert names == pointed["views"]


@pytest.mark.slow
def test_without_single_people_the_means_are_drawn_alone() -> None:
    frames = courses()
    frames["time_course_people"] = frames["time_course_people"].clear()

    chart = time_courses(frames, drawing(moving_part="face_0"))

    scene = seen(chart, frames)
    assert len(scene.of("line")) == len(TIMES) * len(MASKS) * 2
    assert not any("point at a line" in text for text in scene.texts)
    assert [each["name"] for each in chart.to_dict(validate=False)["params"]] == ["moving_part"]


@pytest.mark.slow
def test_one_participant_has_no_interval() -> None:
    frames = courses(people=1)

    scene = seen(time_courses(frames, drawing(moving_part="face_0")), frames)

    assert not any("interval" in text for text in scene.texts)


def test_of_one_condition_panels_are_called_by_the_expression_alone() -> None:
    frames = {name: frame.filter(~pl.col("supervised")) for name, frame in courses().items()}

    scene = seen(time_courses(frames, drawing(moving_part="face_0")), frames)

    assert "happiness" in scene.texts
    assert "happiness, without cue" not in scene.texts
