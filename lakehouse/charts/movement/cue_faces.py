"""How much farther each point moves with a cue than without, on a face of each expression."""

import textwrap
from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named
from lakehouse.charts.faces import FacePlace, face_place, side_marks
from lakehouse.charts.movement.dots import (
    dot_size,
    edges,
    face_dots,
    first_point,
    point_tooltip,
    with_places,
)

_LEVEL: Final = 0.05
_WAYS: Final = {
    "mean_difference": ("max_t_p", "way.own_neutral"),
    "paper_mean_difference": ("paper_max_t_p", "way.paper_neutral"),
}
"""Of both comparisons, the columns of difference and p, and what it is called."""
_SMALL: Final = 0.16
"""Area of a dot that does not survive, as a share of one that does."""
_HEADERS: Final = 48
_GAP: Final = 6
_NOTE: Final = 20
"""Height below a face, pixels, for the number of points that survive."""


def cue_faces(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw both comparisons of every expression, on one scale with zero in its middle.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `cue_points`, `point_places` and `mesh`.
    """
    effects = frames["cue_points"]
    shown = set(effects["expression"])
    order = [code for code in drawing.expressions() if code in shown]
    columns = len(_WAYS) if drawing.narrow else len(order)
    most = 150 if drawing.narrow else 220
    place = face_place(frames, min(most, (drawing.width - _HEADERS) // columns - _GAP))
    sizes = [abs(value) for way in _WAYS for value in effects[way].drop_nulls()]
    face = alt.layer(
        edges(place, _size(place, edge=1.5)),
        _dots(place, drawing, max(sizes, default=0) or 1.0),
        *side_marks(drawing, place, first_point(effects)),
        _survivors(place),
        data=named("cue_points"),
    ).properties(width=place.width, height=place.height)
    grid = _grid(face, drawing, order)
    pairs = [f"datum.way === '{way}' ? datum.{p}" for way, (p, _) in _WAYS.items()]
    names = {way: drawing.words(key) for way, (_, key) in _WAYS.items()}
    return (  # type: ignore[no-any-return]
        with_places(grid)
        .transform_fold(list(_WAYS), as_=["way", "difference"])
        .transform_filter("isValid(datum.difference)")
        .transform_calculate(family_p=" : ".join([*pairs, "null"]))
        .transform_calculate(survives=f"isValid(datum.family_p) && datum.family_p < {_LEVEL}")
        .transform_calculate(way_name=label_expr(names, "datum.way"))
    )


def _dots(place: FacePlace, drawing: Drawing, most: float) -> alt.Chart:
    words = drawing.words
    return face_dots(
        place,
        color=alt.Color(
            "difference:Q",
            scale=alt.Scale(domain=[-most, most], range="diverging", nice=False),
            title=words("axis.cue_difference"),
            legend=alt.Legend(orient="bottom", gradientLength=min(260, drawing.width - 80)),
        ),
        size=_size(place),
        tooltip=point_tooltip(
            drawing,
            alt.Tooltip("way_name:N", title=words("column.way")),
            alt.Tooltip("difference:Q", title=words("column.mean_difference"), format=".2f"),
            alt.Tooltip("family_p:Q", title=words("column.max_t_p"), format=".3~g"),
        ),
    )


def _size(place: FacePlace, edge: float = 1) -> Any:
    """Draw what survives large, and `edge` times as large as the dot for an edge around it."""
    sizes = (dot_size(place, edge), dot_size(place, _SMALL * edge**2))
    return alt.condition("datum.survives", *sizes)


def _survivors(place: FacePlace) -> alt.Chart:
    """Write below each face how many of its points survive, if any was tested."""
    counted: alt.Chart = (
        alt.Chart()
        .transform_aggregate(survivors="sum(survives)", points="count()", tested="valid(family_p)")
        .transform_filter("datum.tested > 0")
        .transform_calculate(text="datum.survivors + ' / ' + datum.points")
        .mark_text(style="note", align="center", baseline="bottom")
        .encode(
            x=alt.value(place.width / 2),
            y=alt.value(place.height + _NOTE - 4),
            text="text:N",
        )
    )
    return counted


def _grid(face: Any, drawing: Drawing, order: list[str]) -> Any:
    words = drawing.words
    ways = {way: "\n".join(textwrap.wrap(words(key), 20)) for way, (_, key) in _WAYS.items()}
    order_of = {"expression": order, "way": list(_WAYS)}
    labels = {"expression": words.labels.expressions, "way": ways}
    row, column = ("expression", "way") if drawing.narrow else ("way", "expression")

    def channel(kind: Any, name: str) -> Any:
        text = f"split({label_expr(labels[name])}, '\\n')"
        header = alt.Header(title=None, labelExpr=text)
        return kind(name, type="nominal", sort=order_of[name], header=header)

    return face.facet(
        row=channel(alt.Row, row),
        column=channel(alt.Column, column),
        spacing={"row": _NOTE, "column": _GAP},
    )
