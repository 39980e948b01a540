"""Distances to the neutral face by point and by participant: figures 16 and 17 of the study."""

from typing import Final

import altair as alt

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    axis_title,
    greatest,
    label_expr,
    named,
    with_count,
)
from lakehouse.charts.faces import face_grid
from lakehouse.charts.points.places import DOT, expression_colour, point_tooltip, with_places

_BESIDE: Final = 96
"""Pixels that a grid's axis and headings take."""
_GAP: Final = 6

_FIRST: Final = "datum.rank === 1"


def point_curves(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw every mask's points in the order of their distances, with the mask's mean.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `point_distances` (expression, supervised, point, mean_distance, above_average) and
        `point_places`.

    Returns
    -------
    altair.FacetChart
    """
    words = drawing.words
    table = frames["point_distances"]
    points = table["point"].n_unique()
    most = greatest(table, "mean_distance")
    at = {
        "x": alt.X(
            "rank:Q",
            scale=alt.Scale(domain=[1, points], nice=False, padding=3),
            axis=alt.Axis(title=None, labels=False, grid=False),
        ),
        "y": alt.Y(
            "mean_distance:Q",
            scale=alt.Scale(domain=[0, most], nice=False, padding=6),
            axis=alt.Axis(title=None, tickCount=4),
        ),
    }
    tooltip = point_tooltip(
        drawing,
        alt.Tooltip("mean_distance:Q", title=words("axis.distance"), format=".1f"),
        alt.Tooltip("mean_of_mask:Q", title=words("column.mean_of_mask"), format=".1f"),
    )
    counted = with_count(words("points.above", n="{n}"), "datum.above")
    layers = [
        alt.Chart()
        .transform_filter(_FIRST)
        .mark_rule(style="guide")
        .encode(y=alt.Y("mean_of_mask:Q")),
        alt.Chart()
        .transform_filter("!datum.above_average")
        .mark_point(style="guide", size=5, **DOT)
        .encode(**at, tooltip=tooltip),
        alt.Chart()
        .transform_filter("datum.above_average")
        .mark_point(size=12, **DOT)
        .encode(**at, color=expression_colour(drawing), tooltip=tooltip),
        alt.Chart()
        .transform_filter(drawing.is_chosen("point"))
        .mark_point(style="chosen", size=60)
        .encode(**at),
        alt.Chart()
        .transform_filter(_FIRST)
        .transform_calculate(counted=counted)
        .mark_text(style="note", align="left", baseline="top")
        .encode(text="counted:N", x=alt.value(2), y=alt.value(3)),
    ]
    panel = alt.layer(*layers, data=named("point_distances")).properties(
        width=_panel_width(frames, drawing), height=150 if drawing.narrow else 190
    )
    titles = (words("axis.point_rank"), words("axis.distance"))
    grid = face_grid(panel, frames, drawing, "point_distances", titles)
    masks = ["expression", "supervised"]
    chart: AnyChart = (
        with_places(grid)
        .transform_window(
            rank="row_number()",
            groupby=masks,
            sort=[alt.SortField("mean_distance"), alt.SortField("point")],
        )
        .transform_joinaggregate(
            mean_of_mask="mean(mean_distance)", above="sum(above_average)", groupby=masks
        )
        .add_params(drawing.param("point"))
    )
    return chart


def participant_histograms(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how many participants move how far, in halves: left without the cue, right with it.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `distance_histograms` (expression, supervised, low, high, participants, mean_of_mask).

    Returns
    -------
    altair.FacetChart
    """
    words = drawing.words
    table = frames["distance_histograms"]
    shown = set(table["expression"].unique().to_list())
    order = [code for code in drawing.expressions() if code in shown]
    most = int(greatest(table, "participants"))
    cues = set(table["supervised"].unique().to_list())
    columns = min(len(order), 2 if drawing.narrow else 8)
    distance = alt.Y(
        "low:Q",
        title=None,
        scale=alt.Scale(domain=[0, greatest(table, "high")], nice=False),
    )
    people = alt.X(
        "signed:Q",
        title=None,
        scale=alt.Scale(domain=[-most * (False in cues), most * (True in cues)], nice=True),
        axis=alt.Axis(
            labelExpr="format(abs(datum.value), 'd')", tickCount=4, tickMinStep=1, grid=False
        ),
    )
    tooltip = [
        alt.Tooltip("low:Q", title=words("column.low"), format=".1f"),
        alt.Tooltip("high:Q", title=words("column.high"), format=".1f"),
        alt.Tooltip("participants:Q", title=words("column.participants")),
        alt.Tooltip("mean_of_mask:Q", title=words("column.mean_of_mask"), format=".1f"),
    ]
    bars = [
        alt.Chart()
        .transform_filter(f"datum.supervised === {str(supervised).lower()}")
        .mark_bar(style=style, cornerRadius=0)
        .encode(
            x=people,
            x2="zero:Q",
            y=distance,
            y2="high:Q",
            color=expression_colour(drawing),
            tooltip=tooltip,
        )
        for supervised, style in ((False, "pale"), (True, "cue"))
    ]
    means = (
        alt.Chart()
        .transform_aggregate(
            mean_of_mask="mean(mean_of_mask)", groupby=["expression", "supervised", "side"]
        )
        .transform_calculate(zero="0", end=f"datum.side * {most}")
        .mark_rule(strokeWidth=1.5)
        .encode(x="zero:Q", x2="end:Q", y="mean_of_mask:Q")
    )
    middle = alt.Chart().mark_rule(style="guide").encode(x=alt.datum(0))
    width = (drawing.width - _BESIDE) // columns - (18 if drawing.narrow else _GAP)
    chart: AnyChart = (
        alt.layer(*bars, middle, means, data=named("distance_histograms"))
        .properties(width=min(width, 240), height=170 if drawing.narrow else 240)
        .facet(
            facet=alt.Facet(
                "expression:N",
                sort=order,
                header=alt.Header(
                    title=words(
                        "axis.participants",
                        without=words.condition(False),
                        cued=words.condition(True),
                    ),
                    titleOrient="bottom",
                    labelExpr=label_expr(words.labels.expressions),
                ),
            ),
            columns=columns,
            spacing=18 if drawing.narrow else _GAP,
            title=axis_title(words("axis.participant_distance")),
        )
        .transform_calculate(side="datum.supervised ? 1 : -1", zero="0")
        .transform_calculate(signed="datum.side * datum.participants")
    )
    return chart


def _panel_width(frames: Frames, drawing: Drawing) -> int:
    table = frames["point_distances"]
    columns = table["supervised" if drawing.narrow else "expression"].n_unique()
    return min(300, (drawing.width - _BESIDE) // max(columns, 1) - _GAP)
