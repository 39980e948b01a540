"""The Vega-Lite configuration that carries the whole look, so that charts name no colour.

| a chart writes | and gets |
|---|---|
| a nominal `color` whose domain is the dataset's expressions, in order | their colours |
| an ordinal `color`, such as a group's number | the colours of groups |
| a quantitative `color` | the heat |
| `scale=alt.Scale(range="diverging", domain=[-m, m])` | the diverging colours |
| a mark without colour | the colour of data that need no other |
| `style="guide"` and others of `marks.py` | what that mark means |
| `fill=alt.expr("page")` or `"ink"` | what lies behind the figure, or the colour of text |

Lengths are in pixels of 1/72 inch at a scale of one.
"""

from collections.abc import Iterable
from typing import Any

from lakehouse.report.look.colours import (
    PALETTES,
    Palette,
    Theme,
    expression_colours,
    roles,
)
from lakehouse.report.look.fonts import FONT
from lakehouse.report.look.marks import styles
from lakehouse.settings.dataset import STUDY_EXPRESSIONS

BOLD = 600
"""The weight of titles, as fonts count it: there is no heavier one."""

SMALL, TEXT, LARGE = 12, 13, 15
"""Sizes of letters: of scales, of what is read, of titles."""


def config(
    theme: Theme,
    words: Iterable[str] = tuple(STUDY_EXPRESSIONS.values()),
    neutral: str = "neutral",
) -> dict[str, Any]:
    """Give the configuration of a theme, to be merged into a chart's.

    The background is transparent, so that a figure lies on the page; where it is a file of its
    own, its `background` is to be the palette's `page`.

    Parameters
    ----------
    words : iterable of str
        The dataset's expressions in its order, which nominal colours follow.
    neutral : str
        The expression that all others are compared with.
    """
    return _of(PALETTES[theme], list(expression_colours(theme, words, neutral).values()))


def config_of_roles() -> dict[str, Any]:
    """Give the configuration with names of `colours.roles` where a theme has colours.

    What is made of a chart with it is the same in every theme, but for what the chart leaves to
    the configuration: scales of colours, and axes and legends as a rule.
    """
    return _of(roles(), [])


def _of(palette: Palette, expressions: list[str]) -> dict[str, Any]:
    return {
        "background": "transparent",
        "font": f"{FONT}, sans-serif",
        "padding": 2,
        "params": [{"name": name, "value": getattr(palette, name)} for name in ("page", "ink")],
        "view": {"stroke": "transparent"},
        "facet": {"spacing": 16},
        "concat": {"spacing": 28},
        "range": _ranges(palette, expressions),
        "scale": {"barBandPaddingInner": 0.2, "rectBandPaddingInner": 0},
        **_text(palette),
        **_axes(palette),
        "legend": _legend(palette),
        **_marks(palette),
        "style": styles(palette),
    }


def _ranges(palette: Palette, expressions: list[str]) -> dict[str, Any]:
    heat = {"scheme": list(palette.heat)}
    return {
        "category": expressions,
        "ordinal": list(palette.groups),
        "heatmap": heat,
        "ramp": heat,
        "diverging": {"scheme": list(palette.diverging)},
        "symbol": ["circle", "diamond", "square", "triangle-up", "cross", "triangle-down"],
    }


def _text(palette: Palette) -> dict[str, Any]:
    heading = {
        "anchor": "start",
        "color": palette.ink,
        "fontWeight": BOLD,
        "subtitleColor": palette.ink_soft,
        "subtitleFontWeight": "normal",
    }
    return {
        "title": {
            **heading,
            "frame": "group",
            "fontSize": LARGE,
            "offset": 12,
            "subtitleFontSize": TEXT,
            "subtitlePadding": 4,
        },
        "header": {
            "labelColor": palette.ink,
            "labelFontSize": TEXT,
            "labelFontWeight": BOLD,
            "labelPadding": 6,
            "titleColor": palette.ink_soft,
            "titleFontSize": SMALL,
            "titleFontWeight": "normal",
            "titlePadding": 6,
        },
    }


def _axes(palette: Palette) -> dict[str, Any]:
    return {
        "axis": {
            "domain": False,
            "ticks": False,
            "gridColor": palette.line,
            "gridWidth": 1,
            "labelColor": palette.ink_soft,
            "labelFontSize": SMALL,
            "labelLimit": 240,
            "labelPadding": 6,
            "titleColor": palette.ink,
            "titleFontSize": SMALL,
            "titleFontWeight": "normal",
            "titleLimit": 480,
            "titlePadding": 10,
        },
        # A name has no place of its own between two others: no line leads to it.
        "axisDiscrete": {"grid": False, "labelColor": palette.ink},
        "axisQuantitative": {"tickCount": 5, "labelFlush": False, "labelOverlap": True},
        "axisXDiscrete": {"labelAngle": 0},
    }


def _legend(palette: Palette) -> dict[str, Any]:
    return {
        "orient": "top",
        "direction": "horizontal",
        "gradientLength": 200,
        "gradientThickness": 8,
        "gradientStrokeColor": None,
        "columnPadding": 14,
        "rowPadding": 4,
        "labelColor": palette.ink_soft,
        "labelFontSize": SMALL,
        "labelLimit": 240,
        "labelOffset": 4,
        "offset": 10,
        # Symbols without a colour of their own, such as those of the cue, are as data without one.
        "symbolBaseFillColor": palette.mark,
        "symbolBaseStrokeColor": palette.mark,
        "symbolSize": 64,
        "symbolStrokeWidth": 1.5,
        "titleColor": palette.ink,
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "titleLimit": 480,
        "titlePadding": 6,
    }


def _marks(palette: Palette) -> dict[str, Any]:
    return {
        "mark": {"color": palette.mark, "tooltip": None},
        "arc": {"stroke": palette.page},
        "area": {"opacity": 0.85, "line": False},
        "bar": {"binSpacing": 1, "cornerRadiusEnd": 1},
        "circle": {"opacity": 0.9},
        "geoshape": {"strokeJoin": "round"},
        "line": {"strokeWidth": 1.75, "strokeCap": "round", "strokeJoin": "round"},
        "point": {"filled": True, "size": 44, "opacity": 0.9, "strokeWidth": 1.5},
        "rule": {"color": palette.ink, "strokeWidth": 1},
        "text": {"color": palette.ink, "fontSize": SMALL},
        "tick": {"thickness": 1.5},
    }
