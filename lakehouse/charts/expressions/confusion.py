"""What expressions are taken for: confusion matrices, and the pairs most often confused."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named
from lakehouse.charts.estimates import CONDITION, room_for, shown_expressions
from lakehouse.charts.sentences import shortened

_GAP: Final = 28
"""Pixels between panels."""
_TITLE: Final = 32
"""Pixels that an axis' title takes."""
_BESIDE: Final = 8
"""Pixels that a label's room has beside the label."""
_CELL_HEIGHT: Final = 40
_READABLE: Final = 22
"""Pixels of a cell's width below which no number is written into it."""
_ROOMY: Final = 48
"""Pixels from which on the number of masks stands under their share."""
_COLOR: Final = (
    "contrast(scale('color', datum.share), page) > contrast(scale('color', datum.share), ink)"
    " ? page : ink"
)
"""Colour of letters on a cell: of the page's and the ink's, that which is read more easily."""
_MOST_PAIRS: Final = 10
_PAIR_HEIGHT: Final = 24
_LETTERS_WIDE, _LETTERS_NARROW = 17, 10
"""Of each expression in a pair's label."""


def confusion_matrices(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw for each classifier and condition what every expression is taken for.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `confusion` (classifier, condition, expression, predicted, masks, share).
    """
    words = drawing.words
    order = shown_expressions(frames, "confusion", drawing)
    labels = {code: words.expression(code) for code in order}
    room = room_for(labels.values(), 90 if drawing.narrow else 130)
    panels = _Panels(frames, "confusion", drawing, room + _TITLE)
    cell = panels.width / max(len(order), 1)
    scale = alt.Scale(domain=order, padding=0)
    letters: dict[str, Any] = {
        "labelExpr": label_expr(labels),
        "labelLimit": room,
        "labelOverlap": False,
    }
    base = alt.Chart().encode(
        x=alt.X("predicted:N", scale=scale).axis(
            title=words("axis.taken_for"),
            labelAngle=0 if room <= cell + _BESIDE else -45,
            **letters,
        ),
        y=alt.Y("expression:N", scale=scale).axis(title=words("axis.shown"), **letters),
    )
    cells = base.mark_rect(style="tile").encode(
        color=alt.Color(
            "share:Q",
            title=words("axis.confusion_share"),
            scale=alt.Scale(domain=[0, 1], range="heatmap"),
            legend=alt.Legend(
                orient="bottom",
                format=".0%",
                gradientLength=min(260, drawing.width - 80),
                titleLimit=0,
            ),
        ),
        tooltip=_tooltip(drawing),
    )
    diagonal = base.transform_filter("datum.expression === datum.predicted").mark_rect(
        filled=False, color=alt.expr("ink"), strokeWidth=1.5
    )
    return panels.facetted(
        [cells, diagonal, *_written(base, cell)],
        height=min(_CELL_HEIGHT, cell) * len(order),
    )


def confused_pairs(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the pairs that are most often taken for each other, both ways.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `confused_pairs` (classifier, condition, pair, expression, predicted, masks, share).
    """
    words = drawing.words
    pairs = most_confused(frames)
    labels = {pair: pair_label(pair, drawing) for pair in pairs}
    room = room_for(labels.values(), 150 if drawing.narrow else 240)
    panels = _Panels(frames, "confused_pairs", drawing, room)
    members = {code for pair in pairs for code in pair.split(" ")}
    base = (
        alt.Chart()
        .transform_filter(alt.FieldOneOfPredicate(field="pair", oneOf=pairs))
        .encode(
            x=alt.X("share:Q").axis(title=words("axis.confusion_share"), format=".0%", tickCount=4),
            y=alt.Y("pair:N", scale=alt.Scale(domain=pairs)).axis(
                title=None, labelExpr=label_expr(labels), labelLimit=room
            ),
        )
    )
    line = base.mark_line(style="guide").encode(detail="pair:N")
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        color=alt.Color(
            "expression:N",
            title=words("axis.shown"),
            scale=alt.Scale(domain=drawing.expressions(), range="category"),
            legend=alt.Legend(
                orient="bottom",
                labelExpr=label_expr(words.labels.expressions),
                columns=3 if drawing.narrow else 0,
                labelLimit=120,
                titleLimit=0,
                values=[code for code in drawing.expressions() if code in members],
            ),
        ),
        tooltip=_tooltip(drawing),
    )
    return panels.facetted([line, points], height=_PAIR_HEIGHT * len(pairs))


def most_confused(frames: Frames) -> list[str]:
    """Name the pairs that are drawn, by the greatest of their shares; the greatest first.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `confused_pairs`, as it is drawn.

    Returns
    -------
    list of str
        Two expressions each, with a space between them.
    """
    shares = frames["confused_pairs"].group_by("pair").agg(pl.col("share").max())
    ordered = shares.sort(["share", "pair"], descending=[True, False])
    confused = ordered.filter(pl.col("share") > 0)
    pairs: list[str] = (ordered if confused.is_empty() else confused)["pair"].to_list()
    return pairs[:_MOST_PAIRS]


def pair_label(pair: str, drawing: Drawing) -> str:
    """Name both expressions of a pair, of which each can be read."""
    names = (drawing.words.expression(code) for code in pair.split(" "))
    most = _LETTERS_NARROW if drawing.narrow else _LETTERS_WIDE
    return " \N{EN DASH} ".join(shortened(name, most) for name in names)


class _Panels:
    """One panel for each classifier and condition, in two columns or one.

    Parameters
    ----------
    room : int
        Pixels beside the first column of panels.
    """

    def __init__(self, frames: Frames, table: str, drawing: Drawing, room: int) -> None:
        shown = frames[table].select("classifier", "condition").unique()
        words = drawing.words
        self.labels: Mapping[str, str] = {
            f"{classifier} {condition}": f"{words.value('classifier', classifier)}, "
            f"{words.condition(condition == CONDITION.shown)}"
            for classifier in sorted(shown["classifier"].unique())
            for condition in (CONDITION.without, CONDITION.shown)
            if (classifier, condition) in shown.rows()
        }
        self.columns = 1 if drawing.narrow else max(1, min(2, len(self.labels)))
        beside = room + (self.columns - 1) * _GAP
        self.width = min(500, (drawing.width - beside) // self.columns - 20)
        self._table = table

    def facetted(self, layers: Sequence[Any], height: float) -> AnyChart:
        """Draw layers, none of which has data of its own, in every panel."""
        facet = alt.Facet("panel:N", sort=list(self.labels)).header(
            title=None,
            labelExpr=label_expr(self.labels),
            labelLimit=self.width,
            labelAnchor="start",
        )
        chart: AnyChart = (
            alt.layer(*layers, data=named(self._table))
            .transform_calculate(panel="datum.classifier + ' ' + datum.condition")
            .properties(width=self.width, height=round(height))
            .facet(facet=facet, columns=self.columns, spacing=_GAP)
            .resolve_axis(x="independent")
        )
        return chart


def _written(base: Any, cell: float) -> list[Any]:
    """Write shares, and masks below them, into cells that are not empty and wide enough."""
    if cell < _READABLE:
        return []
    # A percent sign in each of so many cells would say nothing.
    share = "datum.share < 0.005 ? '< 1' : format(100 * datum.share, '.0f')"
    lines = [(share, 0 if cell < _ROOMY else -7, 12)]
    if cell >= _ROOMY:
        lines.append(("format(datum.masks, ',')", 9, 10))
    return [
        base.transform_filter("datum.masks > 0")
        .transform_calculate(written=expression)
        .mark_text(style="value", dy=dy, size=size, color=alt.expr(_COLOR))
        .encode(text="written:N")
        for expression, dy, size in lines
    ]


def _tooltip(drawing: Drawing) -> list[alt.Tooltip]:
    words = drawing.words
    return [
        alt.Tooltip("expression:N", title=words("axis.shown")),
        alt.Tooltip("predicted:N", title=words("axis.taken_for")),
        alt.Tooltip("share:Q", title=words("axis.confusion_share"), format=".1%"),
        alt.Tooltip("masks:Q", title=words("axis.masks"), format=","),
    ]
