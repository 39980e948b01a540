"""Which regions of the face move together: a matrix for each mask."""

from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named
from lakehouse.charts.dynamics.masks import is_of, shown_masks

SYNCHRONY: Final = "synchrony"

_GAP: Final = 18
_LETTER: Final = 6.4
_LARGEST: Final = 34
"""Pixels of a cell."""
_COLUMNS: Final = {False: 4, True: 2}


def synchrony(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the mean correlation of every two regions' courses in each mask.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `synchrony`.
    """
    words, table = drawing.words, frames[SYNCHRONY]
    masks = shown_masks(table, drawing)
    groups = sorted({*table["group_a"], *table["group_b"]}, key=lambda code: (len(code), code))
    names = {code: words.labels.moving_parts.get(code, code) for code in groups}
    room = round(_LETTER * max(map(len, names.values()))) + 8
    columns = min(_COLUMNS[drawing.narrow], len(masks))
    free = (drawing.width - columns * (room + _GAP)) // columns
    cell = min(free // max(len(groups) - 1, 1), _LARGEST)
    panels = [
        _panel(drawing, names, cell)
        .transform_filter(is_of(mask))
        .properties(title=alt.Title(title, anchor="start"))
        for mask, title in masks.items()
    ]
    chart: AnyChart = alt.concat(*panels, columns=columns, spacing=_GAP)
    return chart


def _panel(drawing: Drawing, names: dict[str, str], cell: int) -> Any:
    words = drawing.words
    codes = list(names)
    axis = alt.Axis(title=None, labelExpr=label_expr(names), ticks=False, grid=False, labelLimit=0)
    across = alt.Axis(
        title=None,
        labelExpr=label_expr(names),
        ticks=False,
        grid=False,
        labelLimit=0,
        labelAngle=-45,
        orient="bottom",
    )
    x = alt.X("group_a:N", axis=across, scale=alt.Scale(domain=codes[:-1]))
    y = alt.Y("group_b:N", axis=axis, scale=alt.Scale(domain=codes[1:]))
    color = alt.Color(
        "r_zero:Q",
        title=words("axis.synchrony"),
        scale=alt.Scale(domain=[-1, 1], range="diverging", nice=False),
        legend=alt.Legend(orient="top", format=".1f", values=[-1, 0, 1]),
    )
    tooltip = [
        alt.Tooltip("a:N", title=words("column.group_a")),
        alt.Tooltip("b:N", title=words("column.group_b")),
        *(
            alt.Tooltip(f"{name}:Q", title=words(f"column.{name}"), format=".2f")
            for name in ("r_zero", "r_max", "lag_s")
        ),
        alt.Tooltip("participants:Q", title=words("column.participants")),
    ]
    return (
        alt.Chart(named(SYNCHRONY))
        .transform_calculate(
            a=label_expr(names, "datum.group_a"), b=label_expr(names, "datum.group_b")
        )
        .mark_rect(style="tile")
        .encode(x=x, y=y, color=color, tooltip=tooltip)
        .properties(width=cell * (len(codes) - 1), height=cell * (len(codes) - 1))
    )
