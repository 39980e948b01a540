"""Literal tables of movement in time, of an expression with and without cue."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from lakehouse.charts.drawing import Choice, Drawing
from lakehouse.charts.words import Labels, Words
from lakehouse.report.texts.read import texts
from tests.lakehouse.charts.scene import EXPRESSIONS

PARTS = {"face_0": "whole face", "regions_0": "eyebrows", "regions_4": "mouth"}
TIMES = (-0.5, 0.0, 0.5, 1.0)
MASKS = [("happiness", False), ("happiness", True)]


def drawing(width: int = 1080, language: str = "en", **chosen: Choice) -> Drawing:
    """Give what charts of it are drawn with."""
    labels = Labels(expressions=EXPRESSIONS, moving_parts=PARTS)
    return Drawing(Words("en", texts(language), labels), width, chosen)


def masks(**columns: Any) -> Iterator[dict[str, Any]]:
    """Give a row of each mask."""
    for expression, supervised in MASKS:
        yield {"expression": expression, "supervised": supervised, **columns}


def courses(people: int = 2) -> dict[str, pl.DataFrame]:
    """Give the tables of time courses, in which the mouth moves ten times as far as the face."""
    means, marks, single = [], [], []
    for part, times in (("face_0", 1.0), ("regions_4", 10.0)):
        for mask in masks(moving_part=part, participants=people):
            for at, time_s in enumerate(TIMES):
                level = at * times
                interval = {"low": level - 1, "high": level + 1} if people > 1 else {}
                means.append(
                    {"low": None, "high": None, "trials": people}
                    | mask
                    | {"time_s": time_s, "mean_level": level}
                    | interval
                )
                single += [
                    mask | {"person": person, "time_s": time_s, "level": level + person}
                    for person in range(people)
                ]
            marks += [
                mask | {"event_mark": mark, "time_s": time_s, "mean_level": times}
                for mark, time_s in (("rise_50_s", 0.3), ("apex_s", 0.9))
            ]
    shape = {"low": pl.Float64, "high": pl.Float64}
    return {
        "time_courses": pl.DataFrame(means, schema_overrides=shape),
        "time_course_marks": pl.DataFrame(marks),
        "time_course_people": pl.DataFrame(single),
    }
