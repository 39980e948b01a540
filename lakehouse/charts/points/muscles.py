"""Muscles: where they lie on the face, and how far the skin over them moves."""

import textwrap
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    greatest,
    label_expr,
    named,
)
from lakehouse.charts.estimates import FLAG, cue_key
from lakehouse.charts.faces import face_place, side_marks
from lakehouse.charts.points.matrix import Matrix, matrix
from lakehouse.charts.points.places import (
    DOT,
    PLACES,
    expression_colour,
    place_channels,
    point_tooltip,
    with_places,
)
from lakehouse.charts.words import Words

_GAP: Final = 8
_HEADING: Final = 12
"""Size of the headings' letters."""


def muscle_group_name(words: Words, code: str) -> str:
    """Name a group of muscles: the built-in ones have names, others what their file calls them."""
    return words.known(f"muscle_group.{code}", code.replace("_", " "))


def muscle_regions(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw a face for each muscle, with the points over it.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `muscle_points` (muscle_group, muscle, point, side), `point_places` and `mesh`.

    Returns
    -------
    altair.FacetChart
    """
    words = drawing.words
    table = frames["muscle_points"]
    muscles = table["muscle"].unique(maintain_order=True).to_list()
    groups = table["muscle_group"].unique(maintain_order=True).to_list()
    columns = 3 if drawing.narrow else 8
    place = face_place(frames, drawing.width // columns - _GAP)
    at = place_channels(place)
    letters = int(place.width / (0.56 * _HEADING))
    names = {code: textwrap.wrap(words.muscle(code), letters) for code in muscles}
    scale = alt.Scale(domain=groups, range="ordinal")
    legend = alt.Legend(
        title=None,
        labelLimit=0,
        labelExpr=label_expr({code: muscle_group_name(words, code) for code in groups}),
    )
    layers = [
        # Data of its own leave the facet, so that every face has all points.
        alt.Chart(named(PLACES)).mark_point(style="guide", size=2, **DOT).encode(**at),
        *(
            mark.properties(data=named(PLACES))
            for mark in side_marks(drawing, place, "datum.point === 0")
        ),
        alt.Chart()
        .mark_point(size=13, **DOT)
        .encode(
            **at,
            color=alt.Color("muscle_group:O", scale=scale, legend=legend),
            tooltip=point_tooltip(drawing),
        ),
    ]
    face = alt.layer(*layers, data=named("muscle_points")).properties(
        width=place.width, height=place.height
    )
    header = alt.Header(title=None, labelExpr=label_expr(names), labelAnchor="middle")
    chart: AnyChart = with_places(
        face.facet(
            facet=alt.Facet("muscle:N", sort=muscles, header=header),
            columns=columns,
            spacing=_GAP,
        )
    )
    return chart


def muscle_heat(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how far the skin over each muscle moves in each mask.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `muscle_means` (muscle_group, muscle, expression, supervised, mean_distance, participants).

    Returns
    -------
    altair.FacetChart
    """
    words = drawing.words
    table = frames["muscle_means"]
    muscles = table["muscle"].unique(maintain_order=True).to_list()
    most = greatest(table, "mean_distance")
    labels = {code: words.muscle(code) for code in muscles}
    content = Matrix(
        "muscle_means",
        "muscle",
        labels,
        label_width=195 if drawing.narrow else 220,
        field="mean_distance",
        title=words("axis.distance"),
        domain=(0, most),
        scheme="heatmap",
        tooltip=[
            alt.Tooltip("muscle:N", title=words("column.muscle")),
            alt.Tooltip("mean_distance:Q", title=words("axis.distance"), format=".1f"),
            alt.Tooltip("sd_distance:Q", title=words("column.sd_distance"), format=".1f"),
            alt.Tooltip("points:Q", title=words("column.points")),
        ],
    )
    return matrix(frames, drawing, content)


def muscle_groups(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how far the skin over each group of muscles moves, hollow without the cue.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `muscle_group_means` (muscle_group, expression, supervised, mean_distance, lower_quartile,
        upper_quartile, participants).

    Returns
    -------
    altair.VConcatChart
    """
    words = drawing.words
    table = frames["muscle_group_means"]
    groups = table["muscle_group"].unique(maintain_order=True).to_list()
    shown = set(table["expression"].unique().to_list())
    order = [code for code in drawing.expressions() if code in shown]
    columns = min(len(groups), 1 if drawing.narrow else 5)
    most = greatest(table, "mean_distance", "upper_quartile")
    at = {
        "y": alt.Y(
            "expression:N",
            sort=order,
            title=None,
            axis=alt.Axis(labelExpr=label_expr(words.labels.expressions)),
        ),
        "yOffset": alt.YOffset("supervised:N", scale=alt.Scale(domain=[False, True])),
        "color": expression_colour(drawing),
    }
    along: dict[str, Any] = {
        "title": None,
        "scale": alt.Scale(domain=[0, most], nice=True),
        "axis": alt.Axis(tickCount=3),
    }
    tooltip = [
        alt.Tooltip("mean_distance:Q", title=words("axis.distance"), format=".1f"),
        alt.Tooltip("lower_quartile:Q", title=words("column.lower_quartile"), format=".1f"),
        alt.Tooltip("upper_quartile:Q", title=words("column.upper_quartile"), format=".1f"),
        alt.Tooltip("participants:Q", title=words("column.participants")),
    ]
    layers = [
        alt.Chart()
        .mark_rule(style="interval")
        .encode(x=alt.X("lower_quartile:Q", **along), x2="upper_quartile:Q", **at),
        *(
            alt.Chart()
            .transform_filter(f"datum.supervised === {str(supervised).lower()}")
            .mark_point(style=style, size=44)
            .encode(x=alt.X("mean_distance:Q", **along), tooltip=tooltip, **at)
            for supervised, style in ((False, "hollow"), (True, "cue"))
        ),
    ]
    names = {code: muscle_group_name(words, code) for code in groups}
    width = (drawing.width - 90) // columns - 20
    header = alt.Header(
        title=words("axis.distance"), titleOrient="bottom", labelExpr=label_expr(names)
    )
    chart: AnyChart = (
        alt.layer(*layers, data=named("muscle_group_means"))
        .properties(width=min(width, 260), height=alt.Step(11))
        .facet(
            facet=alt.Facet("muscle_group:N", sort=groups, header=header),
            columns=columns,
            spacing=20,
        )
    )
    keyed: AnyChart = alt.vconcat(cue_key("muscle_group_means", FLAG, drawing), chart, spacing=10)
    return keyed


def unit_heat(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how much each action unit changes from the neutral face in each mask.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `action_unit_scores` (action_unit, label_en, label_pt, expression, supervised, score,
        change, participants).

    Returns
    -------
    altair.FacetChart
    """
    words = drawing.words
    table = frames["action_unit_scores"]
    named_units = table.select("action_unit", words.column("label")).unique(maintain_order=True)
    labels = {unit: f"{unit} {label}" for unit, label in named_units.iter_rows()}
    most = greatest(table.select(pl.col("change").abs()), "change")
    content = Matrix(
        "action_unit_scores",
        "action_unit",
        labels,
        label_width=195 if drawing.narrow else 220,
        field="change",
        title=words("axis.unit_change"),
        domain=(-most, most),
        scheme="diverging",
        tooltip=[
            alt.Tooltip("action_unit:N", title=words("column.action_unit")),
            alt.Tooltip(f"{words.column('label')}:N", title=words("column.name")),
            alt.Tooltip("change:Q", title=words("axis.unit_change"), format="+.3f"),
            alt.Tooltip("sd_change:Q", title=words("column.sd_change"), format=".3f"),
            alt.Tooltip("score:Q", title=words("column.score"), format=".3f"),
            alt.Tooltip("participants:Q", title=words("column.participants")),
        ],
        step=17,
    )
    return matrix(frames, drawing, content)
