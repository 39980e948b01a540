"""Eyes and mouth in happiness."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.expressions.smile import coactivations, smile_residuals, smiles
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.tables.facts import Need

_BOTH: Final = "both"
_NEEDS: Final = (Need.PARTICIPANTS, Need.EXPRESSIONS)


def _coactivation_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    coactivation = frames["coactivation"]
    adjusted = coactivation["adjusted_for"].drop_nulls().unique().sort().to_list()
    constant = [name for row in adjusted for name in row.split(", ")]
    held = [words.value("adjusted_for", name) for name in dict.fromkeys(constant)]
    return {
        "n": _n(coactivation, words),
        "ranks": _of_mean(coactivation, words, _rank),
        "slopes": _of_mean(coactivation, words, _slope),
        "held": words("figures.coactivation.held", held=words.listed(held)) if held else "",
    }


def _smile_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    known = "without_people" if frames["smile"].is_empty() else "with_people"
    steps = frames["smile_steps"].group_by("condition", "side").agg(pl.col("participants").sum())
    return {
        "n": words.count(steps["participants"].max()),  # type: ignore[arg-type]
        "people": words(f"figures.smile.{known}"),
        "ranks": _of_mean(frames["coactivation"], words, _rank),
        "slopes": _of_mean(frames["coactivation"], words, _slope),
    }


def _residual_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    rows = frames["smile_residuals"].filter(pl.col("side") == "mean")
    by_condition = rows.group_by("condition").agg(
        shown=pl.col("participants").sum(),
        far=pl.col("participants")
        .filter((pl.col("residual_low") >= 2) | (pl.col("residual_high") <= -2))
        .sum(),
        people=pl.col("all_participants").max(),
    )
    said = [
        words(
            "figures.smile_residuals.one",
            condition=words.condition(row["condition"] == "supervised"),
            far=words.count(row["far"]),
            shown=words.count(row["shown"]),
            people=words.count(row["people"]),
        )
        for row in by_condition.sort("condition", descending=True).iter_rows(named=True)
    ]
    return {"n": words.count(rows["all_participants"].max()), "far": "; ".join(said)}  # type: ignore[arg-type]


def _of_mean(coactivation: pl.DataFrame, words: Words, say: Any) -> str:
    """Say something of the mean of both sides, without the cue and with it."""
    rows = coactivation.filter((pl.col("side") == "mean") & (pl.col("condition") != _BOTH))
    said = [
        f"{say(row, words)} {words.condition(row['condition'] == 'supervised')}"
        for row in rows.sort("condition", descending=True).iter_rows(named=True)
    ]
    return ", ".join(said) or "\N{EN DASH}"


def _rank(row: Mapping[str, Any], words: Words) -> str:
    interval = words.interval(row["spearman_low"], row["spearman_high"])
    return f"{words.number(row['spearman_r'])} {interval}"


def _slope(row: Mapping[str, Any], words: Words) -> str:
    value, low, high = (
        None if row[name] is None else 100 * row[name]
        for name in ("slope", "slope_low", "slope_high")
    )
    return f"{words.number(value, 3)}\N{NO-BREAK SPACE}% {words.interval(low, high, 3)}"


def _n(coactivation: pl.DataFrame, words: Words) -> str:
    return words.count(coactivation["n"].max())  # type: ignore[arg-type]


SMILE = Section(
    "smile",
    (
        Figure(
            "coactivation",
            tables=("coactivation",),
            draw=coactivations,
            numbers=_coactivation_numbers,
            unit="coactivation",
            needs=_NEEDS,
        ),
        Figure(
            "smile",
            tables=("smile_steps", "smile", "smile_lines", "coactivation"),
            draw=smiles,
            numbers=_smile_numbers,
            unit="smile",
            needs=_NEEDS,
            controls=("side",),
        ),
        Figure(
            "smile_residuals",
            tables=("smile_residuals",),
            draw=smile_residuals,
            numbers=_residual_numbers,
            unit="smile_residuals",
            needs=_NEEDS,
            controls=("side",),
        ),
    ),
)
