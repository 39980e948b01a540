"""What every chart is drawn with: words, a width, what is chosen, and labels for codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.literals import literal
from lakehouse.charts.words import Words

NARROW: Final = 480
"""Width in CSS pixels below which a figure is drawn for a telephone."""

Frames = Mapping[str, pl.DataFrame]
"""Tables by the name under which a chart asks for them."""

Choice = str | bool | int

AnyChart = (
    alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart
    | alt.ConcatChart
)  # fmt: skip


@dataclass(frozen=True)
class Drawing:
    """What a chart is drawn for.

    Parameters
    ----------
    width : int
        Of the whole chart, CSS pixels.
    chosen : mapping
        Value of each parameter that a reader may choose, such as expression.
    """

    words: Words
    width: int
    chosen: Mapping[str, Choice] = field(default_factory=dict)

    @property
    def narrow(self) -> bool:
        """Whether it is for a telephone."""
        return self.width < NARROW

    def param(self, name: str) -> alt.Parameter:
        """Give a parameter that a page's selects set, with the value it starts with."""
        return alt.param(name=name, value=self.chosen[name])

    def is_chosen(self, *names: str) -> str:
        """Write the condition that a row is of what is chosen, as a Vega expression."""
        return " && ".join(f"datum.{name} === {name}" for name in names)

    def expressions(self) -> list[str]:
        """All expressions in the study's order, so that each keeps its colour."""
        return list(self.words.labels.expressions)


def label_expr(labels: Mapping[Any, str | list[str]], value: str = "datum.value") -> str:
    """Write the Vega expression that gives a code's label, for axes, legends and headers.

    Parameters
    ----------
    labels : mapping
        Codes are compared as text; one without a label is shown as it is. A list is as many lines.
    value : str
        Expression that gives the code.
    """
    texts = {_key(code): label for code, label in labels.items()}
    return f"({literal(texts)}[toString({value})] || toString({value}))"


def expression_scale(drawing: Drawing) -> alt.Scale:
    """Give each expression its colour, whichever of them a chart shows."""
    return alt.Scale(domain=drawing.expressions(), range="category")


def greatest(frame: pl.DataFrame, *columns: str) -> float:
    """Give the greatest number of some columns, to end a scale at; 1 where there is none."""
    most = frame.select(pl.max_horizontal(*columns).max()).item()
    return float(most) if most else 1.0


def axis_title(text: str) -> alt.TitleParams:
    """Title the upward axis of all panels at once, above them, where facets would repeat it."""
    return alt.TitleParams(text, anchor="start", fontSize=11, fontWeight="normal", offset=6)


def with_count(text: str, value: str) -> str:
    """Write the Vega expression that puts a count into a text's place ``{n}``.

    Parameters
    ----------
    value : str
        Expression that gives the count.
    """
    return f"replace({literal(text)}, '{{n}}', toString({value}))"


def condition_labels(words: Words) -> dict[bool, str]:
    """Both conditions' labels."""
    return {False: words.condition(False), True: words.condition(True)}


def named(name: str) -> alt.NamedData:
    """Name data that whoever shows the chart feeds under this name."""
    return alt.NamedData(name=name)


def _key(code: Any) -> str:
    return str(code).lower() if isinstance(code, bool) else str(code)
