"""What the cue changes: by part of the face, on the face, and the evidence for and against."""

import math
from collections.abc import Mapping

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.movement.cue import cue_groups
from lakehouse.charts.movement.cue_faces import cue_faces
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Listing, Section
from lakehouse.report.sections.numbers import named_part, people, row_of
from lakehouse.report.tables.facts import Need

_LEVEL = 0.05
_CUE = (Need.PARTICIPANTS, Need.EXPRESSIONS, Need.CUE)


def _groups_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    effects = frames["cue_groups"]
    largest = row_of(effects, -pl.col("mean_difference").abs())
    within = effects.filter(pl.col("over_noise").abs() <= 1)
    return {
        **people(effects, "n", words),
        "parts": words.count(effects["part"].n_unique()),
        "expressions": words.count(effects["expression"].n_unique()),
        "tests": words.count(effects["t_q"].count()),
        "found": words.count(len(effects.filter(pl.col("t_q") < _LEVEL))),
        "paper_found": words.count(len(effects.filter(pl.col("paper_t_q") < _LEVEL))),
        "largest": words.number(largest.get("mean_difference"), 1),
        "interval": words.interval(
            largest.get("difference_low"), largest.get("difference_high"), 1
        ),
        "dz": words.number(largest.get("cohen_dz")),
        "where": named_part(largest, words),
        "within": words.count(len(within)),
    }


def _points_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    effects = frames["cue_points"]
    largest = row_of(effects, -pl.col("mean_difference").abs())

    def survivors(column: str) -> str:
        by = dict(
            effects.group_by("expression")
            .agg(
                # Without random flips of signs, nothing was tested.
                pl.when(pl.col(column).count() > 0).then((pl.col(column) < _LEVEL).sum())
            )
            .iter_rows()
        )
        return words.listed(
            [
                f"{words.expression(code)} {words.count(by[code])}"
                for code in words.labels.expressions
                if code in by
            ]
        )

    return {
        **people(effects, "n", words),
        "expressions": words.count(effects["expression"].n_unique()),
        "points": words.count(effects["point"].n_unique()),
        "survivors": survivors("max_t_p"),
        "paper_survivors": survivors("paper_max_t_p"),
        "largest": words.number(largest.get("mean_difference"), 1),
        "where": words.expression(largest["expression"]) if largest else "–",
    }


def _evidence_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    evidence = frames["cue_evidence"]
    logarithm = evidence["log10_bayes_factor"].drop_nulls()
    strong = sum(value >= 1 for value in logarithm)
    against = sum(value <= -math.log10(3) for value in logarithm)
    smallest = evidence["sesoi_dz"].drop_nulls().to_list()
    equivalent = len(evidence.filter(pl.col("equivalence_p") < _LEVEL))
    sesoi = (
        words(
            "listings.cue_evidence.sesoi",
            equivalent=words.count(equivalent),
            smallest=words.number(smallest[0]),
        )
        if smallest
        else words("listings.cue_evidence.no_sesoi")
    )
    most = evidence["n"].max()
    detectable = evidence.filter(pl.col("n") == most)["detectable_dz"].max()
    return {
        "rows": words.count(len(logarithm)),
        "for": words.count(strong),
        "against": words.count(against),
        "undecided": words.count(len(logarithm) - strong - against),
        "sesoi": sesoi,
        "detectable": ""
        if detectable is None
        else " "
        + words(
            "listings.cue_evidence.detectable",
            n=words.count(most),  # type: ignore[arg-type]
            dz=words.number(detectable),  # type: ignore[arg-type]
        ),
    }


CUE = Section(
    "cue",
    (
        Figure(
            "cue_groups",
            tables=("cue_groups",),
            draw=cue_groups,
            numbers=_groups_numbers,
            unit="aligned_px",
            needs=_CUE,
            controls=("expression", "part"),
            readout=("expression", "part"),
        ),
        Figure(
            "cue_points",
            tables=("cue_points", "point_places", "mesh"),
            draw=cue_faces,
            numbers=_points_numbers,
            unit="aligned_px",
            needs=(*_CUE, Need.STATISTICS),
        ),
        Listing(
            "cue_evidence",
            table="cue_evidence",
            columns=(
                "expression",
                "part",
                "n",
                "cohen_dz",
                "log10_bayes_factor",
                "equivalence_p",
                "detectable_dz",
            ),
            numbers=_evidence_numbers,
            needs=(*_CUE, Need.STATISTICS),
        ),
    ),
)
