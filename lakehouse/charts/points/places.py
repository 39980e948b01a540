"""Where points lie on the face, and what every chart of points shares."""

from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import Drawing, named
from lakehouse.charts.faces import FacePlace

PLACES: Final = "point_places"
"""Where each point lies, and what it is called (point, x, y, name_en, name_pt, muscles)."""

EDGE: Final = 14
"""Pixels around a chart, within its width."""

DOT: Final[dict[str, Any]] = {
    "filled": True,
    "strokeWidth": 0,
    "opacity": 1,
    "aria": False,
}
"""Of dots of which there are thousands: a label on each would be most of a file."""


def with_places(chart: Any) -> Any:
    """Look up where points lie and what they are called, in the outermost chart."""
    fields = ["x", "y", "name_en", "name_pt", "muscles"]
    return chart.transform_lookup(
        lookup="point", from_=alt.LookupData(data=named(PLACES), key="point", fields=fields)
    )


def point_tooltip(drawing: Drawing, *more: alt.Tooltip) -> list[alt.Tooltip]:
    """Say which point it is, and which muscles lie under it, after `with_places`."""
    words = drawing.words
    return [
        alt.Tooltip("point:N", title=words("column.point")),
        alt.Tooltip(f"{words.column('name')}:N", title=words("column.name")),
        alt.Tooltip("muscles:N", title=words("column.muscles")),
        *more,
    ]


def place_channels(place: FacePlace) -> dict[str, Any]:
    """Give the encodings that put points on a face."""
    # With a range of its own the face keeps its height where something is written below it.
    down = alt.Scale(domain=place.y.domain, range=[place.height, 0], nice=False)
    return {
        "x": alt.X("x:Q", scale=place.x, axis=None),
        "y": alt.Y("y:Q", scale=down, axis=None),
    }


def expression_colour(drawing: Drawing) -> alt.Color:
    """Give an expression's colour, without a legend: its name stands beside it."""
    scale = alt.Scale(domain=drawing.expressions(), range="category")
    return alt.Color("expression:N", scale=scale, legend=None)
