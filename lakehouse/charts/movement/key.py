"""A figure's key: marks as they look in it, each beside what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing

_LETTER: Final = 5.9
"""Pixels that a letter takes on average."""
_MARK: Final = 16
"""Pixels from a mark's left end to its text."""
_GAP: Final = 18
_LINE: Final = 18


@dataclass(frozen=True)
class Entry:
    """A mark and its meaning."""

    label: str
    mark: alt.MarkDef

    @property
    def width(self) -> float:
        """Pixels that it takes, about."""
        return _MARK + _LETTER * len(self.label)


def conditions_key(drawing: Drawing, conditions: Sequence[bool]) -> list[Entry]:
    """Explain the marks of the conditions that a figure shows."""
    return [
        Entry(
            drawing.words.condition(flag),
            alt.MarkDef(type="point", style="cue" if flag else "hollow"),
        )
        for flag in conditions
    ]


def key(entries: Sequence[Entry], width: int) -> AnyChart:
    """Put entries side by side, on as many lines as a width needs.

    Parameters
    ----------
    width : int
        Pixels.
    """
    layers: list[Any] = []
    left, line = 0.0, 0
    for entry in entries:
        if left and left + entry.width > width:
            left, line = 0.0, line + 1
        place = {"y": alt.value(_LINE * (line + 0.5))}
        layers.append(_one(entry.mark).encode(x=alt.value(left + _MARK / 3), **place))
        words = alt.MarkDef(
            type="text", style="note", align="left", baseline="middle", text=entry.label
        )
        layers.append(_one(words).encode(x=alt.value(left + _MARK), **place))
        left += entry.width + _GAP
    return alt.layer(*layers).properties(width=width, height=_LINE * (line + 1))


def keyed(
    chart: Any, entries: Sequence[Entry], drawing: Drawing, width: int, choices: Sequence[str]
) -> AnyChart:
    """Put a key above a chart, and give both together the choices that a reader has.

    Parameters
    ----------
    width : int
        Of the key, pixels.
    choices : sequence of str
        Names of parameters.
    """
    params = [drawing.param(name).param for name in choices]
    return alt.vconcat(key(entries, width), chart, spacing=_GAP, params=params)


def _one(mark: alt.MarkDef) -> alt.Chart:
    return alt.Chart(alt.sequence(0, 1), mark=mark)
