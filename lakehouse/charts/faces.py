"""Faces: one mesh, of which each triangle or point has a value, in a grid or one alone.

The mesh is the table `mesh` (triangle, geo: a GeoJSON polygon in aligned pixels); the values' rows
look their triangle's shape up in it, so that it is there once for however many faces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import numpy as np

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    condition_labels,
    label_expr,
    named,
)

MESH: Final = "mesh"

_GAP: Final = 6
"""Pixels between two faces of a grid."""
_HEADERS: Final = 34
"""Pixels that the labels of a grid's rows take."""
_MARGIN: Final = 0.02
"""Of the face's size, around it."""
_SIDE_AT: Final = 0.06
"""Height of the marks of right and left, as a share of the picture's, from its bottom."""


@dataclass(frozen=True)
class FacePlace:
    """Where the mesh lies in a picture of some width.

    Parameters
    ----------
    left, top : float
        Aligned pixels of the picture's corner.
    scale : float
        Picture pixels per aligned pixel.
    width, height : int
        Of the picture.
    """

    left: float
    top: float
    scale: float
    width: int
    height: int

    @property
    def x(self) -> alt.Scale:
        """Scale of points' x."""
        return alt.Scale(domain=[self.left, self.left + self.width / self.scale], nice=False)

    @property
    def y(self) -> alt.Scale:
        """Scale of points' y, downwards."""
        return alt.Scale(domain=[self.top + self.height / self.scale, self.top], nice=False)

    def projected(self, chart: Any) -> Any:
        """Place a chart of geoshapes."""
        translate = [-self.left * self.scale, -self.top * self.scale]
        return chart.project(type="identity", scale=self.scale, translate=translate)


def face_place(frames: Frames, width: int) -> FacePlace:
    """Fit the mesh into a picture's width.

    Parameters
    ----------
    width : int
        Pixels.
    """
    rings = [geo["coordinates"][0] for geo in frames[MESH]["geo"].to_list()]
    places = np.array(rings, dtype=np.float64).reshape(-1, 2)
    low, high = places.min(axis=0), places.max(axis=0)
    margin = _MARGIN * (high - low).max()
    size = high - low + 2 * margin
    scale = width / size[0]
    return FacePlace(
        float(low[0] - margin),
        float(low[1] - margin),
        float(scale),
        width,
        round(float(size[1] * scale)),
    )


@dataclass(frozen=True)
class Heat:
    """The value that fills triangles.

    Parameters
    ----------
    field : str
        Column.
    title : str
        Of the legend, with the unit.
    domain : tuple of float
        Least and greatest.
    scheme : str
        Range of the configuration: "heatmap", or "diverging" where zero is the middle.
    """

    field: str
    title: str
    domain: tuple[float, float]
    scheme: str = "heatmap"

    def channels(self, legend: alt.Legend | None) -> dict[str, Any]:
        """Give the encodings: the lines have the fill's colour, which closes seams."""
        scale = alt.Scale(domain=list(self.domain), range=self.scheme, nice=False)
        kind: Any = {"type": "quantitative", "scale": scale}
        return {
            "color": alt.Color(self.field, title=self.title, legend=legend, **kind),
            "stroke": alt.Stroke(self.field, legend=None, **kind),
        }


def filled_triangles(
    data: str, heat: Heat, legend: alt.Legend | None, tooltip: Sequence[alt.Tooltip]
) -> alt.Chart:
    """Draw the mesh's triangles, each filled by the value of its row.

    Parameters
    ----------
    data : str
        Rows with the column triangle.
    """
    return (
        alt.Chart(named(data))
        .mark_geoshape(strokeWidth=0.6)
        .encode(shape=alt.Shape("geo:G"), tooltip=list(tooltip), **heat.channels(legend))
    )


def with_shapes(chart: Any) -> Any:
    """Look the triangles' shapes up, in the outermost chart: inside a facet nothing is found."""
    return chart.transform_lookup(
        lookup="triangle",
        from_=alt.LookupData(data=named(MESH), key="triangle", fields=["geo"]),
    )


def outline() -> alt.Chart:
    """Draw the mesh alone, thin, as the ground of points."""
    return (
        alt.Chart(named(MESH))
        .mark_geoshape(style="mesh", filled=False)
        .encode(shape=alt.Shape("geo:G"))
    )


def sides(chart: alt.Chart, drawing: Drawing, place: FacePlace, once: str) -> alt.LayerChart:
    """Mark the face's right and left on a chart of one face, or of one in each panel.

    Parameters
    ----------
    chart : altair.Chart
        Has the data; the marks are of one of its rows in each panel.
    once : str
        Condition of that row, a Vega expression.
    """
    layers: list[Any] = [place.projected(chart), *side_marks(drawing, place, once)]
    data = chart.data
    # A layer's child with data of its own would escape from the facet.
    layers[0].data = alt.Undefined
    return alt.layer(*layers, data=data)


def side_marks(drawing: Drawing, place: FacePlace, once: str) -> list[alt.Chart]:
    """Give the layers that mark the face's right and left.

    Parameters
    ----------
    once : str
        Condition of one row in each panel, a Vega expression.
    """
    marks = []
    for key, x, align in (("face.right", 2, "left"), ("face.left", place.width - 2, "right")):
        mark = alt.Chart().transform_filter(once).mark_text(
            style="note", align=align, baseline="bottom", text=drawing.words(key)
        )
        marks.append(mark.encode(x=alt.value(x), y=alt.value(place.height * (1 - _SIDE_AT))))
    return marks


def face_grid(
    face: Any, frames: Frames, drawing: Drawing, table: str
) -> AnyChart:
    """Put faces in a grid of conditions and expressions, turned on a telephone.

    Parameters
    ----------
    face : altair.LayerChart or altair.Chart
        One face, of rows with the columns expression and supervised.
    table : str
        The rows' table, whose masks are shown.

    Returns
    -------
    altair.FacetChart
    """
    words = drawing.words
    shown = set(frames[table]["expression"].unique().to_list())
    order = [code for code in drawing.expressions() if code in shown]
    rows, columns = ("expression", "supervised") if drawing.narrow else ("supervised", "expression")
    labels: dict[str, Any] = {
        "expression": words.labels.expressions,
        "supervised": condition_labels(words),
    }
    sort: dict[str, Any] = {"expression": order, "supervised": [False, True]}
    header = {
        name: alt.Header(title=None, labelExpr=label_expr(texts)) for name, texts in labels.items()
    }
    grid = face.facet(
        row=alt.Row(rows, type="nominal", sort=sort[rows], header=header[rows]),
        column=alt.Column(columns, type="nominal", sort=sort[columns], header=header[columns]),
        spacing=_GAP,
    )
    return grid.resolve_scale(color="shared", stroke="shared").resolve_legend(stroke="independent")


def grid_face_width(frames: Frames, drawing: Drawing, table: str) -> int:
    """Give the width of one face in a grid of that table, pixels."""
    shown = frames[table]
    columns = shown["supervised" if drawing.narrow else "expression"].n_unique()
    most = 150 if drawing.narrow else 200
    return min(most, (drawing.width - _HEADERS) // max(columns, 1) - _GAP)
