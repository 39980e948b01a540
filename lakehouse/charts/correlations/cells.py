"""Heat map of correlations: a cell for each feature and questionnaire."""

import math
import textwrap
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.correlations.key import Entry, key
from lakehouse.charts.correlations.pairs import in_order, numbers, pair, pair_labels
from lakehouse.charts.drawing import AnyChart, Drawing, Frames, named
from lakehouse.charts.literals import literal
from lakehouse.charts.words import Words

TABLE: Final = "correlations"

_LETTER: Final = 6.0
_GAP: Final = 12
"""Pixels between questionnaires."""
_BETWEEN: Final = 5
"""Pixels between expressions."""
_SMALLEST, _LARGEST = 15, 24
_LOWEST: Final = 18
"""Pixels of a row, at least."""
_CHOSEN: Final = ("feature", "instrument")


@dataclass(frozen=True)
class _Rows:
    """Where each mask's row begins and ends, pixels from the top."""

    tops: dict[str, int]
    labels: dict[str, str]
    height: int
    of_row: int

    @property
    def total(self) -> int:
        return max(self.tops.values()) + self.of_row


@dataclass(frozen=True)
class _Panels:
    """How questionnaires lie beside each other."""

    columns: int
    cell: int
    groups: int


def correlation_cells(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw Spearman's correlation of every feature with every questionnaire.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `correlations`: a row for each feature and instrument.
    """
    frame, words = frames[TABLE], drawing.words
    labels = _row_labels(frame, drawing)
    left_of = int(max(map(len, labels.values())) * _LETTER)
    panels = _panels(frame, drawing, left_of)
    rows = _rows(frame, labels, max(panels.cell, _LOWEST))
    instruments = in_order(frame["instrument"], list(words.labels.instruments))
    wrapped = {
        code: textwrap.wrap(
            words.instrument(code),
            max(12, int(panels.cell * panels.groups / _LETTER)),
            break_long_words=False,
        )
        for code in instruments
    }
    grid = (
        _panel(frame, drawing, rows)
        .properties(width=panels.cell * panels.groups, height=rows.total)
        .facet(
            facet=alt.Facet(
                "instrument:N",
                sort=instruments,
                header=alt.Header(
                    title=None,
                    labelExpr=f"{literal(wrapped)}[datum.value] || datum.value",
                    labelAnchor="start",
                ),
            ),
            columns=panels.columns,
            spacing={"row": 20, "column": _GAP},
        )
    )
    chart = alt.vconcat(grid, key(_entries(frame, drawing), drawing, left_of), spacing=14)
    # Altair's own way fails on facets of layers within others: it asks for names they have not.
    parameters: list[Any] = [drawing.param(name).param for name in _CHOSEN]
    chart.params = parameters
    return chart


def _row_labels(frame: pl.DataFrame, drawing: Drawing) -> dict[str, str]:
    """Name each mask's row, an expression only in its first."""
    words = drawing.words
    order = in_order(frame["expression"], drawing.expressions())
    masks = frame.select("mask", "expression", "supervised").unique()
    both = masks["supervised"].n_unique() > 1
    labels = {}
    for expression in order:
        of_it = masks.filter(pl.col("expression") == expression).sort("supervised")
        for place, (mask, _, supervised) in enumerate(of_it.iter_rows()):
            if not both:
                labels[mask] = words.expression(expression)
            elif place:
                labels[mask] = words.condition(supervised)
            else:
                labels[mask] = words.mask(expression, supervised)
    return labels


def _rows(frame: pl.DataFrame, labels: dict[str, str], height: int) -> _Rows:
    expressions = dict(frame.select("mask", "expression").iter_rows())
    tops: dict[str, int] = {}
    top, before = 0, None
    for mask in labels:
        if before not in (None, expressions[mask]):
            top += _BETWEEN
        tops[mask] = top
        top, before = top + height, expressions[mask]
    return _Rows(tops, labels, top, height)


def _panels(frame: pl.DataFrame, drawing: Drawing, left_of: int) -> _Panels:
    """Fit as many questionnaires beside each other as leave cells that a finger finds."""
    groups, instruments = frame["group_id"].n_unique(), frame["instrument"].n_unique()
    free = drawing.width - left_of - 24
    for columns in range(instruments, 0, -1):
        cell = (free - (columns - 1) * _GAP) // (columns * groups)
        if cell >= _SMALLEST or columns == 1:
            break
    return _Panels(columns, max(4, min(cell, _LARGEST)), groups)


def _panel(frame: pl.DataFrame, drawing: Drawing, rows: _Rows) -> Any:
    words = drawing.words
    group = alt.X("group_id:O", title=None, axis=alt.Axis(labelAngle=0, labelPadding=3))
    middles = {top + rows.of_row / 2: rows.labels[mask] for mask, top in rows.tops.items()}
    texts = {f"{middle:g}": label for middle, label in middles.items()}
    axis = alt.Axis(
        title=None,
        values=list(middles),
        tickCount=len(middles),
        grid=False,
        ticks=False,
        domain=False,
        labelExpr=f"{literal(texts)}[toString(datum.value)]",
        labelLimit=0,
        labelOverlap=False,
    )
    scale = alt.Scale(domain=[0, rows.total], reverse=True, nice=False, zero=False)
    top = alt.Y("top:Q", axis=axis, scale=scale)
    middle = alt.Y("middle:Q", axis=axis, scale=scale)
    most = _most(frame)
    colour = alt.Color(
        "spearman_r:Q",
        title=words("axis.spearman"),
        scale=alt.Scale(domain=[-most, most], range="diverging", nice=False),
        legend=alt.Legend(orient="top", format=".1f", values=[-most, 0, most]),
    )
    has_r, chosen = "isValid(datum.spearman_r)", drawing.is_chosen(*_CHOSEN)
    cells = alt.Chart().mark_rect(style="cell").encode(color=colour, tooltip=_tooltip(words))
    marks = alt.Chart()
    picked = marks.transform_filter(chosen)
    layers = [
        cells.transform_filter(has_r).encode(x=group, y=top, y2="bottom:Q"),
        marks.transform_filter(f"!{has_r}")
        .mark_text(style="value", text="\N{MULTIPLICATION SIGN}")
        .encode(x=group, y=middle, tooltip=_tooltip(words)),
        marks.transform_filter(_small("spearman_q"))
        .mark_point(style="survivor")
        .encode(x=group, y=middle, tooltip=_tooltip(words)),
        marks.transform_filter(_small("permutation_p"))
        .mark_point(style="ring")
        .encode(x=group, y=middle, tooltip=_tooltip(words)),
        # With a halo, so that the line is seen on every colour.
        *(
            outline.encode(x=group, y=top, y2="bottom:Q")
            for outline in (
                picked.mark_rect(style="cell", filled=False, strokeWidth=6),
                picked.mark_rect(style="chosen"),
            )
        ),
    ]
    return (
        alt.layer(*layers, data=named(TABLE))
        .transform_calculate(top=f"{literal(rows.tops)}[datum.mask]", **pair_labels(words, frame))
        .transform_calculate(
            bottom=f"datum.top + {rows.of_row}", middle=f"datum.top + {rows.of_row / 2}"
        )
    )


def _most(frame: pl.DataFrame) -> float:
    """Give the scale's end: the largest correlation, rounded up to a tenth."""
    most = frame["spearman_r"].abs().max()
    return max(0.1, math.ceil(round(float(most or 0) * 10, 6)) / 10)  # type: ignore[arg-type]


def _small(column: str) -> str:
    return f"isValid(datum.{column}) && datum.{column} < 0.05"


def _entries(frame: pl.DataFrame, drawing: Drawing) -> list[Entry]:
    words = drawing.words
    entries = [Entry(words("key.survivor"), ("survivor",))]
    if frame["permutation_p"].count():
        entries.append(Entry(words("key.ring"), ("survivor", "ring")))
    if frame["spearman_r"].null_count():
        entries.append(Entry(words("key.no_correlation"), sign="\N{MULTIPLICATION SIGN}"))
    return entries


def _tooltip(words: Words) -> list[Any]:
    """Say in words what a cell is, and its numbers."""
    return [
        *pair(words),
        *numbers(words, "spearman_r", "spearman_low", "spearman_high", "spearman_p"),
        *numbers(words, "spearman_q", "permutation_p"),
        alt.Tooltip("n:Q", title=words("column.n")),
    ]
