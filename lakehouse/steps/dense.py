"""Long tables laid out as arrays, an axis per key."""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

Array = npt.NDArray[np.float64]
NO_LEVELS: Final[Mapping[str, pl.Series]] = MappingProxyType({})


def dense(
    rows: pl.DataFrame,
    keys: Sequence[str],
    values: Sequence[str],
    known: Mapping[str, pl.Series] = NO_LEVELS,
) -> tuple[Array, list[pl.Series]]:
    """Lay rows out as an array.

    Parameters
    ----------
    rows : polars.DataFrame
        The keys, each combination once at most and none null, and the values.
    keys : sequence of str
        Columns that become axes.
    values : sequence of str
        Columns that become the last axis.
    known : mapping of str to polars.Series, optional
        What is to stand along the axes of some keys, where that is more than these rows have.

    Returns
    -------
    array : ndarray of float64, one axis per key and one for the values
        NaN where there is no row, or its value is null.
    levels : list of polars.Series
        What stands along each key's axis, ascending.
    """
    levels = [known[key] if key in known else rows[key].unique().sort() for key in keys]
    place = np.zeros(len(rows), dtype=np.intp)
    for key, level in zip(keys, levels, strict=True):
        place *= len(level)
        place += _places(rows[key], level)
    shape = tuple(map(len, levels))
    array = np.full((math.prod(shape), len(values)), np.nan)
    for at, name in enumerate(values):
        array[place, at] = rows[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return array.reshape(*shape, len(values)), levels


def one_level(array: Array, axis: int, level: pl.Series, wanted: object) -> Array:
    """Take one place of an axis.

    Parameters
    ----------
    array : ndarray of float64
    level : polars.Series
        What stands along the axis, as `dense` gives it.
    wanted : object
        One of it, or something that is not there.

    Returns
    -------
    ndarray of float64
        Without the axis; NaN throughout where `wanted` is not there.
    """
    listed = level.to_list()
    if wanted in listed:
        taken: Array = np.take(array, listed.index(wanted), axis=axis)
        return taken
    return np.full(array.shape[:axis] + array.shape[axis + 1 :], np.nan)


def _places(values: pl.Series, level: pl.Series) -> npt.NDArray[np.integer]:
    """Find where each value stands along its axis."""
    if level.dtype == pl.String:
        return values.cast(pl.Enum(level)).to_physical().to_numpy()
    listed, wanted = (numbers.cast(pl.Int64).to_numpy() for numbers in (level, values))
    if len(listed) and listed[-1] - listed[0] == len(listed) - 1:
        # They follow each other without a gap, and need not be searched.
        place: npt.NDArray[np.int64] = wanted - listed[0]
        return place
    return np.searchsorted(listed, wanted)
