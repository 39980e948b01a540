"""Tables without what they tell of few people."""

from functools import reduce

import polars as pl

from lakehouse.report.privacy import SMALLEST_CELL
from lakehouse.report.tables.query import Header


def of_groups(header: Header, frame: pl.DataFrame) -> pl.DataFrame:
    """Leave out what counts fewer people than an aggregated report may."""
    if header.people:
        frame = frame.filter(~_tells_of_few(header))
    if header.besides:
        counts = pl.col(header.besides)
        frame = frame.with_columns(pl.when(~_is_few(counts)).then(counts).name.keep())
    return frame


def _tells_of_few(header: Header) -> pl.Expr:
    """Tell which rows do; a row of nobody is of few too, and so is the rest of a group."""
    few = [(pl.col(name) < SMALLEST_CELL).fill_null(value=False) for name in header.people]
    few += [_is_few((pl.col(whole) - pl.col(part)).abs()) for whole, part in header.rests]
    return reduce(lambda one, other: one | other, few)


def _is_few(count: pl.Expr) -> pl.Expr:
    return count.is_between(1, SMALLEST_CELL - 1).fill_null(value=False)
