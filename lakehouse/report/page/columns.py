"""Tables as columns, as they lie in the page once for every chart, listing and CSV."""

from typing import Any, Final

import polars as pl

FIGURES: Final = 6
"""Significant digits of numbers in the page."""


def columns(frame: pl.DataFrame) -> dict[str, Any]:
    """Lay a table out for the page.

    Returns
    -------
    dict
        ``rows``, and ``columns`` by name: ``measured`` where they are no counts, ``values``, and for texts and flags ``words``, of which
        the values are the places. What is not a finite number is null.
    """
    return {
        "rows": len(frame),
        "columns": {column.name: _column(column) for column in frame.iter_columns()},
    }


def _column(column: pl.Series) -> dict[str, Any]:
    if column.dtype == pl.String:
        words = column.unique(maintain_order=True).drop_nulls()
        places = {word: place for place, word in enumerate(words)}
        return {"words": words.to_list(), "values": [places.get(value) for value in column]}
    if column.dtype == pl.Boolean:
        return {"words": [False, True], "values": column.cast(pl.Int8).to_list()}
    if column.dtype.is_float():
        finite = column.set(~column.is_finite(), None).round_sig_figs(FIGURES)
        return {"measured": True, "values": [_short(value) for value in finite]}
    if column.dtype.is_decimal():
        return _column(column.cast(pl.Float64))
    if column.dtype.is_temporal():
        return _column(column.cast(pl.String))
    return {"values": column.to_list()}


def _short(value: float | None) -> float | int | None:
    """Write whole numbers without ".0"."""
    return int(value) if value is not None and value.is_integer() else value
