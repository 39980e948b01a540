"""Faces of dots: each point at its place on the mean neutral face, with a value of its own.

The rows look their point's place up in the table `places`, so that it is there once.
"""

from typing import Any

import altair as alt

from lakehouse.charts.drawing import named
from lakehouse.charts.faces import FacePlace

PLACES = "places"


def face_dots(place: FacePlace, **channels: Any) -> alt.Chart:
    """Draw the points of rows that have a place.

    Parameters
    ----------
    **channels
        Encodings besides those of the place.
    """
    return (
        alt.Chart()
        .mark_circle(opacity=1)
        .encode(
            x=alt.X("x:Q", scale=place.x, axis=None),
            y=alt.Y("y:Q", scale=place.y, axis=None),
            **channels,
        )
    )


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
    return face_dots(place, size=size).mark_circle(style="pale")


def with_places(chart: Any) -> Any:
    """Look the points' places up, in the outermost chart: inside a facet nothing is found."""
    return chart.transform_lookup(
        lookup="point",
        from_=alt.LookupData(data=named(PLACES), key="point", fields=["x", "y"]),
    )
