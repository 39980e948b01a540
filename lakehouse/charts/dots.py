"""Faces of dots: each point at its place on the mean neutral face, with a value of its own.

The rows look their point's place up in the table `places`, so that it is there once.
"""

from typing import Any

import altair as alt

from lakehouse.charts.drawing import named
from lakehouse.charts.faces import FacePlace

PLACES = "places"


def face_dots(place: FacePlace, share: float = 1, **channels: Any) -> alt.Chart:
    """Draw the points of rows that have a place.

    Parameters
    ----------
    share : float
        Of the area of a dot that just leaves its neighbours apart.
    **channels
        Encodings besides those of the place.
    """
    return (
        alt.Chart()
        .mark_circle(opacity=1, size=dot_size(place, share))
        .encode(
            x=alt.X("x:Q", scale=place.x, axis=None),
            y=alt.Y("y:Q", scale=place.y, axis=None),
            **channels,
        )
    )


def dot_size(place: FacePlace, share: float = 1) -> float:
    """Give the area of a dot that just leaves its neighbours apart, square pixels.

    Parameters
    ----------
    share : float
        Of that area.
    """
    return share * place.width**2 / 900


def halo(place: FacePlace, condition: str) -> alt.Chart:
    """Draw a pale edge behind the dots of which a condition holds, a Vega expression."""
    behind = face_dots(place, share=1.5).transform_filter(condition)
    return behind.mark_circle(style="pale", size=dot_size(place, 1.5))


def with_places(chart: Any) -> Any:
    """Look the points' places up, in the outermost chart: inside a facet nothing is found."""
    return chart.transform_lookup(
        lookup="point",
        from_=alt.LookupData(data=named(PLACES), key="point", fields=["x", "y"]),
    )
