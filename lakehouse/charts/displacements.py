"""How far points move and where to, on one face of a mask that the reader chooses."""

from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    condition_labels,
    expression_scale,
    greatest,
    label_expr,
    named,
)
from lakehouse.charts.faces import (
    MESH,
    FacePlace,
    face_place,
    filled_triangles,
    outline,
    side_marks,
    with_shapes,
)
from lakehouse.charts.heat import distance_heat, heat_legend
from lakehouse.charts.literals import literal
from lakehouse.charts.words import BETWEEN_MUSCLES

FARTHEST: Final = 10
"""Points in the list of those that move farthest."""
LONGEST: Final = 160.0
"""Aligned pixels that the longest arrow should not exceed."""

_POINTS: Final = "point_movements"
_PLACES: Final = "point_places"
_MASK: Final = ("expression", "supervised")
_FACE: Final = 400
"""Width of the face beside something else, pixels."""
_BETWEEN: Final = 56
_NAMES: Final = 76
"""Pixels for the names of expressions beside a chart."""
_RING: Final = (
    "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0ZM0.62,0A0.62,0.62,0,1,0,-0.62,0A0.62,0.62,0,1,0,0.62,0Z"
)
"""A ring as an area, so that a legend can show it beside a dot."""
_MUSCLES: Final = 4
"""Of a point, at most, that a line names."""
_LETTER: Final = 5.4
"""Pixels that a small letter takes on average."""
_EXAGGERATIONS: Final = (1, 2, 3, 4, 5, 8, 10, 15, 20, 30, 50, 100)


def chosen_point(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the heat of a mask, on which a point is chosen, beside that point in all masks.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `point_movements` (expression, supervised, point, mean_distance, sd_distance, dx, dy),
        `point_places` (point, x, y, name_en, name_pt, muscles), `heat` and `mesh`.
    """
    place = _face_place(frames, drawing)
    heat = distance_heat(frames, drawing)
    triangles = filled_triangles("heat", heat, heat_legend(place.width), [])
    # Shapes are looked up of what is chosen only, which makes choosing quick.
    triangles = with_shapes(
        triangles.transform_filter(f"{drawing.is_chosen(*_MASK)} && isValid(datum.mean_distance)")
    )
    face = _on_face(drawing, place, [triangles, *_points_of_mask(drawing, place)])
    pair = _beside(drawing, face, _in_all_masks(frames, drawing, place))
    chart: AnyChart = _with_params(pair, drawing, *_MASK, "point")
    return chart


def farthest_points(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw where a mask's points move to, beside the points that move farthest.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `point_movements`, `point_places` and `mesh`.
    """
    place = _face_place(frames, drawing)
    face = _on_face(drawing, place, _arrows(drawing, place, exaggeration(frames[_POINTS])))
    pair = _beside(drawing, face, _farthest(frames, drawing, place))
    chart: AnyChart = _with_params(pair, drawing, *_MASK)
    return chart


def exaggeration(distances: pl.DataFrame) -> int:
    """Give how many times too long arrows are drawn, the same for all masks.

    Parameters
    ----------
    distances : polars.DataFrame
        With columns dx and dy, aligned pixels.
    """
    longest = distances.select((pl.col("dx") ** 2 + pl.col("dy") ** 2).sqrt().max()).item() or 1.0
    return max((times for times in _EXAGGERATIONS if times * longest <= LONGEST), default=1)


def _face_place(frames: Frames, drawing: Drawing) -> FacePlace:
    return face_place(frames, drawing.width - _NAMES - 4 if drawing.narrow else _FACE)


def _beside(drawing: Drawing, face: Any, other: Any) -> Any:
    join = alt.vconcat if drawing.narrow else alt.hconcat
    spacing = 28 if drawing.narrow else _BETWEEN
    return join(face, other, spacing=spacing).resolve_scale(
        color="independent", shape="independent"
    )


def _with_params(chart: Any, drawing: Drawing, *names: str) -> Any:
    return chart.add_params(*(drawing.param(name) for name in names))


def _on_face(drawing: Drawing, place: FacePlace, layers: list[Any]) -> Any:
    """Put layers over the outline of the face, with right and left."""
    marks = side_marks(drawing, place, "datum.triangle === 0")
    for mark in marks:
        mark.data = named(MESH)
    placed = [_placed(layer, place) for layer in layers]
    return alt.layer(place.projected(outline()), *marks, *placed).properties(
        width=place.width, height=place.height
    )


def _placed(layer: Any, place: FacePlace) -> Any:
    return place.projected(layer) if layer.mark.type == "geoshape" else layer


def _with_places(chart: Any, *fields: str) -> Any:
    return chart.transform_lookup(
        lookup="point", from_=alt.LookupData(data=named(_PLACES), key="point", fields=list(fields))
    )


def _colour(drawing: Drawing) -> alt.Color:
    return alt.Color("expression:N", scale=expression_scale(drawing), legend=None)


def _tooltip(drawing: Drawing, *, mask: bool) -> list[alt.Tooltip]:
    words = drawing.words
    parts = [
        alt.Tooltip("point:N", title=words("column.point")),
        alt.Tooltip(f"{drawing.words.column('name')}:N", title=words("column.name")),
        alt.Tooltip("muscle_names:N", title=words("column.muscles")),
        alt.Tooltip("mean_distance:Q", title=words("column.mean_distance"), format=".1f"),
        alt.Tooltip("sd_distance:Q", title=words("column.sd_distance"), format=".1f"),
    ]
    masks = [
        alt.Tooltip("expression_label:N", title=words("column.expression")),
        alt.Tooltip("condition_label:N", title=words("column.supervised")),
    ]
    return masks + parts[3:] if mask else parts


def _x(place: FacePlace, field: str = "x") -> alt.X:
    return alt.X(f"{field}:Q", scale=place.x, axis=None)


def _y(place: FacePlace, field: str = "y") -> alt.Y:
    return alt.Y(f"{field}:Q", scale=place.y, axis=None)


def _of_mask(drawing: Drawing) -> Any:
    chart = alt.Chart(named(_POINTS)).transform_filter(drawing.is_chosen(*_MASK))
    placed = _with_places(chart, "x", "y", drawing.words.column("name"), "muscles")
    return placed.transform_calculate(muscle_names="datum.muscles || '–'")


def _points_of_mask(drawing: Drawing, place: FacePlace) -> list[Any]:
    """Give the points as dots, the chosen one as a ring, and around each where it can be hit."""
    # Places are the same in all masks: what only shows them has nothing to do when one is chosen.
    places = alt.Chart(named(_PLACES)).encode(x=_x(place), y=_y(place))
    dots = places.mark_point(style="survivor", size=7, strokeWidth=0.4, aria=False)
    chosen = places.transform_filter(drawing.is_chosen("point")).mark_point(style="ring", size=150)
    targets = (
        _of_mask(drawing)
        .mark_circle(size=150, opacity=0, aria=False, cursor="pointer")
        .encode(x=_x(place), y=_y(place), tooltip=_tooltip(drawing, mask=False))
    )
    return [dots, chosen, targets]


def _arrows(drawing: Drawing, place: FacePlace, times: int) -> list[Any]:
    base = (
        _of_mask(drawing)
        .transform_filter("isValid(datum.dx) && datum.dx * datum.dx + datum.dy * datum.dy >= 1")
        .transform_calculate(
            to_x=f"datum.x + {times} * datum.dx",
            to_y=f"datum.y + {times} * datum.dy",
            angle="atan2(datum.dx, -datum.dy) * 180 / PI",
        )
    )
    shafts = base.mark_rule(strokeWidth=1.1, aria=False).encode(
        x=_x(place), y=_y(place), x2="to_x", y2="to_y", color=_colour(drawing)
    )
    heads = base.mark_point(shape="triangle", size=16, opacity=1, filled=True, aria=False).encode(
        x=_x(place, "to_x"),
        y=_y(place, "to_y"),
        angle=alt.Angle("angle:Q", scale=None),
        color=_colour(drawing),
        tooltip=_tooltip(drawing, mask=False),
    )
    return [shafts, heads]


def _in_all_masks(frames: Frames, drawing: Drawing, place: FacePlace) -> Any:
    words = drawing.words
    expressions = label_expr(words.labels.expressions)
    conditions = condition_labels(words)
    base = (
        alt.Chart(named(_POINTS))
        .transform_filter(drawing.is_chosen("point"))
        .transform_calculate(
            low="max(0, datum.mean_distance - datum.sd_distance)",
            high="datum.mean_distance + datum.sd_distance",
            expression_label=label_expr(words.labels.expressions, "datum.expression"),
            condition_label=label_expr(conditions, "datum.supervised"),
        )
        .encode(
            y=alt.Y(
                "expression:N",
                sort=drawing.expressions(),
                title=None,
                axis=alt.Axis(labelExpr=expressions, labelLimit=0),
            ),
            yOffset=alt.YOffset("supervised:N", sort=[False, True], scale=alt.Scale(padding=0.4)),
        )
    )
    distance = alt.X("mean_distance:Q", title=words("axis.distance"), scale=_distances(frames))
    spread = base.mark_rule(style="interval").encode(
        x=alt.X("low:Q", title=words("axis.distance")),
        x2="high",
        color=_colour(drawing),
    )
    ground = base.transform_filter("!datum.supervised").mark_point(
        style="hollow", strokeWidth=0, size=70
    )
    means = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=distance,
        color=_colour(drawing),
        shape=alt.Shape(
            "supervised:N",
            scale=alt.Scale(domain=[False, True], range=[_RING, "circle"]),
            legend=alt.Legend(title=None, labelExpr=label_expr(conditions), orient="top"),
        ),
        tooltip=_tooltip(drawing, mask=True),
    )
    chosen = base.transform_filter(drawing.is_chosen(*_MASK)).mark_point(style="chosen", size=230)
    layers = [spread, ground.encode(x=distance), means, chosen.encode(x=distance)]
    return alt.layer(*layers).properties(
        width=_rest(drawing, _NAMES), height=320 if drawing.narrow else place.height - 60
    )


def _farthest(frames: Frames, drawing: Drawing, place: FacePlace) -> Any:
    words = drawing.words
    step = 46 if drawing.narrow else (place.height - 40) // FARTHEST
    base = (
        _of_mask(drawing)
        .transform_window(
            rank="row_number()",
            sort=[
                alt.SortField("mean_distance", order="descending"),
                alt.SortField("point", order="ascending"),
            ],
        )
        .transform_filter(f"datum.rank <= {FARTHEST}")
        .transform_calculate(
            label=f"datum.point + ': ' + datum.{drawing.words.column('name')}",
            below=f"!datum.muscles ? '' : {_as_fit(_rest(drawing, 0))}",
        )
        .encode(
            y=alt.Y("rank:O", axis=None, scale=alt.Scale(padding=0)),
            tooltip=_tooltip(drawing, mask=False),
        )
    )
    distance = alt.X(
        "mean_distance:Q",
        title=words("axis.distance"),
        scale=_distances(frames),
        axis=alt.Axis(grid=False),
    )
    names = base.mark_text(align="left", baseline="top", dy=-step // 2 + 4).encode(
        x=alt.value(0), text="label:N"
    )
    under = base.mark_text(style="note", align="left", baseline="top", dy=-step // 2 + 18).encode(
        x=alt.value(0), text="below:N"
    )
    bars = base.mark_bar(height=5, yOffset=step // 2 - 8, cursor="pointer").encode(
        x=distance, color=_colour(drawing)
    )
    values = base.mark_text(align="right", baseline="top", dy=-step // 2 + 4).encode(
        x=alt.value(_rest(drawing, 0)), text=alt.Text("mean_distance:Q", format=".1f")
    )
    return alt.layer(bars, names, values, under).properties(
        width=_rest(drawing, 0), height=alt.Step(step)
    )


def _as_fit(width: int) -> str:
    """Write the expression of a point's muscles: as many as fit, and how many there are besides."""
    muscles = f"split(datum.muscles, {literal(BETWEEN_MUSCLES)})"

    def first(count: int) -> str:
        named = f"join(slice({muscles}, 0, {count}), {literal(BETWEEN_MUSCLES)})"
        return (
            f"{named} + (length({muscles}) > {count} ? ' + ' + (length({muscles}) - {count}) : '')"
        )

    shown = first(1)
    for count in range(2, _MUSCLES + 1):
        shown = f"length({first(count)}) <= {int(width / _LETTER)} ? {first(count)} : {shown}"
    return shown


def _distances(frames: Frames) -> alt.Scale:
    """Give one scale for all masks, also for one that nobody has."""
    points = frames[_POINTS].select(mean=pl.col("mean_distance"), sd=pl.col("sd_distance"))
    reach = points.with_columns(reach=pl.col("mean") + pl.col("sd").fill_null(0.0))
    return alt.Scale(domain=[0, greatest(reach, "reach")])


def _rest(drawing: Drawing, labels: int) -> int:
    """Give the width beside the face, or below it, without the labels of an axis."""
    beside = drawing.width if drawing.narrow else drawing.width - _FACE - _BETWEEN
    return beside - labels - 12
