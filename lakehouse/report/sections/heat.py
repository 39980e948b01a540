"""Where faces move: heat maps, figures 11 and 16, and every point of them."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from lakehouse.charts.displacements import FARTHEST, chosen_point, exaggeration, farthest_points
from lakehouse.charts.drawing import Frames
from lakehouse.charts.heat import heat_grid
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.masks import people as _people
from lakehouse.report.tables.facts import Need

_NEEDS = (Need.PARTICIPANTS, Need.EXPRESSIONS)


def _heat_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    heat = frames["heat"]
    moving = heat.drop_nulls("mean_distance")
    most = _farthest(heat)
    return {
        "n": _people(frames["mask_people"], words),
        "neutral": words("figures.heat.neutral") if len(moving) < len(heat) else "",
        "masks": words.count(moving.select("expression", "supervised").n_unique()),
        "most": words.number(most["mean_distance"], 1),
        "mask": words.mask(most["expression"], most["supervised"]),
    }


def _point_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    distances = frames["point_movements"]
    most = _farthest(distances)
    return {
        "n": _people(distances, words),
        "point": f"{most['point']} ({words.labels.points[most['point']]})",
        "most": words.number(most["mean_distance"], 1),
        "sd": words.number(most["sd_distance"], 1),
        "mask": words.mask(most["expression"], most["supervised"]),
    }


def _farthest_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    distances = frames["point_movements"]
    times = exaggeration(distances)
    return {
        **_point_numbers(frames, words),
        "times": words("figures.farthest_points.true_length")
        if times == 1
        else words("figures.farthest_points.times", times=words.count(times)),
        "count": words.count(FARTHEST),
        "undirected": words.count(distances["dx"].null_count()),
        "all": words.count(len(distances)),
    }


def _farthest(frame: pl.DataFrame) -> dict[str, Any]:
    return frame.sort("mean_distance", descending=True, nulls_last=True).row(0, named=True)


HEAT = Section(
    "heat",
    (
        Figure(
            "heat",
            tables=("heat", "mesh", "mask_people"),
            draw=heat_grid,
            numbers=_heat_numbers,
            unit="aligned_px",
            needs=_NEEDS,
            paper=("11", "16"),
        ),
        Figure(
            "point",
            tables=("point_movements", "point_places", "heat", "mesh"),
            draw=chosen_point,
            numbers=_point_numbers,
            unit="aligned_px",
            needs=_NEEDS,
            paper=("16",),
            controls=("expression", "supervised", "point"),
            readout=("expression", "supervised", "point"),
        ),
        Figure(
            "farthest_points",
            tables=("point_movements", "point_places", "mesh"),
            draw=farthest_points,
            numbers=_farthest_numbers,
            unit="aligned_px",
            needs=_NEEDS,
            controls=("expression", "supervised"),
        ),
    ),
)
