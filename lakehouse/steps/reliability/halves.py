"""Split-half reliability of features, as a function from tables to a table."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.statistics.bootstrap import Samples, percentile_interval
from lakehouse.statistics.reliability.split_halves import Halves, halves_of, split_half
from lakehouse.statistics.threads import one_thread
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.passes import Pass
from lakehouse.steps.registry import batch_step, spread

Array = npt.NDArray[np.float64]

SPLIT_HALVES: Final = {
    "grouping": pl.String,
    "feature": pl.String,
    "n": pl.Int32,
    "photos": pl.Int32,
    "split_half": pl.Float64,
    "split_half_low": pl.Float64,
    "split_half_high": pl.Float64,
    "reliability": pl.Float64,
    "reliability_low": pl.Float64,
    "reliability_high": pl.Float64,
    "bootstraps": pl.Int32,
}
_KEY: Final = ("grouping", "feature", "pairs")
_MEASURED: Schema = {
    "grouping": pl.String,
    "feature": pl.String,
    "pairs": pl.Int32,
    "cell_index": pl.Int32,
    "halves": pl.List(pl.Float64),
    "whole": pl.Float64,
}
"""A cell's value of a feature; without a cell, that the grouping has the feature."""
_ROWS: Final = 2**12
"""Of places, so many at a time stay in a processor's cache."""


@batch_step(bootstraps="statistics.bootstraps", seed="statistics.seed")
def split_halves(
    batches: Iterable[pl.DataFrame], *, bootstraps: int, seed: int
) -> Iterator[pl.DataFrame]:
    """Say how well halves of the photographs agree on each feature.

    Parameters
    ----------
    batches : iterable of polars.DataFrame
        A row per cell, feature and point: grouping, feature, cell_index, point, pairs
        (photographs of the mask, and as many neutral ones, at least 2), share (of the point in the
        feature), signed (a value's change counts instead of a point's distance), and the places
        x_1 … z_3 and neutral_x_1 … neutral_z_3 of two or three parcels of photographs. All rows of
        a cell are in one batch.
    bootstraps : int
        Resamples of the participants behind the intervals; 0 for none.
    seed : int
        Random state of these.

    Yields
    ------
    polars.DataFrame
        The columns of `SPLIT_HALVES`, by grouping and feature, after the last batch.
    """
    # Mapped, so that no batch's rows are kept while the next ones come.
    measured = pl.concat(map(partial(_of_cells, _=None), batches))
    yield _reliabilities(measured, None, bootstraps=bootstraps, seed=seed)


def _of_cells(rows: pl.DataFrame, _: None) -> pl.DataFrame:
    """Measure the features of some cells in every half, and in all photographs."""
    names = rows.select("grouping", "feature").unique()
    tables = [pl.DataFrame(schema=_MEASURED), names]
    once = _once(rows)
    for pairs in once["pairs"].unique().sort():
        tables.append(_values(once.filter(pl.col("pairs") == pairs), halves_of(min(pairs, 3))))
    return pl.concat(tables, how="diagonal")


def _reliabilities(measured: pl.DataFrame, _: None, *, bootstraps: int, seed: int) -> pl.DataFrame:
    """Say how well the halves of all cells agree."""
    of_cells = measured.filter(pl.col("cell_index").is_not_null())
    rows, samples = [], Samples(bootstraps, seed)
    with one_thread():
        for (grouping, feature, pairs), cells in of_cells.sort(*_KEY, "cell_index").group_by(
            *_KEY, maintain_order=True
        ):
            halves = halves_of(min(pairs, 3))
            values = cells["halves"].list.to_array(len(halves.face)).to_numpy()
            whole = cells["whole"].to_numpy()
            known = ~np.isnan(whole) & ~np.isnan(values).any(axis=1)
            of_all = split_half(values, whole, halves, np.ones((1, len(whole))))
            n = int(known.sum())
            drawn = [
                split_half(values[known], whole[known], halves, counts) for counts in samples.of(n)
            ]
            row: list[object] = [grouping, feature, n, pairs]
            for at, one in enumerate(of_all):
                resampled = np.concatenate([sample[at] for sample in drawn] or [np.empty(0)])
                low, high = percentile_interval(resampled[:, None])
                row += [one[0], low[0], high[0]] if not np.isnan(one[0]) else [None] * 3
            rows.append((*row, bootstraps))
    of_features = pl.DataFrame(rows, schema=SPLIT_HALVES, orient="row").drop("grouping")
    names = measured.filter(pl.col("cell_index").is_null()).select("feature", "grouping").unique()
    return (
        names.join(of_features, on="feature")
        .sort("grouping", "feature")
        .select(*SPLIT_HALVES)
        .with_columns(pl.col(pl.Float64).fill_nan(None))
    )


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out what a feature of several groupings, which is the same in all, repeats."""
    names = rows.select("feature", "grouping").unique()
    first = names.group_by("feature").agg(pl.col("grouping").min())
    return rows.join(first, on=["feature", "grouping"], how="semi")


def _values(rows: pl.DataFrame, halves: Halves) -> pl.DataFrame:
    """Sum up the points of each cell's features, for every half and for all photographs."""
    # In one order, whatever the engine's, so that the last bits of sums are the same. Numbers in
    # the place of names, which are slow to sort, will do: each feature is in one grouping here.
    number = pl.col("feature").cast(pl.Categorical).to_physical()
    rows = rows.sort(number, "cell_index", "point")
    starts = np.flatnonzero(
        rows.select(pl.struct(*_KEY, "cell_index").rle_id().diff().fill_null(1)).to_series() != 0
    )
    moved = _moved(rows, halves)
    values = (np.add.reduceat(moved, starts, axis=1) if len(starts) else moved).T
    keys = rows[starts.tolist()].select(
        pl.col(name).cast(kind) for name, kind in _MEASURED.items() if name in rows.columns
    )
    of_halves = pl.Series(np.ascontiguousarray(values[:, :-1])).arr.to_list()
    return keys.with_columns(halves=of_halves, whole=pl.Series(values[:, -1]))


def _moved(rows: pl.DataFrame, halves: Halves) -> Array:
    """Measure each point in every half and, last, in all photographs, shape (halves + 1, rows)."""
    parts = halves.face.shape[1]
    whole = np.full((1, parts), 1 / parts)
    weights = np.hstack([np.vstack([halves.face, whole]), -np.vstack([halves.neutral, whole])])
    share, signed = rows["share"].to_numpy(), rows["signed"].to_numpy()
    axes = _places(rows, parts)
    moved = np.empty((len(weights), len(rows)))
    with one_thread():
        for first in range(0, len(rows), _ROWS):
            here = slice(first, first + _ROWS)
            along = [weights @ places[:, here] for places in axes]
            values = along[0][:, signed[here]]
            length = np.sqrt(sum(np.square(gone, out=gone) for gone in along))
            length[:, signed[here]] = values
            np.multiply(length, share[here], out=moved[:, here])
    return moved


def _places(rows: pl.DataFrame, parts: int) -> list[Array]:
    """Give places along each axis, shape (2 parcels, rows), the neutral ones last."""
    named = [
        [f"{before}{axis}_{part + 1}" for before in ("", "neutral_") for part in range(parts)]
        for axis in "xyz"
    ]
    # In the image plane depth is 0 for everybody, and need not be added.
    flat = pl.all_horizontal((pl.col(named[2]) == 0).all(ignore_nulls=False))
    if rows.select(flat).item():
        del named[2]
    return [
        np.ascontiguousarray(
            rows.select(pl.col(names).cast(pl.Float64).fill_null(float("nan"))).to_numpy().T
        )
        for names in named
    ]


spread(split_halves, Pass(_of_cells, _MEASURED, _reliabilities, keys=("cell_index",), bundled=True))
