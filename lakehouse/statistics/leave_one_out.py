"""How far a correlation hangs on a single row."""

from collections.abc import Iterator

import numpy as np
from scipy import stats

from lakehouse.statistics.available_cases import FEWEST_ROWS, Matrix, directions
from lakehouse.statistics.threads import one_thread

RANKED_ROWS = 1000
"""With more rows, ranks are not taken anew without each: that costs the square of their number, to
find that no row moves a rank correlation by more than about 6 over their number."""

_NOTHING_LEFT = 1e-8
_HEAVY = 0.5
"""Share of a column's squares from which a row is left out by computing anew, not by subtracting:
what subtracting leaves would have lost digits."""


def leave_one_out(x: Matrix, y: Matrix, *, ranked: bool) -> tuple[Matrix, Matrix]:
    """Find the range of each correlation when one row after the other is left out.

    Parameters
    ----------
    x : ndarray of float64, shape (rows, p)
    y : ndarray of float64, shape (rows, q)
        Missing values are NaN; each pair of columns uses the rows in which it is complete.
    ranked : bool
        Spearman's correlation, with the remaining rows ranked again, instead of Pearson's.

    Returns
    -------
    low, high : ndarray of float64, shape (p, q)
        Smallest and largest correlation of all rows but one; NaN where the whole column has none
        or fewer than four rows, and of ranks where there are more than `RANKED_ROWS`. A row
        without which a column is constant does not count.
    """
    shape = (x.shape[1], y.shape[1])
    low, high = np.full(shape, np.nan), np.full(shape, np.nan)
    for part in directions(x, y, ranked=ranked):
        rows, pairs = len(part.block.rows), part.block.pairs
        if rows <= FEWEST_ROWS or (ranked and rows > RANKED_ROWS):
            continue
        lowest, highest = low[pairs], high[pairs]
        for r in each_left_out(part.x, part.y, ranked=ranked):
            np.fmin(lowest, r, out=lowest)
            np.fmax(highest, r, out=highest)
        low[pairs], high[pairs] = lowest, highest
    return low, high


def each_left_out(x: Matrix, y: Matrix, *, ranked: bool) -> Iterator[Matrix]:
    """Give the correlations without one row after the other.

    Parameters
    ----------
    x : ndarray of float64, shape (n, p)
    y : ndarray of float64, shape (n, q)
        Of mean 0 and length 1, or NaN.
    ranked : bool
        As for `leave_one_out`.

    Yields
    ------
    ndarray of float64, shape (p, q)
        NaN where the whole column has no correlation, or the rest of it is constant. The next one
        is written over it.
    """
    left = _ranks_left(x, y) if ranked else _values_left(x, y)
    with one_thread():
        for r in left:
            yield np.clip(r, -1.0, 1.0, out=r)


def _ranks_left(x: Matrix, y: Matrix) -> Iterator[Matrix]:
    # Half ranks are exact, so products and lengths are found without rounding.
    alike = x.shape == y.shape and np.array_equal(x, y, equal_nan=True)
    x_ranks = _Ranks(x)
    y_ranks = x_ranks if alike else _Ranks(y)
    for row in range(len(x)):
        of_x = x_ranks.without(row)
        of_y = of_x if alike else y_ranks.without(row)
        r = of_x.T @ of_y
        for side, across in ((of_x, np.s_[:, None]), (of_y, np.s_[None, :])):
            squares = np.einsum("ij,ij->j", side, side)
            r /= np.sqrt(np.where(squares > 0, squares, np.nan))[across]
        yield r


def _values_left(x: Matrix, y: Matrix) -> Iterator[Matrix]:
    subtracted = _Subtracted(x, y)
    for row in range(len(x)):
        if subtracted.heavy[row]:
            yield _others(x, row).T @ _others(y, row)
        else:
            yield subtracted.without(row)


def _others(values: Matrix, row: int) -> Matrix:
    """Give columns, brought to mean 0 and length 1 over the rows but one; 0 in this one."""
    own = values[row]
    left = values + own / (len(values) - 1)
    left[row] = np.where(np.isnan(own), np.nan, 0.0)
    length = np.sqrt((left**2).sum(axis=0))
    unit: Matrix = left / np.where(length > _NOTHING_LEFT, length, np.nan)
    return unit


class _Subtracted:
    """Correlations from which any row's share can be subtracted.

    Parameters
    ----------
    x : ndarray of float64, shape (n, p)
    y : ndarray of float64, shape (n, q)
        Of mean 0 and length 1, or NaN.
    """

    def __init__(self, x: Matrix, y: Matrix) -> None:
        # Without a row the mean moves too, which takes a little more than the row's own share.
        weight = np.sqrt(len(x) / (len(x) - 1))
        self._x, self._y, self._r = weight * x, weight * y, x.T @ y
        self._left: Matrix = np.empty_like(self._r)
        self.heavy = ((self._x**2 > _HEAVY).any(axis=1)) | ((self._y**2 > _HEAVY).any(axis=1))
        """Rows that must not be subtracted."""

    def without(self, row: int) -> Matrix:
        """Give the correlations over the other rows, shape (p, q), in an array used again."""
        x, y, left = self._x[row], self._y[row], self._left
        np.multiply(x[:, None], y, out=left)
        np.subtract(self._r, left, out=left)
        left *= (1 / np.sqrt(1 - x**2))[:, None]
        left *= 1 / np.sqrt(1 - y**2)
        return left


class _Ranks:
    """Ranks of columns of which any row can be left out.

    Parameters
    ----------
    values : ndarray of float64, shape (n, p)
        Columns of NaN have no ranks.
    """

    def __init__(self, values: Matrix) -> None:
        self._ranks: Matrix = stats.rankdata(values, axis=0)
        self._left: Matrix = np.empty_like(self._ranks)

    def without(self, row: int) -> Matrix:
        """Give the other rows' ranks less their mean, 0 in this one, in an array used again."""
        ranks, left = self._ranks, self._left
        # Whoever stands above moves down by one; ties, by half, share the places that are left.
        np.subtract(ranks, ranks[row], out=left)
        np.clip(left, -1.0, 1.0, out=left)
        left += len(ranks) + 1
        left *= -0.5
        left += ranks
        left[row] = 0.0
        return left
