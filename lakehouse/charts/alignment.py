"""What the method of alignment changes: measures of every mask, and outlines of mean faces."""

from typing import Any, Final

import altair as alt
import numpy as np

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    expression_scale,
    label_expr,
    named,
)
from lakehouse.charts.faces import place_of, sides
from lakehouse.charts.literals import literal

_METHODS: Final = ("paper", "neutral_scale", "procrustes")
_MEASURES: Final = (
    ("upper_face_size", "ratio", 1.0),
    ("chin_drop", "aligned_px", 0.0),
    ("upper_face_shift", "aligned_px", 0.0),
    ("lower_face_shift", "aligned_px", 0.0),
    ("upper_to_lower", "ratio", 0.0),
    ("mean_shift", "aligned_px", 0.0),
)
"""A column, the unit of its axis, and where its guide stands."""
_LINE: Final = 8
"""Pixels of one method and condition."""


def alignment(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw what each method makes of every mask, a panel for each measure.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `alignment` (method, expression, supervised, in_force and the measures).
    """
    columns = 2 if drawing.narrow else len(_MEASURES)
    names = 64 if drawing.narrow else 84
    order = _order(frames, drawing)
    size = {
        "width": (drawing.width - names) // columns - 28,
        "height": len(order) * _LINE * 2 * len(_METHODS),
    }
    panels = []
    for place, measure in enumerate(_MEASURES):
        lines = _lines(drawing, order, named_here=place % columns == 0)
        layers = _measured(measure, lines, frames, drawing)
        title = alt.TitleParams(drawing.words(f"column.{measure[0]}"), anchor="start", fontSize=12)
        panels.append(alt.layer(*layers).properties(title=title, **size))
    joined: alt.ConcatChart = alt.concat(*panels, columns=columns, spacing=22).resolve_scale(
        shape="shared", color="shared"
    )
    return joined


def _order(frames: Frames, drawing: Drawing) -> list[str]:
    shown = set(frames["alignment"]["expression"].to_list())
    return [code for code in drawing.expressions() if code in shown]


def _lines(drawing: Drawing, order: list[str], *, named_here: bool) -> alt.Chart:
    """Give each expression a band, and in it a line to each method and condition."""
    axis: Any = None
    if named_here:
        labels = label_expr(drawing.words.labels.expressions)
        axis = alt.Axis(labelExpr=labels, ticks=False, domain=False)
    return (
        alt.Chart(named("alignment"))
        .transform_calculate(
            line=f"2 * indexof({list(_METHODS)}, datum.method) + (datum.supervised ? 1 : 0)",
            low="datum.upper_face_size - datum.upper_face_size_sd",
            high="datum.upper_face_size + datum.upper_face_size_sd",
        )
        .encode(
            y=alt.Y(
                "expression:N",
                sort=order,
                title=None,
                axis=axis,
                scale=alt.Scale(paddingInner=0.16, paddingOuter=0.08),
            ),
            yOffset=alt.YOffset("line:O", scale=alt.Scale(domain=[*range(2 * len(_METHODS))])),
            color=alt.Color("expression:N", scale=expression_scale(drawing), legend=None),
        )
    )


def _measured(
    measure: tuple[str, str, float], lines: alt.Chart, frames: Frames, drawing: Drawing
) -> list[alt.Chart]:
    """Draw one measure: its guide, the spread there is, and both conditions."""
    field, unit, guide = measure
    words = drawing.words
    x: dict[str, Any] = {
        "scale": alt.Scale(zero=guide == 0, nice=True),
        "title": words(f"unit.{unit}"),
        "axis": alt.Axis(tickCount=4),
    }
    layers = [
        alt.Chart(named("alignment"))
        .transform_aggregate(rows="count()")
        .transform_calculate(at=str(guide))
        .mark_rule(style="guide")
        .encode(x=alt.X("at:Q", **x))
    ]
    if field == "upper_face_size":
        layers.append(
            lines.mark_rule(style="interval", opacity=0.45).encode(
                x=alt.X("low:Q", **x), x2="high:Q"
            )
        )
    tooltip = [
        alt.Tooltip("method:N", title=words("column.method")),
        *(
            alt.Tooltip(f"{name}:Q", title=words(f"column.{name}"), format=".3~f")
            for name, *_ in _MEASURES
        ),
    ]
    shape = alt.Shape(
        "method:N",
        scale=alt.Scale(domain=list(_METHODS)),
        legend=alt.Legend(
            title=None,
            orient="top",
            labelExpr=label_expr(_methods(frames, drawing), "datum.label"),
            labelLimit=0,
        ),
    )
    # A layer without rows has no extent, of which the browser would warn.
    shown = frames["alignment"]["supervised"].unique().to_list()
    layers += [
        lines.transform_filter(f"datum.supervised === {str(supervised).lower()}")
        .mark_point(style=style, filled=supervised, size=26)
        .encode(x=alt.X(f"{field}:Q", **x), shape=shape, tooltip=tooltip)
        for supervised, style in ((False, "hollow"), (True, "cue"))
        if supervised in shown
    ]
    return layers


def _methods(frames: Frames, drawing: Drawing) -> dict[str, str]:
    """Name the methods, and say which is in force."""
    in_force = set(frames["alignment"].filter("in_force")["method"])
    return {
        method: drawing.words("figures.alignment.in_force", method=name)
        if method in in_force
        else name
        for method, name in drawing.words.values("method").items()
    }


def alignment_outlines(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw a mask's mean face over the neutral one, under each method.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `alignment_outlines` (method, expression, supervised, is_reference, upper_face_size,
        chin_drop, geo: a GeoJSON line through many places).
    """
    words = drawing.words
    table = frames["alignment_outlines"]
    columns = len(_METHODS)
    lines = [line for geo in table["geo"].to_list() for line in geo["coordinates"]]
    width = min((drawing.width - 14 * columns) // columns, 300)
    place = place_of(np.concatenate([np.array(line, dtype=np.float64) for line in lines]), width)
    face = (
        alt.Chart(named("alignment_outlines"))
        .transform_filter(
            f"datum.is_reference || ({drawing.is_chosen('expression', 'supervised')})"
        )
        .mark_geoshape(filled=False, strokeWidth=1.4)
        .encode(
            shape=alt.Shape("geo:G"),
            color=alt.Color("expression:N", scale=expression_scale(drawing), legend=None),
        )
    )
    layered = sides(face, drawing, place, "datum.is_reference")
    measured = [
        alt.Chart()
        .transform_filter(drawing.is_chosen("expression", "supervised"))
        .transform_calculate(written=f"{literal(words(key))} + ' ' + {number}")
        .mark_text(style="note", align="center", baseline="top")
        .encode(x=alt.value(width / 2), y=alt.value(place.height + down), text="written:N")
        for down, key, number in (
            (4, "figures.alignment_outlines.size", "format(datum.upper_face_size, '.3f')"),
            (
                20,
                "figures.alignment_outlines.chin",
                "(round(datum.chin_drop) ? format(round(datum.chin_drop), '+d') : '0') + ' px'",
            ),
        )
    ]
    header = alt.Header(title=None, labelExpr=label_expr(words.values("method")))
    return (
        alt.layer(*layered.layer, *measured, data=layered.data)
        .properties(width=place.width, height=place.height)
        .facet(column=alt.Column("method:N", sort=list(_METHODS), header=header), spacing=8)
        .add_params(drawing.param("expression"), drawing.param("supervised"))
    )
