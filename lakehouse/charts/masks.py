"""Mean masks as thin meshes: figures 5, 13, 14 and 15 of the study.

A mask's shape is made of its points' places by the chart itself: the page holds places only.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    expression_scale,
    label_expr,
    named,
)
from lakehouse.charts.faces import (
    FacePlace,
    face_grid,
    grid_face_width,
    place_of,
    sides,
)
from lakehouse.charts.literals import literal

ENLARGED: Final = 2
"""Expressions in the picture of few and large masks."""
_PAPERS: Final = ("happiness", "surprise")
"""Those that the study enlarges."""
_GAP: Final = 16
"""Pixels between two large masks."""
_ANY: Final = "true"
_MASK: Final = ("expression", "supervised")
_ENDS: Final = ("point_a", "point_b")


def mask_grid(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw every mask's mean.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `mean_masks` (expression, supervised, point, x, y) with all points in their order, and
        `mesh_edges` (edge, point_a, point_b).
    """
    place = _place(frames["mean_masks"], grid_face_width(frames, drawing, "mean_masks"))
    grid = face_grid(_face(drawing, place, 0.55), frames, drawing, "mean_masks")
    chart: AnyChart = _with_outlines(grid, frames)
    return chart


def masks_enlarged(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw two expressions' masks, large, over the neutral face.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        As `mask_grid` takes them.
    """
    masks = frames["mean_masks"]
    shown = enlarged(masks, drawing.expressions())
    count = masks.filter(pl.col("expression").is_in(shown)).select(_MASK).n_unique()
    columns = min(2 if drawing.narrow else 4, count)
    width = min(360, (drawing.width - 4) // columns - _GAP)
    place = _place(masks, width)
    below = (
        alt.Chart()
        .transform_calculate(geo="datum.all[0].geo")
        .mark_geoshape(style="mesh", filled=False, strokeWidth=1)
        .encode(shape=alt.Shape("geo:G"))
    )
    neutral = drawing.expressions()[0] in masks["expression"]
    order = [f"{code}/{flag}" for code in shown for flag in ("false", "true")]
    names = {
        f"{code}/{str(flag).lower()}": drawing.words.mask(code, flag)
        for code in shown
        for flag in (False, True)
    }
    grid = _face(drawing, place, 0.8, [below] if neutral else []).facet(
        facet=alt.Facet(
            "shown",
            type="nominal",
            sort=order,
            header=alt.Header(title=None, labelExpr=label_expr(names)),
        ),
        columns=columns,
        spacing=_GAP,
    )
    chart: AnyChart = (
        _with_outlines(grid, frames)
        .transform_joinaggregate([{"op": "values", "field": "geo", "as": "all"}])
        .transform_filter(f"indexof({literal(shown)}, datum.expression) >= 0")
        .transform_calculate(shown="datum.expression + '/' + datum.supervised")
    )
    return chart


def enlarged(masks: pl.DataFrame, order: Iterable[str]) -> list[str]:
    """Choose the expressions that are shown large: the study's, or the first besides the neutral.

    Parameters
    ----------
    masks : polars.DataFrame
        With column expression.
    order : iterable of str
        The dataset's expressions, the neutral one first.
    """
    there = set(masks["expression"].to_list())
    shown = [code for code in order if code in there]
    others = shown[1:]
    studied = [code for code in others if code in _PAPERS]
    rest = [code for code in others if code not in _PAPERS]
    return (studied + rest)[:ENLARGED] or shown


def _place(masks: pl.DataFrame, width: int) -> FacePlace:
    return place_of(masks.select("x", "y").to_numpy(), width)


def _face(
    drawing: Drawing, place: FacePlace, stroke: float, below: Sequence[alt.Chart] = ()
) -> alt.LayerChart:
    colour = alt.Color("expression:N", scale=expression_scale(drawing), legend=None)
    mesh = (
        alt.Chart(named("mean_masks"))
        .mark_geoshape(filled=False, strokeWidth=stroke)
        .encode(shape=alt.Shape("geo:G"), color=colour)
    )
    return sides(mesh, drawing, place, _ANY, below).properties(
        width=place.width, height=place.height
    )


def _with_outlines(chart: Any, frames: Frames) -> Any:
    """Make of each mask's points one row with its lines, in the outermost chart."""
    edges = len(frames["mesh_edges"])
    line = [[f"datum.points[datum.{point}].{axis}" for axis in "xy"] for point in _ENDS]
    ends = ",".join(f"[{x},{y}]" for x, y in line)
    groups = list(_MASK)
    return (
        chart.transform_aggregate(
            [{"op": "values", "field": "point", "as": "points"}], groupby=groups
        )
        .transform_calculate(edge=f"sequence({edges})")
        .transform_flatten(["edge"])
        .transform_lookup(
            lookup="edge",
            from_=alt.LookupData(data=named("mesh_edges"), key="edge", fields=list(_ENDS)),
        )
        .transform_calculate(line=f"[{ends}]")
        .transform_aggregate([{"op": "values", "field": "line", "as": "lines"}], groupby=groups)
        .transform_calculate(
            geo="{type: 'MultiLineString', coordinates: pluck(datum.lines, 'line')}"
        )
    )
