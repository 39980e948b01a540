"""What correlations can bear: covariates, errors of measurement, and evidence for no relation."""

import textwrap
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.correlations.pairs import (
    FLUSH,
    in_order,
    numbers,
    pair,
    pair_labels,
    title_of,
)
from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named
from lakehouse.charts.literals import literal

PARTIAL: Final = "partial_correlations"
EVIDENCE: Final = "correlation_evidence"
PREDICTION: Final = "score_prediction"
DISATTENUATED: Final = "disattenuated_correlations"

_BREAK: Final = "\n"
_NAMES: Final = 510
"""Pixels that a feature and a questionnaire take beside a chart."""
_ROW: Final = 24
_STEP: Final = 0.25
"""Width of a bin of the Bayes factor's logarithm."""
_R_STEP: Final = 0.02


def adjusted(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw every correlation with the covariates held constant beside itself.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `partial_correlations`, with spearman_r and partial_r.
    """
    words, frame = drawing.words, frames[PARTIAL]
    both = pl.concat([frame["spearman_r"], frame["partial_r"]]).abs().max()
    most = max(0.1, float(both or 0) * 1.05)  # type: ignore[arg-type]
    scale = alt.Scale(domain=[-most, most], nice=False)
    side = min(420, drawing.width - 70)
    dots = (
        alt.Chart(named(PARTIAL))
        .transform_filter("isValid(datum.spearman_r) && isValid(datum.partial_r)")
        .transform_calculate(**pair_labels(words, frame))
        .mark_point(style="people", aria=False)
        .encode(
            x=alt.X("spearman_r:Q", title=words("axis.raw_r"), scale=scale),
            y=alt.Y("partial_r:Q", title=words("axis.partial_r"), scale=scale),
            tooltip=[
                *pair(words),
                *numbers(drawing.words, "spearman_r", "partial_r", "partial_low", "partial_high"),
                *numbers(drawing.words, "partial_p", "partial_q", "partial_max_p"),
            ],
        )
    )
    ends = alt.Chart(alt.sequence(0, 1, 1)).transform_calculate(low=f"-{most}", high=f"{most}")
    same = ends.mark_rule(style="guide").encode(x="low:Q", y="low:Q", x2="high:Q", y2="high:Q")
    return alt.layer(same, dots).properties(width=side, height=side)


def evidence(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how large correlations are beside the detectable one, and Bayes factors.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `correlation_evidence`.
    """
    width = drawing.width - 70 if drawing.narrow else (drawing.width - 156) // 2
    size = {"width": width, "height": 200}
    parts = [
        _sizes(frames[EVIDENCE], drawing, width).properties(**size),
        _bayes(drawing, width).properties(**size),
    ]
    return alt.vconcat(*parts) if drawing.narrow else alt.hconcat(*parts)


def disattenuated(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the largest correlations as they are, and without error of measurement.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `disattenuated_correlations`, the largest first, each with its place.
    """
    words, frame = drawing.words, frames[DISATTENUATED]
    width = drawing.width - 40 if drawing.narrow else drawing.width - _NAMES
    letters = (width if drawing.narrow else _NAMES) // 6
    texts = {
        str(row["place"]): [
            *textwrap.wrap(words.labels.features.get(row["feature"], row["feature"]), letters),
            *textwrap.wrap(
                f"\N{MULTIPLICATION SIGN} {words.instrument(row['instrument'])}", letters
            ),
        ]
        for row in frame.iter_rows(named=True)
    }
    base = alt.Chart(named(DISATTENUATED)).transform_calculate(**pair_labels(words, frame))
    # On a telephone, what a row is of stands above it.
    y = alt.Y(
        "place:O",
        title=None,
        axis=None if drawing.narrow else _lines(texts, labelOffset=-8),
        bandPosition=0.85 if drawing.narrow else 0.5,
    )
    tooltip = [
        *pair(words),
        *numbers(drawing.words, "pearson_r", "r_disattenuated", "r_disattenuated_low"),
        *numbers(drawing.words, "r_disattenuated_high", "feature_reliability"),
        *numbers(drawing.words, "instrument_reliability"),
    ]
    zero = alt.Chart(alt.sequence(0, 1, 1)).mark_rule(style="guide").encode(x=alt.datum(0))
    layers: list[Any] = [
        zero,
        base.mark_rule(style="interval").encode(
            x=alt.X("r_disattenuated_low:Q", title=words("axis.r")),
            x2="r_disattenuated_high:Q",
            y=y,
            tooltip=tooltip,
        ),
        base.mark_point(style="cue").encode(x="r_disattenuated:Q", y=y, tooltip=tooltip),
        base.mark_point(style="hollow").encode(x="pearson_r:Q", y=y, tooltip=tooltip),
    ]
    if drawing.narrow:
        joined = {place: _BREAK.join(lines) for place, lines in texts.items()}
        lines = base.transform_calculate(said=label_expr(joined, "datum.place"))
        mark = lines.mark_text(style="note", align="left", baseline="top", lineBreak=_BREAK)
        above = alt.Y("place:O", axis=None, bandPosition=0)
        layers.append(mark.encode(x=alt.value(0), y=above, text="said:N"))
    return alt.layer(*layers).properties(width=width, height=alt.Step(66 if drawing.narrow else 38))


def prediction(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how well each questionnaire is foretold, as r and as R².

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `score_prediction`.
    """
    words, frame = drawing.words, frames[PREDICTION]
    order = in_order(frame["instrument"], list(words.labels.instruments))
    names = 130 if drawing.narrow else 350
    panels = 1 if drawing.narrow else 2
    width = (drawing.width - names - 60) // panels
    parts = []
    titles = (("r", "axis.prediction_r"), ("r_squared", "axis.r_squared"))
    for place, (value, key) in enumerate(titles):
        axis = None
        if drawing.narrow or place == 0:
            axis = _lines(
                {code: textwrap.wrap(words.instrument(code), names // 6) for code in order}
            )
        parts.append(
            _foretold(value, words(key), order, axis, drawing).properties(
                width=width, height=(2 if drawing.narrow else 1) * _ROW * len(order)
            )
        )
    return alt.vconcat(*parts) if drawing.narrow else alt.hconcat(*parts)


def _foretold(
    value: str, title: str, order: list[str], axis: alt.Axis | None, drawing: Drawing
) -> Any:
    base = alt.Chart(named(PREDICTION)).transform_filter(f"isValid(datum.{value})")
    y = alt.Y("instrument:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=axis)
    tooltip = [
        *numbers(drawing.words, value, f"{value}_low", f"{value}_high", "permutation_p"),
        *numbers(drawing.words, "permutation_p_alone", "error", "baseline_error"),
        alt.Tooltip("n:Q", title=drawing.words("column.n")),
    ]
    zero = alt.Chart(alt.sequence(0, 1, 1)).mark_rule(style="guide").encode(x=alt.datum(0))
    return alt.layer(
        zero,
        base.transform_filter(f"isValid(datum.{value}_low)")
        .mark_rule(style="interval")
        .encode(x=alt.X(f"{value}_low:Q", title=title), x2=f"{value}_high:Q", y=y, tooltip=tooltip),
        base.mark_point(style="cue").encode(
            x=alt.X(f"{value}:Q", title=title), y=y, tooltip=tooltip
        ),
    )


def _sizes(frame: pl.DataFrame, drawing: Drawing, width: int) -> Any:
    words = drawing.words
    bars = (
        alt.Chart(named(EVIDENCE))
        .transform_filter("isValid(datum.pearson_r)")
        .transform_calculate(low=f"floor(abs(datum.pearson_r) / {_R_STEP} + 1e-9) * {_R_STEP}")
        .transform_calculate(high=f"datum.low + {_R_STEP}")
        .transform_aggregate(tests="count()", groupby=["low", "high"])
        .mark_bar(style="cell", opacity=0.6)
        .encode(
            x=alt.X("low:Q", title=words("axis.size"), scale=alt.Scale(zero=True)),
            x2="high:Q",
            y2=alt.datum(0),
            y=alt.Y("tests:Q", title=words("axis.tests"), axis=FLUSH),
            tooltip=[
                *numbers(drawing.words, "low", "high"),
                alt.Tooltip("tests:Q", title=words("axis.tests")),
            ],
        )
    )
    limits = [
        (column, key, dash)
        for column, key, dash in (
            ("detectable_r", "evidence.detectable", []),
            ("sesoi_r", "evidence.sesoi", [4, 3]),
        )
        if frame[column].count()
    ]
    said = [words(key, r=words.number(_median(frame[column]))) for column, key, _ in limits]
    rules = [
        alt.Chart(named(EVIDENCE))
        .transform_aggregate(at=f"median({column})")
        .mark_rule(style="fit", strokeDash=dash)
        .encode(x="at:Q")
        for column, _, dash in limits
    ]
    title = title_of(words("evidence.sizes"), "; ".join(said), width)
    return alt.layer(bars, *rules, title=title)


def _median(values: pl.Series) -> float:
    """Give the value that most rows have."""
    return float(values.median())  # type: ignore[arg-type]


def _bayes(drawing: Drawing, width: int) -> Any:
    words = drawing.words
    bars = (
        alt.Chart(named(EVIDENCE))
        .transform_filter("isValid(datum.log10_bayes_factor)")
        .transform_calculate(low=f"floor(datum.log10_bayes_factor / {_STEP} + 1e-9) * {_STEP}")
        .transform_calculate(high=f"datum.low + {_STEP}")
        .transform_aggregate(tests="count()", groupby=["low", "high"])
        .mark_bar(style="cell")
        .encode(
            x=alt.X(
                "low:Q",
                title=words("axis.bayes"),
                axis=alt.Axis(
                    tickMinStep=1,
                    labelExpr="datum.value < 0 ? '1 : ' + format(pow(10, -datum.value), ',')"
                    " : format(pow(10, datum.value), ',') + ' : 1'",
                ),
            ),
            x2="high:Q",
            y2=alt.datum(0),
            y=alt.Y("tests:Q", title=words("axis.tests"), axis=FLUSH),
            tooltip=[
                *numbers(drawing.words, "low", "high"),
                alt.Tooltip("tests:Q", title=words("axis.tests")),
            ],
        )
    )
    even = alt.Chart(alt.sequence(0, 1, 1)).encode(x=alt.datum(0))
    title = title_of(words("evidence.bayes"), words("evidence.sides"), width)
    return alt.layer(bars, even.mark_rule(style="fit"), title=title)


def _lines(texts: dict[str, list[str]], **properties: Any) -> alt.Axis:
    """Give an axis whose labels have several lines."""
    return alt.Axis(
        labelExpr=f"{literal(texts)}[toString(datum.value)]",
        labelLimit=0,
        grid=False,
        **properties,
    )
