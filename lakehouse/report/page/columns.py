"""Tables as columns, as they lie in the page once for every chart, listing and CSV."""

from itertools import groupby
from typing import Any, Final

import polars as pl

FIGURES: Final = 5
"""Significant digits of numbers in the page; whole numbers keep all. Places are to 0.01 pixel."""


def columns(frame: pl.DataFrame) -> dict[str, Any]:
    """Lay a table out for the page.

    Returns
    -------
    dict
        ``rows``, and ``columns`` by name: ``measured`` where they are no counts, ``values``, and
        for texts and flags ``words``, of which the values are the places. What is not a finite
        number is null. Where values come in rows of the same, each is there once, and ``runs`` says
        how often it comes; where all come again and again, ``times`` says how often all do.
    """
    return {
        "rows": len(frame),
        "columns": {column.name: _briefly(_column(column)) for column in frame.iter_columns()},
    }


def _briefly(column: dict[str, Any]) -> dict[str, Any]:
    values = column["values"]
    runs = [(value, len(list(same))) for value, same in groupby(values)]
    if 2 * len(runs) < len(values):
        once, counts = zip(*runs, strict=True)
        return column | {"values": list(once), "runs": list(counts)}
    if times := _times(values):
        return column | {"values": values[: len(values) // times], "times": times}
    return column


def _times(values: list[Any]) -> int | None:
    """Say how often all values come again in the same order, if they do."""
    length = next((place for place, value in enumerate(values[1:], 1) if value == values[0]), 0)
    if not length or len(values) % length:
        return None
    times = len(values) // length
    return times if values == values[:length] * times else None


def _column(column: pl.Series) -> dict[str, Any]:
    if column.dtype == pl.String:
        words = column.unique(maintain_order=True).drop_nulls()
        places = {word: place for place, word in enumerate(words)}
        return {"words": words.to_list(), "values": [places.get(value) for value in column]}
    if column.dtype == pl.Boolean:
        return {"words": [False, True], "values": column.cast(pl.Int8).to_list()}
    if column.dtype.is_float():
        finite = column.set(~column.is_finite(), None)
        # Sums of counts come as floats too.
        told = finite.zip_with(finite == finite.round(), finite.round_sig_figs(FIGURES))
        return {"measured": True, "values": [_short(value) for value in told]}
    if column.dtype.is_decimal():
        return _column(column.cast(pl.Float64))
    if column.dtype.is_temporal():
        return _column(column.cast(pl.String))
    return {"values": column.to_list()}


def _short(value: float | None) -> float | int | None:
    """Write whole numbers without ".0"."""
    return int(value) if value is not None and value.is_integer() else value
