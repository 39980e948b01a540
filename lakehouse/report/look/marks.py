"""Names for how marks look, so that a chart says what a mark means and not how it is drawn.

A chart writes `mark_rule(style="guide")`; what that looks like stands here, once for both themes.
Colour that carries data comes by an encoding, which goes before a style. Vega-Lite has styles of
its own for parts of every chart, such as `cell`: no name here is one of those.
"""

from typing import Any, Final

from lakehouse.report.look.colours import Palette

RING: Final = (
    "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0ZM0.64,0A0.64,0.64,0,1,0,-0.64,0A0.64,0.64,0,1,0,0.64,0Z"
)
"""A ring as an area with two edges, so that one is seen on light and the other on dark."""

MEANINGS: Final[dict[str, str]] = {
    "chosen": "what the reader has chosen: an outline around it (point, rect, geoshape)",
    "cue": "with the cue: filled, and to the right of what is without (point, bar)",
    "face": "triangles of a face, coloured by an encoding of color (geoshape)",
    "fit": "a line fitted to points (line)",
    "guide": "zero, a mean, a threshold: a thin grey line (rule)",
    "hollow": "without the cue: an outline, to the left of what is with (point, bar); where a line "
    'would show through, with `fill=alt.expr("page")`',
    "interval": "a confidence interval: a line under its estimate (rule)",
    "label": "words beside a mark that name it (text)",
    "mesh": "a face's triangles, as thin outlines alone (geoshape)",
    "note": "a remark inside a figure, in small grey letters (text)",
    "pale": "the same in the background, such as points that were not chosen (any)",
    "people": "one mark for each participant, of which there are many (point)",
    "ring": "survives the maximum over all tests: a ring, around `survivor`'s dot (point)",
    "survivor": "survives its false discovery rate: a dot on a heat map (point)",
    "tile": "a cell of a heat map (rect)",
    "value": "a number written into a cell (text), in `page` or `ink`, whichever stands out more "
    "by Vega's `contrast` from the cell's `scale('color', …)`",
}
"""What each style says, and for which marks it is meant."""


def styles(palette: Palette) -> dict[str, dict[str, Any]]:
    """Give the properties of every style of `MEANINGS`, as Vega-Lite has them."""
    on_heat, edge = palette.on_heat
    on_top = {"filled": True, "color": on_heat, "stroke": edge, "opacity": 1}
    outline = {"filled": False, "strokeJoin": "round"}
    return {
        "chosen": {**outline, "color": palette.ink, "strokeWidth": 2, "opacity": 1},
        "cue": {"filled": True, "opacity": 1},
        "face": {"filled": True, "strokeWidth": 0.7, "strokeJoin": "round"},
        "fit": {"color": palette.ink, "strokeWidth": 1.5},
        "guide": {"color": palette.guide, "strokeWidth": 1},
        "hollow": {"filled": False, "strokeWidth": 1.5, "opacity": 1},
        "interval": {"strokeWidth": 1.5, "strokeCap": "butt"},
        "label": {"align": "left", "dx": 6},
        "mesh": {**outline, "color": palette.mesh, "strokeWidth": 0.5},
        "note": {"color": palette.ink_soft, "fontSize": 11, "lineHeight": 14, "align": "left"},
        "pale": {"opacity": 0.3},
        "people": {"filled": True, "size": 16, "opacity": 0.55, "strokeWidth": 0},
        "ring": {**on_top, "shape": RING, "size": 90, "strokeWidth": 0.6},
        "survivor": {**on_top, "shape": "circle", "size": 18, "strokeWidth": 0.8},
        "tile": {"stroke": palette.page, "strokeWidth": 1},
        "value": {"fontSize": 11, "align": "center", "baseline": "middle"},
    }
