"""Intervals from participants drawn again and again."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from lakehouse.statistics.intervals import LEVEL

Matrix = npt.NDArray[np.float64]

_BLOCK_ENTRIES = 2**17
_KEPT_ENTRIES = 2**22


def resample_counts(n: int, count: int, seed: int) -> Iterator[Matrix]:
    """Draw n things out of n with replacement, many times.

    Parameters
    ----------
    n : int
        Things to draw from.
    count : int
        Samples wanted.
    seed : int
        The same seed gives the same samples.

    Yields
    ------
    ndarray of float64, shape (some, n)
        How often each is in the sample, a sample in each row; as many rows as fit a modest
        amount of memory. None where there is nothing to draw from.
    """
    random = np.random.default_rng(seed)
    block = max(1, _BLOCK_ENTRIES // max(n, 1))
    for first in range(0, count if n else 0, block):
        rows = min(block, count - first)
        yield random.multinomial(n, np.full(n, 1 / n), size=rows).astype(np.float64)


class Samples:
    """Samples of things, drawn once for all who ask one after the other for as many things.

    Where they would take much memory, they are drawn each time.

    Parameters
    ----------
    count : int
        Samples wanted.
    seed : int
        The same seed gives the same samples.
    """

    def __init__(self, count: int, seed: int) -> None:
        self._count, self._seed = count, seed
        self._n, self._drawn = -1, list[Matrix]()

    def of(self, n: int) -> Iterable[Matrix]:
        """Draw n things out of n with replacement, many times, as `resample_counts` does."""
        if n * self._count > _KEPT_ENTRIES:
            return resample_counts(n, self._count, self._seed)
        if n != self._n:
            self._n, self._drawn = n, list(resample_counts(n, self._count, self._seed))
        return self._drawn


def percentile_interval(resampled: Matrix) -> tuple[Matrix, Matrix]:
    """Give the 95 % percentile interval of resampled statistics.

    Parameters
    ----------
    resampled : ndarray of float64, shape (count, …)
        NaN where a sample has no such statistic; such samples do not count.

    Returns
    -------
    low, high : ndarray of float64, shape (…)
        NaN where no sample has one.

    References
    ----------
    Efron & Tibshirani (1993). An introduction to the bootstrap. Chapman & Hall; chapter 13.
    """
    shape = resampled.shape[1:]
    low, high = np.full(shape, np.nan), np.full(shape, np.nan)
    known = ~np.isnan(resampled).all(axis=0) if len(resampled) else np.zeros(shape, dtype=bool)
    if known.any():
        ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
        low[known], high[known] = np.nanquantile(resampled[:, known], ends, axis=0)
    return low, high
