"""Which masks a table of movement in time is of, and what each is called."""

import polars as pl

from lakehouse.charts.drawing import Drawing
from lakehouse.charts.literals import literal

Mask = tuple[str, bool]
"""Expression, and whether a cue was shown."""


def shown_masks(table: pl.DataFrame, drawing: Drawing) -> dict[Mask, str]:
    """Name a table's masks in the study's order, the condition only where there are two."""
    shown = set(table.select("expression", "supervised").unique().iter_rows())
    both = len({supervised for _, supervised in shown}) > 1
    words = drawing.words
    return {
        (code, flag): words.mask(code, flag) if both else words.expression(code)
        for code in drawing.expressions()
        for flag in (False, True)
        if (code, flag) in shown
    }


def is_of(mask: Mask) -> str:
    """Write the condition that a row is of a mask, as a Vega expression."""
    expression, supervised = mask
    flag = str(supervised).lower()
    return f"datum.expression === {literal(expression)} && datum.supervised === {flag}"
