"""Intervals of product-moment correlations from participants drawn again, without a normal form."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from lakehouse.statistics.available_cases import Defined, Directions, Matrix
from lakehouse.statistics.bootstrap import resample_counts
from lakehouse.statistics.correlation import Correlations
from lakehouse.statistics.exact import EXACT_ROWS
from lakehouse.statistics.intervals import LEVEL, pearson_interval
from lakehouse.statistics.leave_one_out import each_left_out
from lakehouse.statistics.threads import one_thread

DRAWN_ROWS = 1000
"""With more rows the interval follows from the moments alone: drawing would give the same."""

_NOTHING_LEFT = 1e-12


@dataclass(frozen=True)
class Resamples:
    """Participants drawn with replacement.

    Parameters
    ----------
    rows : int
        Participants to draw from, and drawn each time.
    count : int
        With 0 there are no intervals.
    seed : int
        The same seed gives the same draws.
    """

    rows: int
    count: int
    seed: int


def bca_interval(
    correlations: Correlations,
    parts: Iterable[Directions],
    resamples: Resamples,
    *,
    each_once: bool = False,
) -> tuple[Matrix, Matrix]:
    """Give the 95 % confidence interval of Pearson's correlations by the BCa bootstrap.

    All participants are drawn once for all pairs. Of each draw a pair takes the participants in
    whom it is complete. Where k covariates are held constant, their residuals are drawn, and the
    interval is widened by the freedom that covariates take: by √((n - 1) / (n - 1 - k)) on the
    scale of atanh r.

    Parameters
    ----------
    correlations : Correlations
        Of x with y, by value.
    parts : iterable of Directions
        The columns they were computed from, not ranked; together they hold each pair once.
    each_once : bool, optional
        x and y are the same, and only pairs above the diagonal are wanted.

    Returns
    -------
    low, high : ndarray of float64, shape (p, q)
        NaN where a pair is not tested, and where there are no resamples. For `EXACT_ROWS` rows or
        fewer, and where the correction has no solution, Fisher's interval; r itself where it is 1
        or -1; for more than `DRAWN_ROWS` rows tanh(atanh r ± 1.96 s), s being the standard error of
        atanh r by the infinitesimal jackknife.

    References
    ----------
    Efron (1987). Better bootstrap confidence intervals. Journal of the American Statistical
    Association 82, 171-185.
    Efron & Tibshirani (1993). An introduction to the bootstrap. Chapman & Hall; chapter 14.
    """
    low, high = pearson_interval(correlations.r, correlations.df)
    untested = correlations.defined != Defined.YES
    if resamples.count == 0:
        untested = np.ones_like(untested)
    weights: Matrix | None = None
    for part in parts:
        pairs, rows = part.block.pairs, len(part.block.rows)
        if rows <= EXACT_ROWS or untested[pairs].all():
            continue
        if rows > DRAWN_ROWS:
            ends = _by_moments(part, correlations.r[pairs])
        else:
            if weights is None:
                draws = resample_counts(resamples.rows, resamples.count, resamples.seed)
                weights = np.concatenate(list(draws))
            ends = _of_block(part, weights[:, part.block.rows], each_once=each_once)
        ends = _widened(ends, correlations.r[pairs], part)
        perfect = np.abs(correlations.r[pairs]) == 1
        for limit, end in zip((low, high), ends, strict=True):
            limit[pairs] = np.where(np.isnan(end) | perfect, limit[pairs], end)
    return np.where(untested, np.nan, low), np.where(untested, np.nan, high)


def _of_block(part: Directions, weights: Matrix, *, each_once: bool) -> tuple[Matrix, Matrix]:
    r = part.x.T @ part.y
    acceleration = _acceleration(part)
    x, y = _Drawn(part.x, weights), _Drawn(part.y, weights)
    low, high = np.full(r.shape, np.nan), np.full(r.shape, np.nan)
    for column in range(r.shape[1]):
        wanted = np.full(r.shape[0], fill_value=True)
        if each_once:
            wanted = part.block.x_columns < part.block.y_columns[column]
        if wanted.any():
            resampled = x.correlated(wanted, y, column)
            low[wanted, column], high[wanted, column] = corrected_ends(
                resampled, r[wanted, column], acceleration[wanted, column]
            )
    return low, high


def _widened(ends: tuple[Matrix, Matrix], r: Matrix, part: Directions) -> tuple[Matrix, Matrix]:
    """Make up for the freedom that covariates took from the residuals, on the scale of atanh r."""
    covariates = part.basis.shape[1]
    if covariates == 0:
        return ends
    factor = np.sqrt((len(part.block.rows) - 1) / (len(part.block.rows) - 1 - covariates))
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.arctanh(r)
        low, high = (np.tanh(centre + factor * (np.arctanh(end) - centre)) for end in ends)
    return low, high


class _Drawn:
    """Weighted moments of columns in every draw.

    Parameters
    ----------
    columns : ndarray of float64, shape (n, p)
        Of mean 0 and length 1, or NaN.
    weights : ndarray of float64, shape (count, n)
    """

    def __init__(self, columns: Matrix, weights: Matrix) -> None:
        self._columns, self._weights = columns, weights.T
        size = weights.sum(axis=1)
        self._size = np.where(size > 0, size, np.nan)
        with one_thread():
            self._sums = columns.T @ self._weights
            squares = (columns**2).T @ self._weights - self._sums**2 / self._size
        # In a draw in which a column is constant it has no correlation.
        spread = np.where(squares > _NOTHING_LEFT, squares, np.nan)
        self._scale = 1 / np.sqrt(spread)

    def correlated(self, chosen: npt.NDArray[np.bool_], other: "_Drawn", column: int) -> Matrix:
        """Correlate chosen columns with one of others in every draw, shape (chosen, count)."""
        with one_thread():
            products = (self._columns[:, chosen].T * other._columns[:, column]) @ self._weights
        products -= self._sums[chosen] * (other._sums[column] / self._size)
        products *= self._scale[chosen]
        products *= other._scale[column]
        return products


def corrected_ends(
    resampled: Matrix, observed: Matrix, acceleration: Matrix
) -> tuple[Matrix, Matrix]:
    """Give the ends of BCa intervals.

    Parameters
    ----------
    resampled : ndarray of float64, shape (k, count)
        The statistics of every resample; NaN where it has none. Sorted in place.
    observed, acceleration : ndarray of float64, shape (k,)

    Returns
    -------
    low, high : ndarray of float64, shape (k,)
        NaN where the correction has no solution.
    """
    rows = np.arange(len(resampled))
    near = np.abs(observed) * _NOTHING_LEFT
    below = (resampled < (observed - near)[:, None]).sum(axis=1)
    equal = (resampled <= (observed + near)[:, None]).sum(axis=1) - below
    resampled.sort(axis=1)  # NaN last
    known = resampled.shape[1] - np.isnan(resampled).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        bias = special.ndtri((below + equal / 2) / known)
    ends = []
    for level in ((1 - LEVEL) / 2, (1 + LEVEL) / 2):
        moved = bias + special.ndtri(level)
        with np.errstate(divide="ignore", invalid="ignore"):
            room = 1 - acceleration * moved
            place = special.ndtr(bias + moved / room) * (known - 1)
        possible = (room > 0) & np.isfinite(place) & np.isfinite(bias)
        place = np.where(possible, place, 0.0)
        first = np.floor(place).astype(np.intp)
        second = np.minimum(first + 1, np.maximum(known - 1, 0))
        lower, upper = resampled[rows, first], resampled[rows, second]
        end = lower + (place - first) * (upper - lower)
        ends.append(np.where(possible, end, np.nan))
    return ends[0], ends[1]


def _acceleration(part: Directions) -> Matrix:
    """Skewness of the jackknife's values, over 6."""
    r = part.x.T @ part.y
    count, sums, squares, cubes = (np.zeros(r.shape) for _ in range(4))
    change, power, known = np.empty_like(r), np.empty_like(r), np.empty(r.shape, dtype=np.bool_)
    for left in each_left_out(part.x, part.y, ranked=False):
        # Without a row of this kind a column is constant: there is no such value.
        np.equal(left, left, out=known)
        np.subtract(r, left, out=change)
        np.copyto(change, 0.0, where=~known)
        count += known
        sums += change
        # `**` would take many times as long.
        squares += np.multiply(change, change, out=power)
        cubes += np.multiply(power, change, out=power)
    mean = sums / np.maximum(count, 1)
    second = squares - count * mean**2
    third = cubes - 3 * mean * squares + 2 * count * mean**3
    varying = second > _NOTHING_LEFT**2
    scale = np.where(varying, second, 1.0) ** 1.5
    return np.where(varying, third / (6 * scale), 0.0)


def _by_moments(part: Directions, r: Matrix) -> tuple[Matrix, Matrix]:
    """Give the ends by the variance of the influence that each row has on r."""
    x, y = part.x, part.y
    mixed = (x**2).T @ y**2
    cubed = (x**3).T @ y + x.T @ y**3
    fourth = (x**4).sum(axis=0)[:, None] + 2 * mixed + (y**4).sum(axis=0)
    variance = np.maximum(mixed - r * cubed + r**2 / 4 * fourth, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = special.ndtri((1 + LEVEL) / 2) * np.sqrt(variance) / (1 - r**2)
        z = np.arctanh(r)
        return np.tanh(z - half), np.tanh(z + half)
