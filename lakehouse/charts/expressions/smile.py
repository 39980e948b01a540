"""Eyes and mouth in happiness: how they go together, person by person and over all."""

from collections.abc import Callable
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, named
from lakehouse.charts.estimates import (
    CONDITION,
    Estimate,
    cue_key,
    estimate_layers,
    expression_color,
    rows_of,
    zero_line,
)
from lakehouse.charts.sentences import number_expr, sentence_expr

SIDES: Final = ("mean", "left", "right", "difference")
_HAPPINESS: Final = "'happiness'"
"""The expression that all of this is about, which gives it its colour."""

_GAP: Final = 28
_AXIS: Final = 70
"""Pixels that the labels and the title of an axis take."""


def coactivations(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw rank correlations and slopes of eyes on mouth, of each side of the face.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `coactivation` (condition, side, spearman_r, slope, the ends of their intervals).
    """
    words = drawing.words
    rows = rows_of("side", {side: words.value("side", side) for side in SIDES}, drawing)
    columns = 1 if drawing.narrow else 2
    width = min(420, (drawing.width - rows.room - (columns - 1) * _GAP - 20) // columns)
    estimates = (
        Estimate("spearman_r", "spearman_low", "spearman_high", words("axis.smile_rank"), ".1f"),
        Estimate("slope", "slope_low", "slope_high", words("axis.smile_slope"), ".2%"),
    )
    panels = []
    known = [each for each in estimates if frames["coactivation"][each.value].count()]
    for place, each in enumerate(known):
        estimate = each.over(frames["coactivation"]).with_zero()
        chart = (
            alt.Chart()
            .transform_calculate(expression=_HAPPINESS)
            .encode(y=rows.y(labelled=place % columns == 0))
        )
        tooltip = [
            *estimate.tooltip(drawing),
            alt.Tooltip("n:Q", title=words("axis.people"), format=","),
        ]
        layers = estimate_layers(chart, estimate, CONDITION, expression_color(drawing), tooltip)
        panels.append(
            alt.layer(zero_line(estimate), *layers, data=named("coactivation")).properties(
                width=width, height=rows.height
            )
        )
    body = alt.concat(*panels, columns=columns, spacing=_GAP)
    return alt.vconcat(cue_key("coactivation", CONDITION, drawing), body, spacing=10)


def smiles(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw eyes over mouth: people, groups of people by their mouth, and the fitted line.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `smile_steps` (condition, side, participants, corner_rise, eye_narrowing, quarter,
        three_quarters), `smile` (condition, side, corner_rise, eye_narrowing), which may be empty,
        `smile_lines` (the same, with_slope_low, with_slope_high) and `coactivation`.
    """
    words = drawing.words
    x = alt.X("corner_rise:Q", scale=alt.Scale(zero=False)).axis(title=words("axis.corner_rise"))

    def panel(condition: str, labelled: bool) -> list[Any]:
        def y(column: str) -> alt.Y:
            return alt.Y(f"{column}:Q", scale=alt.Scale(zero=False)).axis(
                title=words("axis.eye_narrowing") if labelled else None, format=".0%"
            )

        def rows(table: str) -> Any:
            return _chosen(table, condition).encode(x=x)

        def has(table: str) -> bool:
            return condition in frames[table]["condition"]

        where = [
            alt.Tooltip("corner_rise:Q", title=words("axis.corner_rise"), format=".1f"),
            alt.Tooltip("eye_narrowing:Q", title=words("axis.eye_narrowing"), format=".1%"),
        ]
        people = alt.Tooltip("participants:Q", title=words("axis.people"), format=",")
        layers: list[Any] = []
        if has("smile"):
            points = rows("smile").mark_point(style="people", filled=True, aria=False)
            color = expression_color(drawing)
            layers.append(points.encode(y=y("eye_narrowing"), color=color, tooltip=where))
        if has("smile_lines"):
            layers += [
                rows("smile_lines")
                .mark_area(style="pale", line=False)
                .encode(y=y("with_slope_low"), y2="with_slope_high"),
                rows("smile_lines").mark_line(style="fit").encode(y=y("eye_narrowing")),
            ]
        middle = rows("smile_steps").mark_rule(style="interval")
        means = rows("smile_steps").mark_point(shape="diamond", size=60, filled=True, opacity=1)
        return [
            *layers,
            middle.encode(y=y("quarter"), y2="three_quarters"),
            means.encode(y=y("eye_narrowing"), tooltip=[people, *where]),
            _coefficients(condition, drawing),
        ]

    return _by_condition(frames["smile_steps"], drawing, panel, height=300, above=22)


def smile_residuals(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how much the eyes narrow beyond what mouth, jaw and head let expect.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `smile_residuals` (condition, side, residual_low, residual_high, participants, normal).
    """
    words = drawing.words

    def panel(condition: str, labelled: bool) -> list[Any]:
        rows = _chosen("smile_residuals", condition)
        bars = rows.mark_bar(cornerRadiusEnd=0).encode(
            x=alt.X("residual_low:Q", bin="binned").axis(title=words("axis.residual"), format="~f"),
            x2="residual_high",
            y=alt.Y("participants:Q").axis(title=words("axis.people") if labelled else None),
            color=expression_color(drawing),
            tooltip=[
                alt.Tooltip("residual_low:Q", title=words("column.residual_low"), format="~f"),
                alt.Tooltip("residual_high:Q", title=words("column.residual_high"), format="~f"),
                alt.Tooltip("participants:Q", title=words("axis.people"), format=","),
            ],
        )
        normal = rows.mark_rule(style="fit").encode(
            x="residual_low:Q", x2="residual_high", y="normal:Q"
        )
        return [bars, normal]

    return _by_condition(frames["smile_residuals"], drawing, panel, height=180, above=8)


def _by_condition(
    frame: pl.DataFrame,
    drawing: Drawing,
    panel: Callable[[str, bool], list[Any]],
    height: int,
    above: int,
) -> AnyChart:
    """Draw a panel for each condition on equal scales, side by side or one below the other.

    Parameters
    ----------
    height, above : int
        Pixels of a panel, and between it and its title.
    """
    shown = frame["condition"].unique()
    conditions = [each for each in (CONDITION.without, CONDITION.shown) if each in shown]
    columns = 1 if drawing.narrow else 2
    width = min(480, (drawing.width - (columns - 1) * _GAP) // columns - _AXIS)
    panels = [
        alt.layer(*panel(str(condition), place % columns == 0)).properties(
            width=width,
            height=height,
            title=alt.Title(drawing.words.condition(condition == CONDITION.shown), offset=above),
        )
        for place, condition in enumerate(conditions)
    ]
    chart: AnyChart = (
        alt.concat(*panels, columns=columns, spacing=_GAP)
        .resolve_scale(x="shared", y="shared")
        .add_params(drawing.param("side"))
        # Sides have axes of other widths.
        .properties(autosize=alt.AutoSizeParams(type="pad", resize=True))
    )
    return chart


def _chosen(table: str, condition: str) -> Any:
    """Take a condition's rows of the side that is chosen."""
    return (
        alt.Chart(named(table))
        .transform_filter(f"datum.condition === '{condition}' && datum.side === side")
        .transform_calculate(expression=_HAPPINESS)
    )


def _coefficients(condition: str, drawing: Drawing) -> Any:
    """Write what was estimated above a panel."""
    sentence = sentence_expr(
        drawing.words.texts["figures.smile.fit"],
        {
            "r": number_expr("spearman_r", ".2f"),
            "low": number_expr("spearman_low", ".2f"),
            "high": number_expr("spearman_high", ".2f"),
            "slope": number_expr("slope", ".2%"),
            "n": number_expr("n", ","),
        },
    )
    return (
        _chosen("coactivation", condition)
        .transform_calculate(written=sentence)
        .mark_text(style="note", align="left", baseline="bottom")
        .encode(x=alt.value(0), y=alt.value(-8), text="written:N")
    )
