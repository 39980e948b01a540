"""Heat maps of distances to the neutral face: figures 11 and 16 of the study."""

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


def heat_grid(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw every mask's mean distances, on one scale.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `heat` (expression, supervised, triangle, mean_distance) and `mesh`.
    """
    words = drawing.words
    place = face_place(frames, grid_face_width(frames, drawing, "heat"))
    most = frames["heat"]["mean_distance"].max() or 0.0
    heat = Heat("mean_distance", words("axis.distance"), (0, float(most)))  # type: ignore[arg-type]
    legend = alt.Legend(orient="bottom", gradientLength=min(260, drawing.width - 80))
    tooltip = [
        alt.Tooltip("triangle:N", title=words("column.triangle")),
        alt.Tooltip("mean_distance:Q", title=words("axis.distance"), format=".1f"),
    ]
    face = sides(
        filled_triangles("heat", heat, legend, tooltip), drawing, place, "datum.triangle == 0"
    ).properties(width=place.width, height=place.height)
    return with_shapes(face_grid(face, frames, drawing, "heat"))
