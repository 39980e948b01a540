"""Faces of dots: each point at its place on the mean neutral face, with a value of its own.

The rows look their point's place and name up in the table `point_places`, so that these are there
once.
"""

from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import Drawing, named
from lakehouse.charts.faces import FacePlace

_PLACES: Final = "point_places"


def face_dots(place: FacePlace, **channels: Any) -> alt.Chart:
    """Draw the points of rows that have a place.

    Parameters
    ----------
    **channels
        Encodings besides those of the place.
    """
    dots: alt.Chart = (
        alt.Chart()
        # Of some thousand dots nobody would have the numbers read out: a table has them.
        .mark_circle(opacity=1, aria=False)
        .encode(
            x=alt.X("x:Q", scale=place.x, axis=None),
            y=alt.Y("y:Q", scale=place.y, axis=None),
            **channels,
        )
    )
    return dots


def dot_size(place: FacePlace, share: float = 1) -> Any:
    """Give the area of a dot, such that neighbours just touch where points lie densest.

    Parameters
    ----------
    share : float
        Of that area.
    """
    return alt.value(share * place.width**2 / 900)


def edges(place: FacePlace, size: Any) -> alt.Chart:
    """Draw pale dots, as the edge of dots that lie on them: where a value has the page's colour.

    Parameters
    ----------
    size : Any
        Encoding of the area.
    """
    pale: alt.Chart = face_dots(place, size=size).mark_circle(style="pale", aria=False)
    return pale


def with_places(chart: Any) -> Any:
    """Look the points' places up, in the outermost chart: inside a facet nothing is found."""
    return chart.transform_lookup(
        lookup="point",
        from_=alt.LookupData(
            data=named(_PLACES), key="point", fields=["x", "y", "name_en", "name_pt", "muscles"]
        ),
    )


def first_point(frame: pl.DataFrame) -> str:
    """Write the condition of one point's rows, for what is drawn once in each face."""
    return f"datum.point === {min(frame['point'])}"


def point_tooltip(drawing: Drawing, *fields: alt.Tooltip) -> list[alt.Tooltip]:
    """Begin with a point's number, what it is called and the muscles that lie below it."""
    words = drawing.words
    name = "name_pt" if words.language.startswith("pt") else "name_en"
    return [
        alt.Tooltip("point:Q", title=words("column.point")),
        alt.Tooltip(f"{name}:N", title=words("column.name")),
        alt.Tooltip("muscles:N", title=words("column.muscles")),
        *fields,
    ]
