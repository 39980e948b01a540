"""How near predictions come, and how sure that is."""

from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.statistics.bootstrap import percentile_interval, resample_counts
from lakehouse.statistics.prediction.nested_ridge import OutOfFold

Matrix = npt.NDArray[np.float64]

_NOTHING_LEFT: Final = 1e-12


def correlation(predicted: Matrix, left: Matrix, weights: Matrix | None = None) -> Matrix:
    """Correlate predictions with what was to be foretold, column by column.

    Parameters
    ----------
    predicted, left : ndarray, shape (n, q)
    weights : ndarray, shape (samples, n), optional
        How often each row is in each sample; once, if there are none.

    Returns
    -------
    ndarray of float64, shape (q,) or (samples, q)
        Pearson's r; NaN where either is constant.
    """
    one = np.ones((1, len(left))) if weights is None else weights
    rows = one.sum(axis=1, keepdims=True)
    x, y = predicted - predicted.mean(axis=0), left - left.mean(axis=0)
    both = one @ (x * y) / rows
    mean_x, mean_y = one @ x / rows, one @ y / rows
    square_x, square_y = one @ x**2 / rows, one @ y**2 / rows
    spread_x, spread_y = square_x - mean_x**2, square_y - mean_y**2
    known = (spread_x > _NOTHING_LEFT * square_x) & (spread_y > _NOTHING_LEFT * square_y)
    spread = np.sqrt(np.where(known, spread_x * spread_y, 1.0))
    r: Matrix = np.where(known, (both - mean_x * mean_y) / spread, np.nan)
    return np.clip(r[0] if weights is None else r, -1, 1)


def r_squared(predicted: Matrix, left: Matrix, weights: Matrix | None = None) -> Matrix:
    """Say which share of the squared error of the baseline is gone, column by column.

    Parameters
    ----------
    predicted, left, weights : ndarray
        As for `correlation`.

    Returns
    -------
    ndarray of float64, shape (q,) or (samples, q)
        ``1 - Σ(left - predicted)² / Σ left²``; below 0 where the baseline is nearer, NaN where
        it leaves nothing.
    """
    one = np.ones((1, len(left))) if weights is None else weights
    whole = one @ left**2
    share = one @ (left - predicted) ** 2 / np.where(whole > 0, whole, np.nan)
    gone: Matrix = 1 - share
    return gone[0] if weights is None else gone


def accuracy_intervals(found: OutOfFold, bootstraps: int, seed: int) -> tuple[Matrix, Matrix]:
    """Give 95 % intervals of `correlation` and `r_squared` over samples of the rows.

    What is foretold of each row stays as it is: the intervals hold what other people would change,
    and not what it would change to learn from others.

    Returns
    -------
    low, high : ndarray of float64, shape (2, q)
        First of r, then of R²; NaN without bootstraps.
    """
    samples = [
        np.stack([of(found.predicted, found.left, weights) for of in (correlation, r_squared)], 1)
        for weights in resample_counts(len(found.left), bootstraps, seed)
    ]
    return percentile_interval(np.concatenate([np.empty((0, 2, found.left.shape[1])), *samples]))
