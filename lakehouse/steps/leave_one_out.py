"""How far a correlation hangs on a single row."""

import numpy as np
from scipy import stats

from lakehouse.steps.pairwise import FEWEST_ROWS, Matrix, directions
from lakehouse.steps.threads import one_thread

_NOTHING_LEFT = 1e-8


def leave_one_out(x: Matrix, y: Matrix, *, ranked: bool) -> tuple[Matrix, Matrix]:
    """Find the range of each correlation when one row after the other is left out.

    Parameters
    ----------
    x : ndarray of float64, shape (rows, p)
    y : ndarray of float64, shape (rows, q)
        Missing values are NaN; each pair of columns uses the rows in which it is complete.
    ranked : bool
        Spearman's correlation, the remaining rows being ranked anew, rather than Pearson's.

    Returns
    -------
    low, high : ndarray of float64, shape (p, q)
        Smallest and largest correlation of all rows but one; NaN where the whole column has none
        or fewer than four rows. A row without which a column is constant does not count.
    """
    shape = (x.shape[1], y.shape[1])
    low, high = np.full(shape, np.nan), np.full(shape, np.nan)
    for part in directions(x, y, ranked=ranked):
        rows, pairs = len(part.block.rows), part.block.pairs
        if rows <= FEWEST_ROWS:
            continue
        x_columns, y_columns = (_Columns(side, ranked=ranked) for side in (part.x, part.y))
        lowest, highest = low[pairs], high[pairs]
        with one_thread():
            for row in range(rows):
                r = np.clip(x_columns.without(row).T @ y_columns.without(row), -1.0, 1.0)
                lowest, highest = np.fmin(lowest, r), np.fmax(highest, r)
        low[pairs], high[pairs] = lowest, highest
    return low, high


class _Columns:
    """Columns of which any row can be left out.

    Parameters
    ----------
    values : ndarray of float64, shape (n, p)
        Of mean 0 and length 1, or NaN.
    ranked : bool
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
