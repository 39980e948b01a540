"""Parts of the face and expressions: small multiples that turn on a telephone.

On a screen, rows are parts of the face and each expression has a panel. On a telephone, rows are
expressions and each part has a panel. A dense grid has one panel: on a screen each part's row has a
line for each mask, and on a telephone the panel is of the chosen part.
"""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import Drawing, Frames, condition_labels, label_expr, named
from lakehouse.charts.literals import literal

_LETTER: Final = 6.1
"""Pixels that a letter of an axis takes on average."""
_TOLD: Final = (
    ("x", "axis"),
    ("x", "scale"),
    ("y", "axis"),
    ("y", "scale"),
    ("yOffset", "scale"),
    ("color", "scale"),
    ("color", "legend"),
)
"""What the layers of a panel share of their encodings."""
_BOLD: Final = 7
"""Pixels that a bold letter of a panel's name takes on average."""
_LONGEST: Final = 36
"""Letters of a part's name in one line."""
_GAP: Final = 14
_ROW: Final = {False: 33, True: 24}
"""Height of a row on a screen, and on a telephone, pixels."""
_LINE: Final = 5
"""Height of a mask's line in a dense row, pixels."""
_HALF_LINE: Final = 7
"""Of a name of several lines, pixels."""
_WIDEST: Final = 300
"""Of a panel, pixels."""
_TITLE: Final = 2
"""Lines of the titles of grids side by side on a telephone, so that the grids lie level."""


class PartGrid:
    """Panels of parts × expressions.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
    table : str
        Has the columns part and expression, and may have supervised; parts are shown in its order.
    scale : altair.Scale
        Of x.
    place : tuple of int
        Which of how many grids it is that lie one below the other on a screen and side by side on
        a telephone, dense ones the other way round. The first of a line has the names for all.
    dense : bool
        Whether it has one panel.
    """

    def __init__(
        self,
        frames: Frames,
        table: str,
        drawing: Drawing,
        scale: alt.Scale,
        *,
        place: tuple[int, int] = (0, 1),
        dense: bool = False,
    ) -> None:
        frame = frames[table]
        self.drawing = drawing
        self.conditions = sorted(set(frame["supervised"])) if "supervised" in frame.columns else []
        self._table = table
        self._dense = dense and not drawing.narrow
        self._single = dense and drawing.narrow
        self._level = dense != drawing.narrow
        self._named = place[0] == 0 or not self._level
        self._beside = place[1] if self._level else 1
        self._scale = scale
        shown = set(frame["expression"])
        expressions = [code for code in drawing.expressions() if code in shown]
        parts = frame["part"].unique(maintain_order=True).to_list()
        words = drawing.words
        self._order = {"expression": expressions, "part": parts}
        self._row, self._panel = (
            ("expression", "part") if drawing.narrow else ("part", "expression")
        )
        self._lines = {"expression": {code: [words.expression(code)] for code in expressions}}
        # Of grids side by side, names of panels are no wider than the panels.
        crowded = drawing.narrow and self._beside > 1
        longest = int(self._width / _BOLD) if crowded else _LONGEST
        self._lines["part"] = {code: textwrap.wrap(words.part(code), longest) for code in parts}

    @property
    def row_height(self) -> int:
        """Pixels."""
        if self._dense:
            return _LINE * (len(self._dense_lines) + 2)
        return _ROW[self.drawing.narrow]

    @property
    def apart(self) -> int:
        """Pixels from the middle to each of two marks in a row."""
        return 0 if self._dense else self.row_height // 5

    @property
    def dot(self) -> int:
        """Area of a mark, square pixels."""
        return 22 if self._dense else 36

    @property
    def room(self) -> int:
        """Width beside the rows' names, pixels."""
        letters = max(len(line) for lines in self._lines[self._row].values() for line in lines)
        return int(self.drawing.width - _LETTER * letters - (28 if self.drawing.narrow else 34))

    @property
    def row(self) -> dict[str, Any]:
        """Encodings of a mark's place in its panel from top to bottom."""
        texts = {code: "\n".join(lines) for code, lines in self._lines[self._row].items()}
        names = _split(label_expr(texts)) if self._named else "''"
        axis = alt.Axis(
            # Where the bands' ends are marked, there is one more end than there are names.
            labelExpr=f"isValid(datum.value) ? {names} : ''",
            labelLimit=0,
            labelOffset=self._offsets,
            grid=self._dense,
            tickBand="extent" if self._dense else "center",
        )
        order = self._order[self._row]
        rows = alt.Scale(domain=order)
        y = {"y": alt.Y(self._row, type="nominal", scale=rows, title=None, axis=axis)}
        if not self._dense:
            return y
        lines = alt.Scale(domain=self._dense_lines, paddingOuter=1)
        return {**y, "yOffset": alt.YOffset("line", type="nominal", scale=lines)}

    def x(self, field: str) -> alt.X:
        """Give the axis of a panel, whose title `facet` writes."""
        axis = alt.Axis(tickCount=5 if self._dense else 3, labelFlush=False)
        return alt.X(field, type="quantitative", title=None, axis=axis, scale=self._scale)

    def color(self) -> alt.Color:
        """Expressions' colours, with a legend where no panel names them."""
        legend = None
        if self._dense:
            legend = alt.Legend(
                title=None,
                orient="bottom",
                labelExpr=label_expr(self.drawing.words.labels.expressions),
            )
        scale = alt.Scale(domain=self.drawing.expressions())
        return alt.Color("expression", type="nominal", scale=scale, legend=legend)

    def tooltip(self, *fields: alt.Tooltip) -> list[alt.Tooltip]:
        """Begin with the names of expression, condition and part, which `facet` adds."""
        words = self.drawing.words
        names = [
            alt.Tooltip(f"{name}_name:N", title=words(f"column.{name}")) for name in self._names
        ]
        return [*names, *fields]

    def chosen(self, x: str, *names: str, offset: int = 0) -> alt.Chart:
        """Outline what the reader has chosen.

        Parameters
        ----------
        x : str
            Column.
        *names : str
            Of the choices.
        offset : int
            From the row's middle downwards, pixels.
        """
        mark = alt.Chart().transform_filter(self.drawing.is_chosen(*names))
        outline: alt.Chart = mark.mark_point(style="chosen", size=150, yOffset=offset).encode(
            x=self.x(x), **self.row
        )
        return outline

    def facet(self, layers: Sequence[Any], title: str) -> Any:
        """Give every panel these layers.

        Parameters
        ----------
        layers : sequence of altair.Chart
            Without data of their own, which would escape from the facet.
        title : str
            Of the axis x, which stands once above all panels.
        """
        panel = alt.layer(*_said_once(layers), data=named(self._table)).properties(
            width=self._width, height=self.row_height * len(self._order[self._row])
        )
        for name, labels in self._names.items():
            panel = panel.transform_calculate(
                as_=f"{name}_name", calculate=label_expr(labels, f"datum.{name}")
            )
        heading = alt.TitleParams(
            self._title(title), anchor="start", fontSize=12, fontWeight="normal", offset=10
        )
        if self._single:
            chosen = f"datum.part === {self._chosen_part}"
            return panel.properties(title=heading).transform_filter(chosen)
        if self._dense:
            line = "datum.expression + ' ' + datum.supervised"
            return panel.properties(title=heading).transform_calculate(line=line)
        narrow = self.drawing.narrow
        header = alt.Header(
            title=None,
            labelExpr=_split(label_expr(self._headings)),
            labelLimit=0,
            labelAnchor="start" if narrow else "middle",
        )
        grid = panel.facet(
            facet=alt.Facet(
                self._panel, type="nominal", sort=self._order[self._panel], header=header
            ),
            columns=1 if narrow else len(self._order[self._panel]),
            spacing=_GAP,
        )
        return grid.properties(title=heading).resolve_axis(x="independent" if narrow else "shared")

    def blocks(self, *grids: Any) -> Any:
        """Put several grids below or beside each other."""
        together = alt.hconcat if self._level else alt.vconcat
        blocks = together(*grids, spacing=_GAP).resolve_scale(x="independent")
        if not self._single:
            return blocks
        name = label_expr(self.drawing.words.labels.parts, self._chosen_part)
        return blocks.properties(
            title=alt.TitleParams(alt.ExprRef(name), anchor="start", fontSize=13)
        )

    @property
    def _chosen_part(self) -> str:
        """The chosen part, or the first where the table has no such part, as a Vega expression."""
        parts = self._order["part"]
        return f"(indexof({literal(parts)}, part) >= 0 ? part : {literal(parts[0])})"

    @property
    def _dense_lines(self) -> list[str]:
        """Lines of a dense row, from the top."""
        conditions = [str(flag).lower() for flag in self.conditions]
        return [f"{code} {flag}" for code in self._order["expression"] for flag in conditions]

    @property
    def _names(self) -> dict[str, Mapping[Any, str]]:
        """Labels of the codes that a row has."""
        labels = self.drawing.words.labels
        conditions = condition_labels(self.drawing.words)
        return {
            "expression": labels.expressions,
            **({"supervised": conditions} if self.conditions else {}),
            "part": labels.parts,
        }

    @property
    def _width(self) -> int:
        """Of a panel, pixels."""
        panels = self._beside
        if not self._level and not self._single:
            panels = len(self._order[self._panel])
        return int(min(self.room / panels - _GAP, _WIDEST))

    @property
    def _offsets(self) -> dict[str, Any]:
        """Raise names of several lines, whose first would lie in their row's middle."""
        lines = {code: len(lines) for code, lines in self._lines[self._row].items()}
        conditions = [
            {
                "test": _is_one_of([code for code in lines if lines[code] == count]),
                "value": -_HALF_LINE * (count - 1),
            }
            for count in sorted(set(lines.values()) - {1})
        ]
        return {"condition": conditions, "value": 0}

    def _title(self, title: str) -> list[str]:
        if self._beside == 1:
            return [title]
        lines = textwrap.wrap(title, int(self._width / _LETTER), break_long_words=False)
        blank = max(_TITLE - len(lines), 0) if self.drawing.narrow else 0
        return [*[" "] * blank, *lines]

    @property
    def _headings(self) -> dict[str, str]:
        """Panels' names, of as many lines each, so that panels side by side lie level."""
        names = self._lines[self._panel]
        most = max(len(lines) for lines in names.values())
        return {
            code: "\n".join([*[" "] * (most - len(lines)), *lines] if self._named else [" "] * most)
            for code, lines in names.items()
        }


def by_condition(
    grid: PartGrid,
    value: str,
    tooltip: Sequence[alt.Tooltip],
    interval: tuple[str, str] | None = None,
) -> list[Any]:
    """Draw a value of each condition, one above the other in a row, and what is chosen.

    Parameters
    ----------
    value : str
        Column.
    interval : tuple of str, optional
        Columns of its ends.
    """
    layers: list[Any] = []
    # What little is known of may leave the scale far behind, with its interval.
    clip = interval is not None
    apart = grid.apart if len(grid.conditions) > 1 else 0
    for flag in grid.conditions:
        offset = apart if flag else -apart
        shown = alt.Chart().transform_filter(
            f"datum.supervised === {str(flag).lower()} && isValid(datum.{value})"
        )
        if interval is not None:
            low, high = interval
            layers.append(
                shown.mark_rule(style="interval", yOffset=offset, clip=clip).encode(
                    x=grid.x(low), x2=high, color=grid.color(), **grid.row
                )
            )
        layers.append(
            shown.mark_point(
                style="cue" if flag else "hollow", size=grid.dot, yOffset=offset, clip=clip
            ).encode(x=grid.x(value), color=grid.color(), tooltip=list(tooltip), **grid.row)
        )
        chosen = grid.chosen(value, "expression", "supervised", "part", offset=offset)
        layers.append(chosen.transform_filter(f"datum.supervised === {str(flag).lower()}"))
    return layers


def span(frame: pl.DataFrame, *columns: str) -> alt.Scale:
    """Give a scale that holds zero and all values of some columns.

    A scale that is left to the marks would warn where nothing is chosen.
    """
    ends = [end for name in columns for end in (frame[name].min(), frame[name].max())]
    values = [0.0, *(float(end) for end in ends if end is not None)]  # type: ignore[arg-type]
    low, high = min(values), max(values)
    return alt.Scale(domain=[low, high if high > low else 1.0], nice=True)


def zero(value: float = 0) -> alt.Chart:
    """Draw a guide at a value of x, once in each panel."""
    once = alt.Chart().transform_aggregate(rows="count()")
    guide: alt.Chart = once.mark_rule(style="guide").encode(x=alt.datum(value))
    return guide


def _said_once(layers: Sequence[Any]) -> list[Any]:
    """Keep axes, scales and legends in the first layer that has them: the others share them.

    Names of parts would make up most of a page's specifications.
    """
    said: set[tuple[str, str]] = set()
    lean = []
    for layer in layers:
        copy = layer.copy(deep=True)
        for channel, told in _TOLD:
            encoding = getattr(copy.encoding, channel)
            if encoding is alt.Undefined or encoding[told] in (alt.Undefined, None):
                continue
            if (channel, told) in said:
                encoding[told] = alt.Undefined
            said.add((channel, told))
        lean.append(copy)
    return lean


def _is_one_of(codes: list[str]) -> str:
    return f"indexof({literal(codes)}, datum.value) >= 0"


def _split(expression: str) -> str:
    """Break a text into its lines, as a Vega expression."""
    return f"split({expression}, '\\n')"
