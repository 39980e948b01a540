"""Numbers with their intervals in rows, without the cue above and with it below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import Drawing, Frames, label_expr, named

_LETTER: Final = 6.6
"""Pixels that a letter of an axis takes on average."""
_MOST_ROOM: Final = 170
_MOST_ROOM_NARROW: Final = 110
_ROW: Final = 36
"""Pixels of a row's height."""
_KEY_SYMBOL: Final = 6
"""Pixels from the key's edge to the middle of its first symbol."""
_FILLED: Final = 60
"""Size at which a filled point looks as large as a hollow one, whose line lies half outside."""


@dataclass(frozen=True)
class Cue:
    """How a table says whether the cue was shown.

    Parameters
    ----------
    field : str
        Column.
    without, shown : str or bool
        Its values.
    """

    field: str
    without: str | bool
    shown: str | bool

    def is_shown(self, yes: bool) -> str:
        """Write the condition for it, or against it, as a Vega expression."""
        value = self.shown if yes else self.without
        written = str(value).lower() if isinstance(value, bool) else f"'{value}'"
        return f"datum.{self.field} === {written}"

    @property
    def either(self) -> str:
        """Write the condition that a row is of one of the two, as a Vega expression."""
        return f"({self.is_shown(False)} || {self.is_shown(True)})"

    @property
    def offset(self) -> alt.YOffset:
        """Place what is with the cue below what is without."""
        scale = alt.Scale(domain=[self.without, self.shown], padding=0)
        return alt.YOffset(self.field, type="nominal", scale=scale)


FLAG: Final = Cue("supervised", without=False, shown=True)
CONDITION: Final = Cue("condition", without="unsupervised", shown="supervised")


@dataclass(frozen=True)
class Rows:
    """The rows of a panel.

    Parameters
    ----------
    field : str
        Column whose values they are.
    labels : mapping of str to str
        What each is called, from above.
    room : int
        Pixels for the labels.
    """

    field: str
    labels: Mapping[str, str]
    room: int

    def y(self, labelled: bool = True) -> alt.Y:
        """Place a row, with its label or without."""
        axis = alt.Axis(
            title=None, labelExpr=label_expr(self.labels), labelLimit=self.room, ticks=False
        )
        scale = alt.Scale(domain=list(self.labels), paddingInner=0.2, paddingOuter=0.1)
        return alt.Y(self.field, type="nominal", scale=scale, axis=axis if labelled else _NO_LABELS)

    @property
    def height(self) -> int:
        """Pixels of all rows."""
        return _ROW * len(self.labels)


_NO_LABELS: Final = alt.Axis(title=None, labels=False, ticks=False)


def shown_expressions(frames: Frames, table: str, drawing: Drawing) -> list[str]:
    """Give a table's expressions in the study's order."""
    shown = set(frames[table]["expression"].unique().to_list())
    return [code for code in drawing.expressions() if code in shown]


def rows_of(field: str, labels: Mapping[str, str], drawing: Drawing) -> Rows:
    """Make rows, with as much room for labels as they need, up to a limit."""
    most = _MOST_ROOM_NARROW if drawing.narrow else _MOST_ROOM
    return Rows(field, labels, room_for(labels.values(), most))


def room_for(labels: Any, most: int) -> int:
    """Estimate the pixels that the longest of some labels takes."""
    return min(most, round(_LETTER * max((len(label) for label in labels), default=0)) + 8)


@dataclass(frozen=True)
class Estimate:
    """A number, and the interval around it.

    Parameters
    ----------
    value, low, high : str
        Columns.
    title : str
        Of the axis, with the unit.
    format : str
        Of its numbers, as D3 has them.
    domain : tuple of float
        Least and greatest.
    """

    value: str
    low: str
    high: str
    title: str
    format: str = ".2f"
    domain: tuple[float, float] = (0, 1)

    def over(self, frame: pl.DataFrame, *others: str) -> "Estimate":
        """Give it the least and the greatest that a table has of it, and of other columns.

        Parameters
        ----------
        *others : str
            Columns that have a place on the axis too.
        """
        columns = [self.value, self.low, self.high, *others]
        # A scale's own look at rows of which a condition has none would be complained about.
        numbers = pl.concat([frame[column].cast(pl.Float64) for column in columns]).drop_nulls()
        if numbers.is_empty():
            return self
        return replace(self, domain=(float(numbers.min()), float(numbers.max())))  # type: ignore[arg-type]

    def with_zero(self) -> "Estimate":
        """Widen the axis so that zero is on it."""
        return replace(self, domain=(min(self.domain[0], 0), max(self.domain[1], 0)))

    def x(self, column: str) -> alt.X:
        """Place one of its columns."""
        scale = alt.Scale(domain=list(self.domain), nice=True)
        axis = alt.Axis(title=self.title, format=self.format)
        return alt.X(column, type="quantitative", scale=scale, axis=axis)

    def tooltip(self, drawing: Drawing) -> list[alt.Tooltip]:
        """Give the number and the ends of its interval."""
        ends = ((self.low, "axis.interval_low"), (self.high, "axis.interval_high"))
        return [
            alt.Tooltip(self.value, type="quantitative", title=self.title, format=self.format),
            *(
                alt.Tooltip(end, type="quantitative", title=drawing.words(key), format=self.format)
                for end, key in ends
            ),
        ]


def estimate_layers(
    chart: alt.Chart, estimate: Estimate, cue: Cue, color: Any, tooltip: Sequence[alt.Tooltip]
) -> list[alt.Chart]:
    """Draw intervals, and on them points that are hollow without the cue and filled with it.

    Parameters
    ----------
    chart : altair.Chart
        Has the rows' place, and data unless a layer around it does.
    color : altair.Color, optional
        None leaves it to the configuration.
    """
    placed = chart.transform_filter(cue.either).encode(yOffset=cue.offset)
    if color is not None:
        placed = placed.encode(color=color)
    interval = placed.mark_rule(style="interval").encode(
        x=estimate.x(estimate.low), x2=alt.X2(estimate.high)
    )
    points = [
        cue_point(placed.transform_filter(cue.is_shown(yes)), yes).encode(
            x=estimate.x(estimate.value), tooltip=list(tooltip)
        )
        for yes in (False, True)
    ]
    return [interval, *points]


def cue_point(chart: alt.Chart, shown: bool) -> Any:
    """Draw points, hollow without the cue, so that no line shows through, and filled with it."""
    if shown:
        return chart.mark_point(style="cue", filled=True, size=_FILLED)
    return chart.mark_point(style="hollow", filled=False, fill=alt.expr("page"))


def expression_color(drawing: Drawing) -> alt.Color:
    """Give each expression its colour; the rows say which it is."""
    scale = alt.Scale(domain=drawing.expressions(), range="category")
    return alt.Color("expression", type="nominal", scale=scale, legend=None)


def cue_key(table: str, cue: Cue, drawing: Drawing) -> Any:
    """Explain hollow and filled, as far as the table has them."""
    words = drawing.words
    step = room_for([words.condition(False)], 240) + 3 * _KEY_SYMBOL
    place = alt.X(
        cue.field,
        type="nominal",
        axis=None,
        scale=alt.Scale(
            domain=[cue.without, cue.shown], range=[_KEY_SYMBOL, _KEY_SYMBOL + step], padding=0
        ),
    )
    layers = []
    for yes in (False, True):
        entry = (
            alt.Chart()
            .transform_filter(cue.is_shown(yes))
            .transform_aggregate(rows="count()", groupby=[cue.field])
            .encode(x=place, y=alt.value(8))
        )
        # Nothing lies behind the key that would show through.
        symbol = cue_point(entry, True) if yes else entry.mark_point(style="hollow", filled=False)
        layers.append(symbol)
        layers.append(
            entry.mark_text(style="label", dx=10, align="left", text=words.condition(yes))
        )
    return alt.layer(*layers, data=named(table)).properties(width=2 * step, height=16)


def zero_line(estimate: Estimate) -> Any:
    """Draw a thin line where an estimate is zero."""
    # Once, and not over itself for every row.
    rows = alt.Chart().transform_aggregate(rows="count()").transform_calculate(zero="0")
    return rows.mark_rule(style="guide").encode(x=estimate.x("zero"))
