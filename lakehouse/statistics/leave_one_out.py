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
            lowest, highest = np.fmin(lowest, r), np.fmax(highest, r)
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
        NaN where the whole column has no correlation, or the rest of it is constant.
    """
    x_columns, y_columns = (_Columns(side, ranked=ranked) for side in (x, y))
    subtracted = _Subtracted(x, y)
    with one_thread():
        for row in range(len(x)):
            if ranked or subtracted.heavy[row]:
                r = x_columns.without(row).T @ y_columns.without(row)
            else:
                r = subtracted.without(row)
            yield np.clip(r, -1.0, 1.0)


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
        self.heavy = ((self._x**2 > _HEAVY).any(axis=1)) | ((self._y**2 > _HEAVY).any(axis=1))
        """Rows that must not be subtracted."""

    def without(self, row: int) -> Matrix:
        """Give the correlations over the other rows, shape (p, q)."""
        x, y = self._x[row], self._y[row]
        left: Matrix = np.outer(1 / np.sqrt(1 - x**2), 1 / np.sqrt(1 - y**2))
        return (self._r - np.outer(x, y)) * left


class _Columns:
    """Columns of which any row can be left out.

    Parameters
    ----------
    values : ndarray of float64, shape (n, p)
        Of mean 0 and length 1, or NaN.
    ranked : bool
        Whether ranks are correlated (Spearman) or values (Pearson).
    """

    def __init__(self, values: Matrix, *, ranked: bool) -> None:
        self._values = values
        self._ranks = stats.rankdata(values, axis=0) if ranked else None

    def without(self, row: int) -> Matrix:
        """Give the columns, brought to mean 0 and length 1 over the other rows; 0 in this one."""
        own = self._values[row]
        if self._ranks is None:
            left = self._values + own / (len(self._values) - 1)
        else:
            # Whoever stands above moves down by one; ties share the places that are left.
            fallen = (self._values > own) + 0.5 * (self._values == own)
            left = self._ranks - fallen - len(self._values) / 2
        left[row] = np.where(np.isnan(own), np.nan, 0.0)
        length = np.sqrt((left**2).sum(axis=0))
        unit: Matrix = left / np.where(length > _NOTHING_LEFT, length, np.nan)
        return unit
