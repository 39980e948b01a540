"""Heat maps of distances to the neutral face: figures 11 and 16 of the study."""

from typing import Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing, Frames
from lakehouse.charts.faces import (
    Heat,
    face_grid,
    face_place,
    filled_triangles,
    grid_face_width,
    sides,
    with_shapes,
)

_MOVES: Final = "isValid(datum.mean_distance)"
"""False of the face that all others are compared with."""


def distance_heat(frames: Frames, drawing: Drawing) -> Heat:
    """Give the colours of distances, the same for all masks.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `heat`.
    """
    most = frames["heat"]["mean_distance"].max() or 0.0
    domain = (0.0, float(most))  # type: ignore[arg-type]
    return Heat("mean_distance", drawing.words("axis.distance"), domain)


def heat_legend(width: int) -> alt.Legend:
    """Give the scale of colours below a picture of some width, pixels."""
    return alt.Legend(orient="bottom", gradientLength=min(260, width - 80), titleLimit=0)


def heat_grid(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw every mask's mean distances, on one scale.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `heat` (expression, supervised, triangle, mean_distance) and `mesh`. The face without
        distances is drawn as a mesh.
    """
    place = face_place(frames, grid_face_width(frames, drawing, "heat"))
    # Without hovering: to say it of each of some ten thousand triangles takes longer than to draw
    # them, and the larger face says it.
    triangles = filled_triangles(
        "heat", distance_heat(frames, drawing), heat_legend(drawing.width), ()
    )
    neutral = (
        alt.Chart()
        .transform_filter(f"!{_MOVES}")
        .mark_geoshape(style="mesh", filled=False, aria=False)
        .encode(shape=alt.Shape("geo:G"))
    )
    face = sides(
        triangles.transform_filter(_MOVES), drawing, place, "datum.triangle == 0", below=[neutral]
    ).properties(width=place.width, height=place.height)
    chart: AnyChart = with_shapes(face_grid(face, frames, drawing, "heat"))
    return chart
