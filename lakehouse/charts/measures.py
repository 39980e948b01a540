"""Measures of one's own: how each changes from the neutral face, on a scale of its own."""

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, named
from lakehouse.charts.estimates import (
    FLAG,
    Estimate,
    Rows,
    cue_key,
    estimate_layers,
    expression_color,
    rows_of,
    shown_expressions,
    zero_line,
)
from lakehouse.charts.literals import literal
from lakehouse.charts.words import Words

MOST: Final = 30
"""Measures that are drawn; there may be any number."""

_GAP: Final = 28
_OVERHANG: Final = 30
"""Pixels by which the last numbers of axes stand out."""
_FORMAT: Final = ",.3~r"
"""Three digits of a number whose size is not known beforehand, never in powers of ten."""


def measure_changes(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw each measure's mean change with its interval, and the middle half of the people.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `measures` (measure, unit, expression, supervised, participants, mean_change, mean_low,
        mean_high, quarter, median_change, three_quarters).
    """
    words = drawing.words
    names = {
        code: words.expression(code) for code in shown_expressions(frames, "measures", drawing)
    }
    rows = rows_of("expression", names, drawing)
    columns = 1 if drawing.narrow else 3
    width = (drawing.width - rows.room - (columns - 1) * _GAP - _OVERHANG) // columns
    panels = [
        _panel(_estimate(measure, unit, frames, words), rows, place % columns == 0, drawing)
        .transform_filter(f"datum.measure === {literal(measure)}")
        .properties(
            width=width,
            height=rows.height,
            title=alt.Title(words.measure(measure), limit=width),
        )
        for place, (measure, unit) in enumerate(drawn_measures(frames).items())
    ]
    body = alt.concat(*panels, columns=columns, spacing=_GAP)
    return alt.vconcat(cue_key("measures", FLAG, drawing), body, spacing=10)


def drawn_measures(frames: Frames) -> Mapping[str, str]:
    """Give the unit of each measure that is drawn, in the settings' order."""
    units = dict(frames["measures"].select("measure", "unit").unique(maintain_order=True).rows())
    return dict(list(units.items())[:MOST])


def _estimate(measure: str, unit: str, frames: Frames, words: Words) -> Estimate:
    its = frames["measures"].filter(pl.col("measure") == measure)
    title = words("axis.measure_change", unit=words.value("unit", unit))
    estimate = Estimate("mean_change", "mean_low", "mean_high", title, _FORMAT)
    return estimate.over(its, "quarter", "three_quarters").with_zero()


def _panel(estimate: Estimate, rows: Rows, labelled: bool, drawing: Drawing) -> Any:
    words = drawing.words
    tooltip = [
        *estimate.tooltip(drawing),
        alt.Tooltip("median_change:Q", title=words("column.median_change"), format=_FORMAT),
        alt.Tooltip("quarter:Q", title=words("column.quarter"), format=_FORMAT),
        alt.Tooltip("three_quarters:Q", title=words("column.three_quarters"), format=_FORMAT),
        alt.Tooltip("participants:Q", title=words("axis.people"), format=","),
    ]
    color = expression_color(drawing)
    chart = alt.Chart().encode(y=rows.y(labelled))
    half = chart.mark_rule(style="pale", strokeWidth=7).encode(
        x=estimate.x("quarter"), x2="three_quarters", yOffset=FLAG.offset, color=color
    )
    return alt.layer(
        zero_line(estimate),
        half,
        *estimate_layers(chart, estimate, FLAG, color, tooltip),
        data=named("measures"),
    )
