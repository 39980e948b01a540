"""How far points and participants move: figures 16 and 17."""

from collections.abc import Mapping

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.points.distances import participant_histograms, point_curves
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Listing, Section
from lakehouse.report.tables.facts import Need

_NEEDS = (Need.PARTICIPANTS, Need.EXPRESSIONS)


def people(frame: pl.DataFrame, words: Words) -> str:
    """Write how many participants rows have: one number, or the least and the most."""
    low, high = frame["participants"].min(), frame["participants"].max()
    if low == high:
        return words.count(low)  # type: ignore[arg-type]
    return words("people.range", low=words.count(low), high=words.count(high))  # type: ignore[arg-type]


def _masks(frames: Frames) -> pl.DataFrame:
    return frames["mask_distances"].sort("mean_distance", descending=True, nulls_last=True)


def _mask(row: Mapping[str, object], words: Words) -> str:
    return words.mask(str(row["expression"]), bool(row["supervised"]))


def _curve_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    masks = _masks(frames)
    most, least = masks.row(0, named=True), masks.row(-1, named=True)
    farthest = (
        frames["point_distances"]
        .sort("mean_distance", descending=True, nulls_last=True)
        .row(0, named=True)
    )
    return {
        "n": people(masks, words),
        "masks": words.count(len(masks)),
        "points": words.count(frames["point_distances"]["point"].n_unique()),
        "most": words.number(most["mean_distance"], 1),
        "most_mask": _mask(most, words),
        "most_above": words.count(most["points_above_average"]),
        "least": words.number(least["mean_distance"], 1),
        "least_mask": _mask(least, words),
        "farthest": words.number(farthest["mean_distance"], 1),
        "farthest_point": words.point(farthest["point"]),
        "farthest_mask": _mask(farthest, words),
    }


def _histogram_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    masks = frames["mask_distances"].sort("mean_of_common_points", descending=True, nulls_last=True)
    most, least = masks.row(0, named=True), masks.row(-1, named=True)
    bins = frames["distance_histograms"]
    width = bins["high"][0] - bins["low"][0]
    return {
        "n": people(masks, words),
        "width": words.number(width, 1),
        "most": words.number(most["mean_of_common_points"], 1),
        "most_mask": _mask(most, words),
        "most_middle": words.interval(most["lower_quartile"], most["upper_quartile"], 1),
        "least": words.number(least["mean_of_common_points"], 1),
        "least_mask": _mask(least, words),
        "highest": words.number(bins["high"].max(), 0),  # type: ignore[arg-type]
    }


def _listing_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    return {"n": people(frames["mask_distances"], words)}


DISTANCES = Section(
    "distances",
    (
        Figure(
            "point_distances",
            tables=("point_distances", "mask_distances", "point_places"),
            draw=point_curves,
            numbers=_curve_numbers,
            unit="aligned_px",
            needs=_NEEDS,
            paper=("16", "17"),
            controls=("point",),
        ),
        Figure(
            "participant_distances",
            tables=("distance_histograms", "mask_distances"),
            draw=participant_histograms,
            numbers=_histogram_numbers,
            unit="aligned_px",
            needs=_NEEDS,
            paper=("17",),
        ),
        Listing(
            "mask_distances",
            table="mask_distances",
            columns=(
                "expression",
                "supervised",
                "mean_distance",
                "points_above_average",
                "mean_of_common_points",
                "lower_quartile",
                "upper_quartile",
                "participants",
            ),
            numbers=_listing_numbers,
            needs=_NEEDS,
            paper=("17",),
        ),
    ),
)
