"""What chance alone lets pass: the p values of all tests, and how many are below a threshold."""

from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.correlations.pairs import FLUSH, title_of
from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named

TABLE: Final = "correlation_thresholds"
METHODS: Final = ("spearman", "pearson", "kendall")

_BINS: Final = 20
_WHOLE: Final = alt.Scale(domain=[0, 1], nice=False)
_SEEN: Final = 0.05
"""Expected tests, below which a threshold that none passes is not shown."""


def chance(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the p values' histogram, and tests that pass beside those expected to.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `correlation_thresholds` and `correlations`.
    """
    width = drawing.width - 70 if drawing.narrow else (drawing.width - 156) // 2
    size = {"width": width, "height": 220}
    parts = [
        _histogram(frames["correlations"], drawing, width).properties(**size),
        _thresholds(frames[TABLE], drawing, width).properties(**size),
    ]
    both: Any = alt.vconcat(*parts) if drawing.narrow else alt.hconcat(*parts)
    # Else the legend of one would stand beside the other.
    chart: AnyChart = both.resolve_scale(opacity="independent")
    return chart


def shown_thresholds(frame: pl.DataFrame) -> list[float]:
    """Give the thresholds of p that any test passes, or that chance may let pass, falling."""
    telling = frame.filter(
        (pl.col("kind") == "p") & ((pl.col("passed") > 0) | (pl.col("expected") >= _SEEN))
    )
    return telling["threshold"].unique().sort(descending=True).to_list()


def _histogram(frame: pl.DataFrame, drawing: Drawing, width: int) -> Any:
    words = drawing.words
    tests = frame["spearman_p"].count()
    bars = (
        alt.Chart(named("correlations"))
        .transform_filter("isValid(datum.spearman_p)")
        # The greatest p, 1, belongs to the last bin.
        .transform_calculate(p=f"min(datum.spearman_p, 1 - 1e-9) * {_BINS}")
        .transform_calculate(
            low=f"floor(datum.p) / {_BINS}", high=f"(floor(datum.p) + 1) / {_BINS}"
        )
        .transform_aggregate(tests="count()", groupby=["low", "high"])
        .mark_bar(style="cell")
        .encode(
            x=alt.X("low:Q", title=words("axis.p"), scale=_WHOLE),
            x2="high:Q",
            y2=alt.datum(0),
            y=alt.Y("tests:Q", title=words("axis.tests"), axis=FLUSH),
            tooltip=[
                alt.Tooltip("low:Q", title=words("chance.from"), format=".2f"),
                alt.Tooltip("high:Q", title=words("chance.to"), format=".2f"),
                alt.Tooltip("tests:Q", title=words("axis.tests")),
            ],
        )
    )
    level = alt.Chart(alt.sequence(0, 1, 1)).encode(y=alt.datum(tests / _BINS))
    each = words("chance.each", expected=words.number(tests / _BINS, 0))
    title = title_of(words("chance.histogram"), each, width)
    return alt.layer(bars, level.mark_rule(style="fit", strokeDash=[4, 3]), title=title)


def _thresholds(frame: pl.DataFrame, drawing: Drawing, width: int) -> Any:
    words = drawing.words
    order = shown_thresholds(frame)
    methods = [method for method in METHODS if method in set(frame["method"].to_list())]
    labels = {method: words(f"coefficient.{method}") for method in methods}
    x = alt.X(
        "threshold:O",
        title=words("axis.threshold"),
        sort=order,
        axis=alt.Axis(labelExpr='format(datum.value, datum.value < 0.0001 ? ".0e" : ".4~f")'),
    )
    y = alt.Y("passed:Q", title=words("axis.passed"), axis=FLUSH)
    base = (
        alt.Chart()
        .transform_filter("datum.kind === 'p'")
        .transform_filter(alt.FieldOneOfPredicate(field="threshold", oneOf=order))
    )
    bars = base.mark_bar().encode(
        x=x,
        xOffset=alt.XOffset("method:N", sort=methods),
        y=y,
        opacity=alt.Opacity(
            "method:N",
            sort=methods,
            title=None,
            scale=alt.Scale(domain=methods, range=[1, 0.6, 0.3][: len(methods)]),
            legend=alt.Legend(
                orient="top-right", direction="vertical", labelExpr=label_expr(labels)
            ),
        ),
        tooltip=_tooltip(drawing),
    )
    expected = (
        base.transform_aggregate(expected="max(expected)", groupby=["threshold"])
        .mark_tick(style="fit", thickness=2, bandSize=40 if drawing.narrow else 78)
        .encode(x=x, y="expected:Q")
    )
    title = title_of(words("chance.thresholds"), words("chance.line"), width)
    return alt.layer(bars, expected, data=named(TABLE), title=title)


def _tooltip(drawing: Drawing) -> list[Any]:
    words = drawing.words
    return [
        alt.Tooltip("method:N", title=words("column.method")),
        alt.Tooltip("threshold:Q", title=words("axis.threshold")),
        alt.Tooltip("passed:Q", title=words("axis.passed")),
        alt.Tooltip("expected:Q", title=words("column.expected"), format=".3~g"),
        alt.Tooltip("tests:Q", title=words("axis.tests")),
    ]
