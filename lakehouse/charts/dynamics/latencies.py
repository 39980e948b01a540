"""How soon and how far a group of points moves in each expression, and in how many trials."""

from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, named
from lakehouse.charts.estimates import (
    FLAG,
    Estimate,
    Rows,
    cue_key,
    cue_point,
    estimate_layers,
    expression_color,
    rows_of,
    shown_expressions,
    zero_line,
)

LATENCIES: Final = "latencies"

_GAP: Final = 24
_OVERHANG: Final = 30


def latencies(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw latency, amplitude and the share that responded, with intervals.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `latencies`, of the groups of which the chosen one is drawn.
    """
    words, table = drawing.words, frames[LATENCIES]
    names = {code: words.expression(code) for code in shown_expressions(frames, LATENCIES, drawing)}
    rows = rows_of("expression", names, drawing)
    columns = 1 if drawing.narrow else 3
    width = (drawing.width - rows.room - (columns - 1) * _GAP - _OVERHANG) // columns
    latency = Estimate("mean_latency_s", "latency_low", "latency_high", words("axis.latency"))
    amplitude = Estimate(
        *("mean_amplitude", "amplitude_low", "amplitude_high"), words("axis.amplitude"), ".0f"
    )
    share = Estimate(*("responded_share",) * 3, words("axis.responded"), ".0%", (0, 1))
    panels = [
        panel.transform_filter(drawing.is_chosen("moving_part")).properties(
            width=width, height=rows.height
        )
        for panel in (
            _panel(latency.over(table).with_zero(), rows, True, drawing),
            _panel(amplitude.over(table).with_zero(), rows, drawing.narrow, drawing),
            _panel(share, rows, drawing.narrow, drawing, interval=False),
        )
    ]
    body = alt.concat(*panels, columns=columns, spacing=_GAP)
    chart = alt.vconcat(cue_key(LATENCIES, FLAG, drawing), body, spacing=10)
    return chart.add_params(drawing.param("moving_part"))


def _panel(
    estimate: Estimate, rows: Rows, labelled: bool, drawing: Drawing, *, interval: bool = True
) -> Any:
    words = drawing.words
    color = expression_color(drawing)
    counts = [
        alt.Tooltip(f"{name}:Q", title=words(f"column.{name}"), format=",")
        for name in ("trials", "responded", "participants", "latencies")
    ]
    chart = alt.Chart().encode(y=rows.y(labelled))
    if interval:
        tooltip = [*estimate.tooltip(drawing), *counts]
        layers: list[Any] = estimate_layers(chart, estimate, FLAG, color, tooltip)
    else:
        tooltip = [
            alt.Tooltip(f"{estimate.value}:Q", title=estimate.title, format=estimate.format),
            *counts,
        ]
        layers = [
            cue_point(
                chart.transform_filter(FLAG.is_shown(yes)).encode(yOffset=FLAG.offset), yes
            ).encode(x=estimate.x(estimate.value), color=color, tooltip=tooltip)
            for yes in (False, True)
        ]
    return alt.layer(zero_line(estimate), *layers, data=named(LATENCIES))
