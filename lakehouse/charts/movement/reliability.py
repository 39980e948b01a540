"""How well features and photographs agree with themselves."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import AnyChart, Drawing, Frames
from lakehouse.charts.movement.key import Entry, conditions_key, keyed
from lakehouse.charts.movement.parts import PartGrid, by_condition, span, zero

_FEATURES: Final = ("reliability", "icc_ck", "split_half")
_PHOTOS: Final = ("icc_a1", "icc_ak")
_CHOICES: Final = ("expression", "supervised", "part")
_LOWEST, _HIGHEST = -0.5, 1.25
"""Ends of the scale: estimates of what is little known leave 0 and 1 far behind."""
_EDGE: Final = 0.03


def feature_reliabilities(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the three reliabilities of each feature, with their intervals.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `feature_reliability`.
    """
    table = "feature_reliability"
    scale = _scale(frames[table], _FEATURES)
    grids = [
        PartGrid(frames, table, drawing, scale, place=(place, len(_FEATURES)), dense=True)
        for place in range(len(_FEATURES))
    ]
    blocks = [_shares(*pair) for pair in zip(grids, _FEATURES, strict=True)]
    return _with_key(grids[0], blocks, [])


def photo_reliabilities(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how well one photograph and the mean of all agree, and how far one may err.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `photo_reliability`.
    """
    table = "photo_reliability"
    words = drawing.words
    scale = _scale(frames[table], _PHOTOS)
    blocks = len(_PHOTOS) + 1
    grids = [
        PartGrid(frames, table, drawing, scale, place=(place, blocks), dense=True)
        for place in range(len(_PHOTOS))
    ]
    errors = span(frames[table], "sem", "sdc")
    last = PartGrid(frames, table, drawing, errors, place=(len(_PHOTOS), blocks), dense=True)
    tooltip = last.tooltip(
        alt.Tooltip("sem:Q", title=words("column.sem"), format=".2f"),
        alt.Tooltip("sdc:Q", title=words("column.sdc"), format=".2f"),
    )
    marks = by_condition(last, "sem", tooltip, ("sem", "sdc"))
    line = alt.MarkDef(type="tick", orient="horizontal", size=12, thickness=1.5)
    return _with_key(
        grids[0],
        [
            *(_shares(*pair) for pair in zip(grids, _PHOTOS, strict=True)),
            last.facet(marks, words("axis.sem")),
        ],
        [Entry(words("key.sdc"), line)],
    )


def _shares(grid: PartGrid, value: str) -> Any:
    """Draw one reliability of all features."""
    words = grid.drawing.words
    ends = (f"{value}_low", f"{value}_high")
    tooltip = grid.tooltip(
        *(
            alt.Tooltip(f"{name}:Q", title=words(f"column.{name}"), format=".2f")
            for name in (value, *ends)
        )
    )
    marks = by_condition(grid, value, tooltip, ends)
    return grid.facet([zero(), zero(1), *marks], words(f"axis.{value}"))


def _scale(frame: pl.DataFrame, values: Sequence[str]) -> alt.Scale:
    """Give a scale from 0 to 1, as far beyond as intervals go but for `_LOWEST` and `_HIGHEST`."""
    lows = [frame[f"{value}_low"].min() for value in values]
    highs = [frame[f"{value}_high"].max() for value in values]
    low = min([0.0, *(float(end) for end in lows if end is not None)])  # type: ignore[arg-type]
    high = max([1.0, *(float(end) for end in highs if end is not None)])  # type: ignore[arg-type]
    # A mark at the very end is not cut off.
    return alt.Scale(domain=[max(low, _LOWEST) - _EDGE, min(high, _HIGHEST) + _EDGE], nice=False)


def _with_key(grid: PartGrid, blocks: Sequence[Any], more: Sequence[Entry]) -> AnyChart:
    entries = [*conditions_key(grid.drawing, grid.conditions), *more]
    return keyed(grid.blocks(*blocks), entries, grid.drawing, grid.room, _CHOICES)
