"""Heat maps of one number by mask and by something else, such as muscle or action unit."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    condition_labels,
    label_expr,
    named,
)
from lakehouse.charts.literals import literal

_GAP: Final = 14
_HEADERS: Final = 24
"""Pixels that the conditions' names take on a telephone."""
_WIDEST: Final = 56
"""Pixels of the widest cell."""
_GRADIENT: Final = 260
"""Length of the legend's gradient, pixels, where there is room for it."""
_LETTER: Final = 5.2
"""Mean width of a letter, pixels."""
_LINE: Final = 12
"""Height of a line of a label, pixels."""


@dataclass(frozen=True)
class Matrix:
    """What a heat map shows.

    Parameters
    ----------
    table : str
        Has the columns expression and supervised, and a row for each cell.
    rows : str
        Column of what stands beneath each other.
    labels : mapping of str to str
        What the rows are called, in their order.
    label_width : int
        Pixels for labels; longer ones are broken.
    field, title : str
        Column of the number, and what it is, with its unit.
    domain : tuple of float
    scheme : str
        Range of the configuration: "heatmap" or "diverging".
    tooltip : sequence of altair.Tooltip
    step : int
        Least height of a row, pixels.
    """

    table: str
    rows: str
    labels: Mapping[str, str]
    label_width: int
    field: str
    title: str
    domain: tuple[float, float]
    scheme: str
    tooltip: Sequence[alt.Tooltip]
    step: int = 19


def matrix(frames: Frames, drawing: Drawing, content: Matrix) -> AnyChart:
    """Draw a heat map, the conditions beside each other, or beneath on a telephone.

    Returns
    -------
    altair.FacetChart
    """
    words = drawing.words
    table = frames[content.table]
    shown = set(table["expression"].unique().to_list())
    order = [code for code in drawing.expressions() if code in shown]
    conditions = 1 if drawing.narrow else table["supervised"].n_unique()
    room = drawing.width - content.label_width - _HEADERS
    column = min(_WIDEST, (room - _GAP * (conditions - 1)) // (conditions * max(len(order), 1)))
    width = column * len(order)
    letters = int(content.label_width / _LETTER)
    labels = {code: textwrap.wrap(name, letters) for code, name in content.labels.items()}
    step = max(content.step, _LINE * max(map(len, labels.values())) + 4)
    cells = (
        alt.Chart(named(content.table))
        .mark_rect(style="cell")
        .encode(
            x=alt.X(
                "expression:N",
                sort=order,
                title=None,
                axis=alt.Axis(
                    labelExpr=label_expr(words.labels.expressions),
                    orient="top",
                    labelAngle=-90 if column < 50 else 0,
                    labelOverlap=False,
                ),
            ),
            y=alt.Y(
                f"{content.rows}:N",
                sort=list(labels),
                title=None,
                axis=alt.Axis(
                    labelExpr=label_expr(labels),
                    labelLimit=0,
                    labelOverlap=False,
                    labelOffset=_centred(labels),
                ),
            ),
            color=alt.Color(
                f"{content.field}:Q",
                scale=alt.Scale(domain=list(content.domain), range=content.scheme, nice=False),
                title=textwrap.wrap(content.title, int(room / _LETTER)),
                legend=alt.Legend(orient="bottom", gradientLength=min(_GRADIENT, room)),
            ),
            tooltip=list(content.tooltip),
        )
        .properties(width=width, height=step * len(labels))
    )
    header = alt.Header(title=None, labelExpr=label_expr(condition_labels(words)))
    by: dict[str, Any] = {"type": "nominal", "sort": [False, True], "header": header}
    if drawing.narrow:
        grid: AnyChart = cells.facet(row=alt.Row("supervised", **by), spacing=_GAP)
    else:
        grid = cells.facet(column=alt.Column("supervised", **by), spacing=_GAP)
    return grid


def _centred(labels: Mapping[str, list[str]]) -> Any:
    """Lift labels of several lines, of which Vega puts the first where the only one would be."""
    lifted = []
    for lines in sorted({len(label) for label in labels.values()} - {0, 1}):
        codes = [code for code, label in labels.items() if len(label) == lines]
        test = f"indexof({literal(codes)}, toString(datum.value)) >= 0"
        lifted.append({"test": test, "value": -_LINE * (lines - 1) / 2})
    return {"condition": lifted, "value": 0} if lifted else 0
