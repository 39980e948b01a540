"""Points that move more than the average: figure 9."""

from collections.abc import Mapping

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.points.above import above_grid, common_points
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.distances import people
from lakehouse.report.tables.facts import Need

_NEEDS = (Need.PARTICIPANTS, Need.EXPRESSIONS)
_MOST_NAMED = 5


def _grid_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["point_distances"]
    masks = (
        table.group_by("expression", "supervised", maintain_order=True)
        .agg(pl.col("above_average").sum().alias("above"))
        .sort("above", descending=True, maintain_order=True)
    )
    most, least = masks.row(0, named=True), masks.row(-1, named=True)
    return {
        "n": people(table, words),
        "masks": words.count(len(masks)),
        "points": words.count(table["point"].n_unique()),
        "most": words.count(most["above"]),
        "most_mask": words.mask(most["expression"], most["supervised"]),
        "least": words.count(least["above"]),
        "least_mask": words.mask(least["expression"], least["supervised"]),
    }


def _common_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["points_common"]
    common = table.filter(pl.col("masks_above") == pl.col("masks")).sort(
        ["mean_distance", "point"], descending=[True, False]
    )
    named = [words.point(point) for point in common["point"].head(_MOST_NAMED)]
    return {
        "n": people(table, words),
        "common": words.count(len(common)),
        "masks": words.count(int(table["masks"].max() or 0)),  # type: ignore[arg-type]
        "points": words.count(len(table)),
        "never": words.count(len(table.filter(pl.col("masks_above") == 0))),
        "named": "; ".join(named) or "–",
    }


POINTS = Section(
    "points",
    (
        Figure(
            "points_above",
            tables=("point_distances", "point_places", "mesh"),
            draw=above_grid,
            numbers=_grid_numbers,
            unit="aligned_px",
            needs=_NEEDS,
            paper=("9",),
            controls=("point",),
        ),
        Figure(
            "points_common",
            tables=("points_common", "point_distances", "point_places", "mesh"),
            draw=common_points,
            numbers=_common_numbers,
            unit="masks",
            needs=_NEEDS,
            paper=("9",),
            controls=("point",),
            readout=("point",),
        ),
    ),
)
