"""How far faces move, beside how far they would seem to by noise alone."""

from collections.abc import Mapping

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.movement.noise import noise_faces, noise_groups
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.numbers import (
    besides,
    least_and_most,
    named_part,
    people,
    row_of,
)
from lakehouse.report.tables.facts import Need

_WEAK = 2
"""Times the noise below which a movement is called weak."""
_NEEDS = (Need.PARTICIPANTS, Need.EXPRESSIONS, Need.REPEATED, Need.STATISTICS)


def _groups_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    noise = frames["noise_groups"]
    least, most = (row_of(noise, sign * pl.col("over_noise")) for sign in (1, -1))
    posture = noise.filter(
        (pl.col("mean_distance") <= pl.col("neutral_distance"))
        # Of the neutral face with a cue, the two are the same distance.
        & ~(pl.col("mean_distance") == pl.col("neutral_distance"))
    )
    line = (
        words("figures.noise_groups.line", count=words.count(len(posture)))
        if noise["neutral_distance"].count()
        else ""
    )
    return {
        **people(noise, "participants", words),
        "line": f" {line}" if line else "",
        "parts": words.count(noise["part"].n_unique()),
        "masks": words.count(noise.select("expression", "supervised").n_unique()),
        "ratios": words.count(noise["over_noise"].count()),
        "weak": words.count(len(noise.filter(pl.col("over_noise") < _WEAK))),
        "unknown": besides(noise["over_noise"].null_count(), "figures.noise_groups.unknown", words),
        "least": words.number(least.get("over_noise"), 1),
        "least_where": named_part(least, words),
        "most": words.number(most.get("over_noise"), 1),
        "most_where": named_part(most, words),
    }


def _points_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    noise = frames["noise_points"]
    ratios = noise["over_noise"].drop_nulls()
    least, most = least_and_most(ratios.to_list())
    return {
        **people(noise, "participants", words),
        "least": words.number(least, 1),
        "most": words.number(most, 1),
        "weak": words.count(sum(ratio < _WEAK for ratio in ratios)),
        "ratios": words.count(len(ratios)),
        "unknown": besides(noise["over_noise"].null_count(), "figures.noise_points.unknown", words),
    }


NOISE = Section(
    "noise",
    (
        Figure(
            "noise_groups",
            tables=("noise_groups",),
            draw=noise_groups,
            numbers=_groups_numbers,
            unit="aligned_px",
            needs=_NEEDS,
            controls=("expression", "supervised", "part"),
            readout=("expression", "supervised", "part"),
        ),
        Figure(
            "noise_points",
            tables=("noise_points", "point_places", "mesh"),
            draw=noise_faces,
            numbers=_points_numbers,
            unit="ratio",
            needs=_NEEDS,
            controls=("expression",),
        ),
    ),
)
