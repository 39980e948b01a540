"""Muscles and action units."""

from collections.abc import Mapping

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.points.muscles import (
    muscle_group_name,
    muscle_groups,
    muscle_heat,
    muscle_regions,
    unit_heat,
)
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.distances import people
from lakehouse.report.tables.facts import Need

_NEEDS = (Need.PARTICIPANTS, Need.EXPRESSIONS)


def _region_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["muscle_points"]
    over = table.group_by("point").len()
    groups = table["muscle_group"].unique(maintain_order=True)
    return {
        "muscles": words.count(table["muscle"].n_unique()),
        "groups": words.count(len(groups)),
        "group_names": words.listed([muscle_group_name(words, code) for code in groups]),
        "points": words.count(len(over)),
        "several": words.count(len(over.filter(pl.col("len") > 1))),
    }


def _extremes(table: pl.DataFrame) -> tuple[dict[str, object], dict[str, object]]:
    ordered = table.sort("mean_distance", descending=True, nulls_last=True)
    return ordered.row(0, named=True), ordered.row(-1, named=True)


def _mask(row: Mapping[str, object], words: Words) -> str:
    return words.mask(str(row["expression"]), bool(row["supervised"]))


def _group_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["muscle_group_means"]
    most, least = _extremes(table)
    return {
        "n": people(table, words),
        "most": words.number(most["mean_distance"], 1),  # type: ignore[arg-type]
        "most_group": muscle_group_name(words, str(most["muscle_group"])),
        "most_mask": _mask(most, words),
        "most_middle": words.interval(most["lower_quartile"], most["upper_quartile"], 1),  # type: ignore[arg-type]
        "least": words.number(least["mean_distance"], 1),  # type: ignore[arg-type]
        "least_group": muscle_group_name(words, str(least["muscle_group"])),
        "least_mask": _mask(least, words),
    }


def _heat_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["muscle_means"]
    most, least = _extremes(table)
    return {
        "n": people(table, words),
        "muscles": words.count(table["muscle"].n_unique()),
        "masks": words.count(table.select("expression", "supervised").n_unique()),
        "most": words.number(most["mean_distance"], 1),  # type: ignore[arg-type]
        "most_muscle": words.muscle(str(most["muscle"])),
        "most_mask": _mask(most, words),
        "least": words.number(least["mean_distance"], 1),  # type: ignore[arg-type]
        "least_muscle": words.muscle(str(least["muscle"])),
        "least_mask": _mask(least, words),
    }


def _unit_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["action_unit_scores"]
    ordered = table.sort("change", descending=True, nulls_last=True)

    def said(place: int) -> dict[str, str]:
        row = ordered.row(place, named=True)
        return {
            "change": words.number(row["change"]),
            "unit": f"{row['action_unit']} ({row[words.column('label')]})",
            "mask": _mask(row, words),
        }

    return {
        "n": people(table, words),
        "units": words.count(table["action_unit"].n_unique()),
        **{f"most_{key}": value for key, value in said(0).items()},
        **{f"least_{key}": value for key, value in said(-1).items()},
    }


MUSCLES = Section(
    "muscles",
    (
        Figure(
            "muscle_regions",
            tables=("muscle_points", "point_places", "mesh"),
            draw=muscle_regions,
            numbers=_region_numbers,
            unit="points",
            needs=_NEEDS,
        ),
        Figure(
            "muscle_groups",
            tables=("muscle_group_means",),
            draw=muscle_groups,
            numbers=_group_numbers,
            unit="aligned_px",
            needs=_NEEDS,
        ),
        Figure(
            "muscle_distances",
            tables=("muscle_means",),
            draw=muscle_heat,
            numbers=_heat_numbers,
            unit="aligned_px",
            needs=_NEEDS,
        ),
        Figure(
            "action_units",
            tables=("action_unit_scores",),
            draw=unit_heat,
            numbers=_unit_numbers,
            unit="score",
            needs=(*_NEEDS, Need.OWN_NEUTRAL),
        ),
    ),
)
