"""Questionnaires: how they go together, and how their scores are distributed."""

import textwrap
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.correlations.pairs import FLUSH, filled, in_order, numbers
from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named
from lakehouse.charts.literals import literal
from lakehouse.charts.words import Words

PAIRS: Final = "instrument_correlations"
HISTOGRAM: Final = "score_histogram"
SCORES: Final = "score_distributions"
ENDS: Final = "score_ends"

_CELL: Final = 76
_ROW: Final = 52
_NAMES: Final = 150
"""Pixels that the questionnaires' names take beside the matrix."""


def questionnaire_matrix(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the correlation of every two questionnaires: colours below, numbers above.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `instrument_correlations`, each pair once.
    """
    words, frame = drawing.words, frames[PAIRS]
    order = in_order(
        pl.concat([frame["instrument_a"], frame["instrument_b"]]), list(words.labels.instruments)
    )
    names = _NAMES if drawing.narrow else 2 * _NAMES
    cell = min(_CELL, (drawing.width - names) // len(order))
    places = literal({code: place for place, code in enumerate(order)})
    # A pair stands in the table in the order of the alphabet, on the chart in the study's.
    swapped = f"{places}[datum.instrument_a] > {places}[datum.instrument_b]"
    short = {code: f"{place}" for place, code in enumerate(order, start=1)}
    beside = {
        code: textwrap.wrap(f"{place}  {words.instrument(code)}", names // 7)
        for code, place in short.items()
    }
    base = (
        alt.Chart()
        .transform_calculate(
            first=f"{swapped} ? datum.instrument_b : datum.instrument_a",
            second=f"{swapped} ? datum.instrument_a : datum.instrument_b",
        )
        .transform_calculate(
            first_label=label_expr(words.labels.instruments, "datum.first"),
            second_label=label_expr(words.labels.instruments, "datum.second"),
            shown=_shown(),
        )
    )
    tooltip: list[Any] = [
        alt.Tooltip("first_label:N", title=words("column.instrument")),
        alt.Tooltip("second_label:N", title=words("column.instrument")),
        *numbers(words, "spearman_r", "spearman_low", "spearman_high", "spearman_p", "spearman_q"),
        alt.Tooltip("n:Q", title=words("column.n")),
    ]

    def channels(across: str, down: str) -> dict[str, Any]:
        scale = alt.Scale(domain=order)
        return {
            "x": alt.X(f"{across}:N", title=None, scale=scale, axis=_axis(short, orient="top")),
            "y": alt.Y(f"{down}:N", title=None, scale=scale, axis=_axis(beside, labelOffset=-7)),
            "tooltip": tooltip,
        }

    colour = alt.Color(
        "spearman_r:Q",
        title=words("axis.spearman"),
        scale=alt.Scale(domain=[-1, 1], range="diverging", nice=False),
        legend=alt.Legend(orient="bottom", format=".1f", values=[-1, -0.5, 0, 0.5, 1]),
    )
    return alt.layer(
        base.transform_filter("isValid(datum.spearman_r)")
        .mark_rect(style="cell")
        .encode(color=colour, **channels("first", "second")),
        base.mark_text(style="value", dy=0 if drawing.narrow else -6).encode(
            text="shown:N", **channels("second", "first")
        ),
        *([] if drawing.narrow else [_intervals(base, words, channels("second", "first"))]),
        data=named(PAIRS),
    ).properties(width=cell * len(order), height=(60 if drawing.narrow else _ROW) * len(order))


def _intervals(base: Any, words: Words, channels: dict[str, Any]) -> Any:
    """Write the interval below each number."""
    places = {end: f'format(datum.spearman_{end}, ".2f")' for end in ("low", "high")}
    return (
        base.transform_filter("isValid(datum.spearman_low)")
        .transform_calculate(interval=filled(words, "number.interval", places))
        .mark_text(style="note", align="center", baseline="middle", dy=8)
        .encode(text="interval:N", **channels)
    )


def _shown() -> str:
    """Give the expression of a cell's number."""
    return 'isValid(datum.spearman_r) ? format(datum.spearman_r, ".2f") : "\N{MULTIPLICATION SIGN}"'


def _axis(labels: dict[str, Any], **properties: Any) -> alt.Axis:
    return alt.Axis(
        labelExpr=f"{literal(labels)}[datum.value]",
        labelAngle=0,
        labelLimit=0,
        grid=False,
        **properties,
    )


def score_histograms(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how the scores of each questionnaire are distributed.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `score_histogram`, `score_distributions` and `score_ends`.
    """
    words, frame = drawing.words, frames[HISTOGRAM]
    order = in_order(frame["instrument"], list(words.labels.instruments))
    columns = 1 if drawing.narrow else 3
    width = (drawing.width - 40) // columns - 50
    panels = [_histogram(code, frames, drawing, width) for code in order]
    return alt.concat(*panels, columns=columns)


def _histogram(code: str, frames: Frames, drawing: Drawing, width: int) -> Any:
    words = drawing.words
    of_it = f"datum.instrument === {literal(code)}"
    ranges = frames[HISTOGRAM].filter(pl.col("instrument") == code)
    low, high = ranges["range_low"][0], ranges["range_high"][0]
    x = alt.X(
        "bin_low:Q",
        title=words("axis.score"),
        scale=alt.Scale(domain=[low, high], nice=False),
    )
    bars = (
        alt.Chart(named(HISTOGRAM))
        .transform_filter(of_it)
        .mark_bar(style="cell")
        .encode(
            x=x,
            x2="bin_high:Q",
            y2=alt.datum(0),
            y=alt.Y("participants:Q", title=words("axis.people"), axis=FLUSH),
            tooltip=[
                alt.Tooltip("bin_low:Q", title=words("chance.from")),
                alt.Tooltip("bin_high:Q", title=words("chance.to")),
                alt.Tooltip("participants:Q", title=words("axis.people")),
            ],
        )
    )
    mean = alt.Chart(named(SCORES)).transform_filter(of_it)
    rule = mean.mark_rule(style="fit").encode(x="mean:Q")
    beneath = _moments(code, frames, words)
    if ends := _ends(code, frames, words):
        beneath.append("; ".join(ends))
    return alt.layer(bars, rule).properties(
        width=width,
        height=120,
        title=alt.Title(
            text=textwrap.wrap(words.instrument(code), width // 7), subtitle=beneath, anchor="start"
        ),
    )


def _ends(code: str, frames: Frames, words: Words) -> list[str]:
    """Say how many have the least and the largest score that there can be."""
    rows = frames[ENDS].filter((pl.col("instrument") == code) & (pl.col("participants") > 0))
    return [
        words(
            f"scores.{row['bound']}",
            share=words.percent(row["share"], 1),
            score=words.number(row["score"], 0),
        )
        for row in rows.iter_rows(named=True)
    ]


def _moments(code: str, frames: Frames, words: Words) -> list[str]:
    rows = frames[SCORES].filter(pl.col("instrument") == code)
    return [
        words(
            "scores.moments",
            mean=words.number(row["mean"], 1),
            sd=words.number(row["sd"], 1),
            skewness=words.number(row["skewness"]),
            n=words.count(row["n"]),
        )
        for row in rows.iter_rows(named=True)
    ]
