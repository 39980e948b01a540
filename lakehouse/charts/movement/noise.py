"""How far faces move, beside how far they would seem to by noise alone."""

from typing import Any

import altair as alt

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    condition_labels,
    label_expr,
    named,
)
from lakehouse.charts.faces import face_place, side_marks
from lakehouse.charts.movement.dots import (
    dot_size,
    face_dots,
    first_point,
    point_tooltip,
    with_places,
)
from lakehouse.charts.movement.key import Entry, conditions_key, keyed
from lakehouse.charts.movement.parts import PartGrid, by_condition, span


def noise_groups(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw every part's distance in every mask, over the distance that noise gives.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `noise_groups`.
    """
    distances = span(frames["noise_groups"], "mean_distance", "noise_distance", "neutral_distance")
    grid = PartGrid(frames, "noise_groups", drawing, distances)
    words = drawing.words
    tooltip = grid.tooltip(
        alt.Tooltip("mean_distance:Q", title=words("column.mean_distance"), format=".1f"),
        alt.Tooltip("noise_distance:Q", title=words("column.noise_distance"), format=".2f"),
        alt.Tooltip("over_noise:Q", title=words("column.over_noise"), format=".1f"),
        alt.Tooltip("neutral_distance:Q", title=words("column.neutral_distance"), format=".1f"),
    )
    neutral = alt.MarkDef(type="tick", style="guide", thickness=2, size=grid.row_height - 10)
    layers: list[Any] = [
        alt.Chart()
        .mark_bar(style="pale", height=grid.row_height - 8)
        .transform_aggregate(noise_distance="max(noise_distance)", groupby=["expression", "part"])
        .encode(x=grid.x("noise_distance"), **grid.row),
        alt.Chart(mark=neutral)
        .transform_filter("isValid(datum.neutral_distance)")
        .encode(x=grid.x("neutral_distance"), **grid.row),
        *by_condition(grid, "mean_distance", tooltip),
    ]
    line = alt.MarkDef(type="tick", orient="vertical", style="guide", thickness=2, size=12)
    entries = [
        *conditions_key(drawing, grid.conditions),
        Entry(words("key.noise_distance"), alt.MarkDef(type="square", style="pale", size=120)),
    ]
    if frames["noise_groups"]["neutral_distance"].count():
        entries.append(Entry(words("key.neutral_distance"), line))
    panels = grid.facet(layers, words("axis.distance"))
    return keyed(panels, entries, drawing, grid.room, ("expression", "supervised", "part"))


def noise_faces(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how many times as far as by noise each point moves, in the chosen expression.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `noise_points`, `point_places` and `mesh`.
    """
    words = drawing.words
    points = frames["noise_points"]
    conditions = sorted(set(points["supervised"]))
    place = face_place(frames, min(380, (drawing.width - 12) // 2 - 10))
    most = max(points["over_noise"].drop_nulls(), default=2.0)
    dots = face_dots(
        place,
        size=dot_size(place, 0.6),
        color=alt.Color(
            "over_noise:Q",
            # Twice as much is as far everywhere on this scale; 1 is nothing but noise.
            scale=alt.Scale(type="log", domain=[1, most], range="heatmap", clamp=True, nice=False),
            title=words("axis.over_noise"),
            legend=alt.Legend(
                orient="bottom", gradientLength=min(260, drawing.width - 80), values=_ticks(most)
            ),
        ),
        tooltip=point_tooltip(
            drawing,
            alt.Tooltip("over_noise:Q", title=words("column.over_noise"), format=".1f"),
            alt.Tooltip("noise_distance:Q", title=words("column.noise_distance"), format=".2f"),
        ),
    )
    marks = side_marks(drawing, place, first_point(points))
    face = alt.layer(dots, *marks, data=named("noise_points")).properties(
        width=place.width, height=place.height
    )
    header = alt.Header(title=None, labelExpr=label_expr(condition_labels(words)))
    grid = face.facet(
        column=alt.Column("supervised", type="nominal", sort=conditions, header=header), spacing=12
    )
    return (  # type: ignore[no-any-return]
        with_places(grid)
        .transform_filter(drawing.is_chosen("expression"))
        .transform_filter("isValid(datum.over_noise)")
        .add_params(drawing.param("expression"))
    )


def _ticks(most: float) -> list[int]:
    return [value for value in (1, 2, 5, 10, 20, 50, 100, 200, 500) if value <= most]
