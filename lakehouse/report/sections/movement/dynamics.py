"""Movement in time: courses, latencies, sides of the face, and what moves together."""

from collections.abc import Mapping

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.dynamics.courses import time_courses
from lakehouse.charts.dynamics.latencies import latencies
from lakehouse.charts.dynamics.sides import side_asymmetry
from lakehouse.charts.dynamics.synchrony import synchrony
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.movement.strips import FRAME_STRIPS
from lakehouse.report.sections.numbers import Row, people, row_of
from lakehouse.report.tables.facts import Need

_NEEDS = (Need.VIDEOS, Need.TRIALS)
_FACE = "face_0"


def _courses_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    courses, shown = frames["time_courses"], frames["time_course_people"]
    most = max(courses["participants"], default=0)
    lines = shown["person"].n_unique() if len(shown) else 0
    farthest = row_of(courses.filter(pl.col("moving_part") == _FACE), -pl.col("mean_level"))
    said = words("figures.time_courses.lines", lines=words.count(lines))
    return {
        "n": words.count(most),
        "masks": words.count(courses.select("expression", "supervised").n_unique()),
        "trials": words.count(_trials(courses)),
        "lines": f" {said}" if lines else "",
        "farthest": words.number(farthest.get("mean_level"), 1),
        "when": words.number(farthest.get("time_s")),
        "where": _mask(farthest, words),
    }


def _trials(courses: pl.DataFrame) -> int:
    """Count the trials, of each mask those that most times have."""
    of_face = courses.filter(pl.col("moving_part") == _FACE)
    most = of_face.group_by("expression", "supervised").agg(pl.col("trials").max())
    return int(most["trials"].sum())


def _mask(row: Row, words: Words) -> str:
    return words.mask(row["expression"], row["supervised"]) if row else "–"


def _latencies_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    face = frames["latencies"].filter(pl.col("moving_part") == _FACE)
    soonest, latest = (row_of(face, sign * pl.col("mean_latency_s")) for sign in (1, -1))
    return {
        **people(face, "participants", words),
        "trials": words.count(int(face["trials"].sum())),
        "responded": words.count(int(face["responded"].sum())),
        "soonest": words.number(soonest.get("mean_latency_s")),
        "soonest_where": _mask(soonest, words),
        "latest": words.number(latest.get("mean_latency_s")),
        "latest_where": _mask(latest, words),
    }


def _sides_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    sides = frames["side_asymmetry"]
    largest = row_of(sides, -pl.col("mean_asymmetry").abs())
    where = f"{_mask(largest, words)}, {words.value('pair', largest['pair'])}" if largest else "–"
    return {
        **people(sides, "participants", words),
        "largest": words.number(largest.get("mean_asymmetry")),
        "where": where,
    }


def _synchrony_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    pairs = frames["synchrony"]
    highest, lowest = (row_of(pairs, sign * pl.col("r_zero")) for sign in (-1, 1))

    def where(row: Row) -> str:
        parts = words.labels.moving_parts
        both = [parts.get(row[name], row[name]) for name in ("group_a", "group_b")] if row else []
        return f"{_mask(row, words)}: {words.listed(both)}" if row else "–"

    return {
        **people(pairs, "participants", words),
        "highest": words.number(highest.get("r_zero")),
        "highest_where": where(highest),
        "lowest": words.number(lowest.get("r_zero")),
        "lowest_where": where(lowest),
    }


DYNAMICS = Section(
    "dynamics",
    (
        Figure(
            "time_courses",
            tables=("time_courses", "time_course_marks", "time_course_people"),
            draw=time_courses,
            numbers=_courses_numbers,
            unit="aligned_px",
            needs=_NEEDS,
            controls=("moving_part",),
        ),
        FRAME_STRIPS,
        Figure(
            "latencies",
            tables=("latencies",),
            draw=latencies,
            numbers=_latencies_numbers,
            unit="dynamics",
            needs=_NEEDS,
            controls=("moving_part",),
        ),
        Figure(
            "side_asymmetry",
            tables=("side_asymmetry",),
            draw=side_asymmetry,
            numbers=_sides_numbers,
            unit="asymmetry",
            needs=_NEEDS,
        ),
        Figure(
            "synchrony",
            tables=("synchrony",),
            draw=synchrony,
            numbers=_synchrony_numbers,
            unit="r",
            needs=_NEEDS,
        ),
    ),
    needs=_NEEDS,
)
