"""Groups of the points above average on the face: figures 12 and 18 of the study."""

import textwrap
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named
from lakehouse.charts.faces import face_place, outline, side_marks
from lakehouse.charts.points.places import EDGE, PLACES, place_channels, point_tooltip, with_places

_FACE: Final = 340
_LETTERS: Final = 46
"""Of a name in one line of the key."""
_LINE: Final = 15
"""Height of a line of the key, pixels."""
_AWAY: Final = 11
"""From a group's outermost point to its number, pixels."""

# An eyelid's point may be above average too: a ring leaves the dot within it to be seen.
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "datum.is_eyelid": {"filled": False, "strokeWidth": 2},
    "!datum.is_eyelid": {"filled": True, "strokeWidth": 0},
}


def group_faces(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the groups on the face, once without and once with the lower eyelids, and their names.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `point_groups` (grouping, group_id, group_en, group_pt, point, with_eyelids, is_eyelid),
        `point_places` and `mesh`.

    Returns
    -------
    altair.HConcatChart or altair.VConcatChart
    """
    words = drawing.words
    faces = [
        _face(frames, drawing, with_eyelids).properties(title=words(f"clusters.{key}"))
        for key, with_eyelids in (("groups", False), ("expanded", True))
    ]
    parts: list[Any] = [*faces, _key(frames, drawing)]
    return alt.vconcat(*parts) if drawing.narrow else alt.hconcat(*parts, spacing=20)


def _colour(frames: Frames) -> alt.Color:
    groups = frames["point_groups"]["group_id"].unique().sort().to_list()
    scale = alt.Scale(domain=groups, range="ordinal")
    return alt.Color("group_id:O", scale=scale, legend=None)


def _face(frames: Frames, drawing: Drawing, with_eyelids: bool) -> AnyChart:
    words = drawing.words
    place = face_place(frames, min(drawing.width - EDGE, _FACE))
    at = place_channels(place)
    rows = with_places(
        alt.Chart(named("point_groups")).transform_filter(
            f"datum.with_eyelids === {str(with_eyelids).lower()}"
        )
    )
    look: dict[str, Any] = {
        **at,
        "color": _colour(frames),
        "tooltip": point_tooltip(
            drawing, alt.Tooltip(f"{words.column('group')}:N", title=words("column.group_id"))
        ),
    }
    away = _AWAY / place.scale
    numbers = (
        rows.transform_joinaggregate(middle="mean(y)", groupby=["is_eyelid"])
        .transform_aggregate(
            x="mean(x)",
            own="mean(y)",
            middle="mean(middle)",
            top="min(y)",
            bottom="max(y)",
            groupby=["group_id", "is_eyelid"],
        )
        .transform_calculate(upper="!datum.is_eyelid && datum.own < datum.middle")
        .transform_calculate(y=f"datum.upper ? datum.top - {away} : datum.bottom + {away}")
        .mark_text(fontWeight=600, baseline="middle")
        .encode(x=at["x"], y=at["y"], text="group_id:N")
    )
    layers = [
        place.projected(outline()),
        *(
            rows.transform_filter(condition)
            .mark_point(size=42 if mark["filled"] else 70, opacity=1, **mark)
            .encode(**look)
            for condition, mark in _LOOKS.items()
        ),
        numbers,
        *(
            mark.properties(data=named(PLACES))
            for mark in side_marks(drawing, place, "datum.point === 0")
        ),
    ]
    return alt.layer(*layers).properties(width=place.width, height=place.height)


def _key(frames: Frames, drawing: Drawing) -> AnyChart:
    """Name the groups, each beside its colour; a legend would cut long names off."""
    names = _names(frames, drawing)
    lines = {
        group: textwrap.wrap(f"{group}: {name}", _LETTERS) or [""] for group, name in names.items()
    }
    tops, height = {}, 0
    for group, part in lines.items():
        tops[group] = str(height)
        height += _LINE * len(part) + 7
    written = {group: "\n".join(part) for group, part in lines.items()}
    rows = (
        alt.Chart(named("point_groups"))
        .transform_filter("datum.with_eyelids")
        .transform_aggregate(groupby=["group_id", "is_eyelid"])
        .transform_calculate(
            text=label_expr(written, "datum.group_id"),
            top=f"toNumber({label_expr(tops, 'datum.group_id')})",
        )
    )
    at = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height]))
    layers = [
        *(
            rows.transform_filter(condition)
            .mark_point(size=70, opacity=1, yOffset=8, **look)
            .encode(x=alt.value(6), y=at, color=_colour(frames))
            for condition, look in _LOOKS.items()
        ),
        rows.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=_LINE, dy=2).encode(
            x=alt.value(18), y=at, text="text:N"
        ),
    ]
    return alt.layer(*layers).properties(width=280, height=max(height, _LINE))


def _names(frames: Frames, drawing: Drawing) -> dict[int, str]:
    words = drawing.words
    groups = (
        frames["point_groups"]
        .filter(pl.col("with_eyelids"))
        .group_by("group_id", words.column("group"))
        .len()
        .sort("group_id")
    )
    return {
        group: words("clusters.group", name=name or str(group), points=words.count(points))
        for group, name, points in groups.iter_rows()
    }
