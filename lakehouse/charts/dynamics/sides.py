"""How much farther one side of the face moves than the other."""

from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, named
from lakehouse.charts.estimates import (
    FLAG,
    Estimate,
    cue_key,
    estimate_layers,
    expression_color,
    rows_of,
    shown_expressions,
    zero_line,
)
from lakehouse.charts.literals import literal

SIDES: Final = "side_asymmetry"

_GAP: Final = 22
_OVERHANG: Final = 30
_LEAST: Final = 0.05
"""To both sides of zero, so that little does not look like much."""


def side_asymmetry(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the mean asymmetry of each pair of sides, with its interval.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `side_asymmetry`.
    """
    words, table = drawing.words, frames[SIDES]
    names = {code: words.expression(code) for code in shown_expressions(frames, SIDES, drawing)}
    rows = rows_of("expression", names, drawing)
    pairs = table["pair"].unique(maintain_order=True).to_list()
    columns = min(2 if drawing.narrow else 4, len(pairs))
    width = (drawing.width - rows.room - (columns - 1) * _GAP - _OVERHANG) // columns
    estimate = Estimate(
        *("mean_asymmetry", "asymmetry_low", "asymmetry_high"), words("axis.asymmetry")
    ).over(table)
    most = max(_LEAST, *(abs(end) for end in estimate.domain))
    estimate = Estimate(
        *("mean_asymmetry", "asymmetry_low", "asymmetry_high"),
        words("axis.asymmetry"),
        domain=(-most, most),
    )
    tooltip = [
        *estimate.tooltip(drawing),
        *(
            alt.Tooltip(f"{name}:Q", title=words(f"column.{name}"), format=".1f")
            for name in ("amplitude_left", "amplitude_right")
        ),
        alt.Tooltip("participants:Q", title=words("axis.people"), format=","),
    ]
    panels: list[Any] = []
    for place, pair in enumerate(pairs):
        chart = alt.Chart().encode(y=rows.y(place % columns == 0))
        layers = estimate_layers(chart, estimate, FLAG, expression_color(drawing), tooltip)
        panels.append(
            alt.layer(zero_line(estimate), *layers, data=named(SIDES))
            .transform_filter(f"datum.pair === {literal(pair)}")
            .properties(
                width=width,
                height=rows.height,
                title=alt.Title(words.value("pair", pair), limit=width),
            )
        )
    body = alt.concat(*panels, columns=columns, spacing=_GAP)
    return alt.vconcat(cue_key(SIDES, FLAG, drawing), body, spacing=10)
