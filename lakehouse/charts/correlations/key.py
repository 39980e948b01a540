"""What marks on a chart mean, where a legend of the scales cannot say it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import Drawing

_LINE: Final = 20
_LETTER: Final = 6
"""Mean width of a letter, pixels."""
_SIGN: Final = 8
"""Pixels from an entry's left to the middle of its mark."""
_BESIDE: Final = 20
"""Pixels from there to its words."""
_APART: Final = 26
_MARGIN: Final = 40


@dataclass(frozen=True)
class Entry:
    """A mark and what it means.

    Parameters
    ----------
    words : str
        The meaning, as it is written beside the mark.
    styles : tuple of str
        Of points that lie on each other.
    sign : str
        A letter in the place of points.
    """

    words: str
    styles: tuple[str, ...] = ()
    sign: str = ""


def key(entries: Sequence[Entry], drawing: Drawing, left_of: int = 0) -> Any:
    """Write entries in a line as long as there is room, else below each other.

    Parameters
    ----------
    entries : sequence of Entry
        At least one.
    left_of : int
        Pixels by which a telephone's entries begin to the left of the panels above, where there
        are labels of axes.

    Returns
    -------
    altair.LayerChart
    """
    layers: list[Any] = []
    begin = -left_of if drawing.narrow else 0
    left, top, widest = float(begin), 0, 0.0
    for entry in entries:
        lines = textwrap.wrap(entry.words, int((drawing.width - _MARGIN) / _LETTER))
        wide = _BESIDE + _LETTER * max(map(len, lines))
        if left > begin and left + wide > drawing.width + begin:
            left, top = float(begin), top + _LINE
        layers += _entry(entry, lines, left, top + _LINE / 2)
        top += _LINE * (len(lines) - 1)
        left += wide + _APART
        widest = max(widest, left - _APART)
    size = {"width": max(1, min(widest, drawing.width - _MARGIN / 2)), "height": top + _LINE}
    return alt.layer(*layers, data=alt.sequence(0, 1, 1)).properties(**size)


def _entry(entry: Entry, lines: list[str], left: float, middle: float) -> list[Any]:
    at = {"x": alt.value(left + _SIGN), "y": alt.value(middle)}
    marks = [alt.Chart().mark_point(style=style).encode(**at) for style in entry.styles]
    if entry.sign:
        marks.append(alt.Chart().mark_text(style="value", text=entry.sign).encode(**at))
    words = alt.Chart().mark_text(
        style="note", align="left", baseline="middle", text=lines, lineHeight=_LINE - 4
    )
    return [*marks, words.encode(x=alt.value(left + _BESIDE), y=alt.value(middle))]
