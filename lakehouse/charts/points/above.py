"""Points above average: by mask, those in common, and one point in every mask."""

from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    greatest,
    label_expr,
    named,
    with_count,
)
from lakehouse.charts.estimates import FLAG, cue_key
from lakehouse.charts.faces import (
    face_grid,
    face_place,
    grid_face_width,
    outline,
    side_marks,
)
from lakehouse.charts.points.places import (
    DOT,
    EDGE,
    expression_colour,
    place_channels,
    point_tooltip,
    with_places,
)

_NAMES: Final = 76
"""Pixels that the names of expressions take."""
_ONCE: Final = "datum.point === 0"
"""One row of each mask: every face has this point."""


def above_grid(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw every mask's points, those above its average marked and counted.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `point_distances` (expression, supervised, point, mean_distance, above_average),
        `point_places` and `mesh`.

    Returns
    -------
    altair.FacetChart
    """
    words = drawing.words
    place = face_place(frames, grid_face_width(frames, drawing, "point_distances"))
    at = place_channels(place)
    tooltip = point_tooltip(
        drawing, alt.Tooltip("mean_distance:Q", title=words("axis.distance"), format=".1f")
    )
    counted = with_count(words("points.above", n="{n}"), "datum.above")
    layers = [
        alt.Chart()
        .transform_filter("!datum.above_average")
        .mark_point(style="guide", size=3, **DOT)
        .encode(**at, tooltip=tooltip),
        alt.Chart()
        .transform_filter("datum.above_average")
        .mark_point(size=9, **DOT)
        .encode(**at, color=expression_colour(drawing), tooltip=tooltip),
        alt.Chart()
        .transform_filter(drawing.is_chosen("point"))
        .mark_point(style="chosen", size=80)
        .encode(**at),
        alt.Chart()
        .transform_filter(_ONCE)
        .transform_calculate(counted=counted)
        .mark_text(style="note", align="center", baseline="top")
        .encode(text="counted:N", x=alt.value(place.width / 2), y=alt.value(place.height + 2)),
        *side_marks(drawing, place, _ONCE),
    ]
    face = alt.layer(*layers, data=named("point_distances")).properties(
        width=place.width, height=place.height + 14
    )
    grid = face_grid(face, frames, drawing, "point_distances")
    chart: AnyChart = (
        with_places(grid)
        .transform_joinaggregate(above="sum(above_average)", groupby=["expression", "supervised"])
        .add_params(drawing.param("point"))
    )
    return chart


def common_points(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw in how many masks each point is above average, and the chosen point in every mask.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `points_common` (point, masks_above, masks, mean_distance), `point_distances`,
        `point_places` and `mesh`.

    Returns
    -------
    altair.HConcatChart or altair.VConcatChart
    """
    # Beneath each other both begin where the names of expressions end.
    width = drawing.width - EDGE - _NAMES if drawing.narrow else 430
    parts = [_common_face(frames, drawing, width), _in_every_mask(frames, drawing)]
    chart: Any = alt.vconcat(*parts) if drawing.narrow else alt.hconcat(*parts, spacing=60)
    chart = chart.resolve_scale(color="independent", size="independent")
    both: AnyChart = chart.add_params(drawing.param("point"))
    return both


def _common_face(frames: Frames, drawing: Drawing, width: int) -> AnyChart:
    words = drawing.words
    place = face_place(frames, width)
    most = int(greatest(frames["points_common"], "masks"))
    at = place_channels(place)
    scale = alt.Scale(domain=[0, most], range="heatmap", nice=False)
    legend = alt.Legend(
        orient="bottom", format="d", tickMinStep=1, gradientLength=min(260, width - 80)
    )
    points = with_places(
        alt.Chart(named("points_common"))
        .mark_point(**DOT)
        .encode(
            **at,
            color=alt.Color(
                "masks_above:Q", scale=scale, legend=legend, title=words("axis.masks_above")
            ),
            size=alt.condition("datum.masks_above === datum.masks", alt.value(60), alt.value(20)),
            tooltip=point_tooltip(
                drawing,
                alt.Tooltip("masks_above:Q", title=words("column.masks_above")),
                alt.Tooltip("mean_distance:Q", title=words("axis.distance"), format=".1f"),
            ),
        )
    )
    ring = with_places(
        alt.Chart(named("points_common"))
        .transform_filter(drawing.is_chosen("point"))
        .mark_point(style="chosen", size=200)
        .encode(**at)
    )
    marks = [
        mark.properties(data=named("points_common")) for mark in side_marks(drawing, place, _ONCE)
    ]
    return alt.layer(place.projected(outline()), points, ring, *marks).properties(
        width=place.width, height=place.height
    )


def _in_every_mask(frames: Frames, drawing: Drawing) -> AnyChart:
    words = drawing.words
    shown = set(frames["point_distances"]["expression"].unique().to_list())
    order = [code for code in drawing.expressions() if code in shown]
    most = greatest(frames["point_distances"], "mean_distance")
    at = {
        "y": alt.Y(
            "expression:N",
            sort=order,
            title=None,
            axis=alt.Axis(labelExpr=label_expr(words.labels.expressions)),
        ),
        "yOffset": alt.YOffset("supervised:N", scale=alt.Scale(domain=[False, True])),
    }
    x = alt.X(
        "mean_distance:Q",
        title=words("axis.distance"),
        scale=alt.Scale(domain=[0, most], nice=True),
    )
    tooltip = point_tooltip(
        drawing,
        alt.Tooltip("mean_distance:Q", title=words("axis.distance"), format=".1f"),
        alt.Tooltip("mean_of_mask:Q", title=words("column.mean_of_mask"), format=".1f"),
    )
    chosen = alt.Chart().transform_filter(drawing.is_chosen("point"))
    layers = [
        chosen.mark_tick(style="guide", thickness=2, height=14).encode(x="mean_of_mask:Q", **at),
        *(
            chosen.transform_filter(f"datum.supervised === {str(supervised).lower()}")
            .mark_point(style=style, size=70)
            .encode(x=x, color=expression_colour(drawing), tooltip=tooltip, **at)
            for supervised, style in ((False, "hollow"), (True, "cue"))
        ),
    ]
    chart: AnyChart = with_places(
        alt.layer(*layers, data=named("point_distances"))
        .transform_joinaggregate(
            mean_of_mask="mean(mean_distance)", groupby=["expression", "supervised"]
        )
        .properties(
            width=drawing.width - EDGE - _NAMES if drawing.narrow else 420,
            height=alt.Step(19 if drawing.narrow else 23),
        )
    )
    keyed: AnyChart = alt.vconcat(
        cue_key("point_distances", FLAG, drawing),
        chart,
        spacing=10,
        title=words("points.chosen"),
    )
    return keyed
