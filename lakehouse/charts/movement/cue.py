"""How much farther parts of the face move with a cue than without."""

from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import AnyChart, Drawing, Frames
from lakehouse.charts.movement.key import Entry, keyed
from lakehouse.charts.movement.parts import PartGrid, span, zero

_LEVEL: Final = 0.05
_STAR: Final = "*"


def cue_groups(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how much farther parts of the face move with a cue, in pixels and in deviations.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `cue_groups`.
    """
    table = frames["cue_groups"]
    grid, beside = (
        PartGrid(frames, "cue_groups", drawing, _span(table, *fields), place=(place, 2))
        for place, fields in enumerate((("mean_difference", "difference"), ("cohen_dz", "dz")))
    )
    words = drawing.words
    tooltip = grid.tooltip(
        alt.Tooltip("mean_difference:Q", title=words("column.mean_difference"), format=".2f"),
        alt.Tooltip("difference_low:Q", title=words("column.difference_low"), format=".2f"),
        alt.Tooltip("difference_high:Q", title=words("column.difference_high"), format=".2f"),
        alt.Tooltip("noise_difference:Q", title=words("column.noise_difference"), format=".2f"),
        alt.Tooltip("cohen_dz:Q", title=words("column.cohen_dz"), format=".2f"),
        alt.Tooltip("t_q:Q", title=words("column.t_q"), format=".2g"),
    )
    noise = (
        alt.Chart()
        .transform_filter("isValid(datum.noise_difference)")
        .transform_calculate(noise_low="-datum.noise_difference")
        .mark_bar(style="pale", height=grid.row_height - 8)
        .encode(x=grid.x("noise_low"), x2="noise_difference:Q", **grid.row)
    )
    entries = [
        Entry(words("key.own_neutral"), alt.MarkDef(type="point", style="cue")),
        Entry(words("key.found"), alt.MarkDef(type="text", text=_STAR, fontSize=15, dy=3)),
        Entry(words("key.paper_neutral"), alt.MarkDef(type="point", style="pale", size=26)),
        Entry(words("key.noise"), alt.MarkDef(type="square", style="pale", size=120)),
    ]
    pixels = [noise, zero(), *_estimates(grid, "mean_difference", "difference", tooltip)]
    deviations = [zero(), *_estimates(beside, "cohen_dz", "dz", tooltip)]
    blocks = grid.blocks(
        grid.facet(pixels, words("axis.cue_difference")),
        beside.facet(deviations, words("axis.cohen_dz")),
    )
    return keyed(blocks, entries, drawing, grid.room, ("expression", "part"))


def _span(table: pl.DataFrame, value: str, interval: str) -> alt.Scale:
    fields = (value, f"{interval}_low", f"{interval}_high")
    return span(table, *fields, *(f"paper_{field}" for field in fields))


def _estimates(grid: PartGrid, value: str, interval: str, tooltip: list[alt.Tooltip]) -> list[Any]:
    """Draw both comparisons with their intervals, one above the other, and what was found."""
    layers: list[Any] = []
    apart = grid.apart
    for paper, style, size, offset in (("paper_", "pale", 26, apart), ("", "cue", 50, -apart)):
        shown = alt.Chart().transform_filter(f"isValid(datum.{paper}{value})")
        layers += [
            shown.mark_rule(
                style="pale" if paper else "interval", yOffset=offset, strokeWidth=1.5
            ).encode(
                x=grid.x(f"{paper}{interval}_low"),
                x2=f"{paper}{interval}_high:Q",
                **grid.row,
                color=grid.color(),
            ),
            shown.mark_point(style=style, filled=True, size=size, yOffset=offset).encode(
                x=grid.x(f"{paper}{value}"), **grid.row, color=grid.color(), tooltip=tooltip
            ),
        ]
    found = (
        alt.Chart()
        .transform_filter(f"isValid(datum.t_q) && datum.t_q < {_LEVEL}")
        .mark_text(text=_STAR, yOffset=-apart, align="left", dx=2, dy=3, fontSize=15)
        .encode(x=grid.x(f"{interval}_high"), **grid.row)
    )
    return [*layers, found, grid.chosen(value, "expression", "part", offset=-apart)]
