"""Probabilities of correlations among few rows, counted over all orders of the rows."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import permutations
from math import factorial

import numpy as np
import numpy.typing as npt

from lakehouse.statistics.threads import one_thread

Matrix = npt.NDArray[np.float64]
Orders = npt.NDArray[np.int8]

EXACT_ROWS = 9
"""Most rows whose orders are all looked at: 362,880."""

_ROUNDING = 1e-9
_ORDERS_AT_ONCE = 2**15


def product_p(x: Matrix, y: Matrix) -> Matrix:
    """Test product-moment correlations by all orders of the rows of y.

    Parameters
    ----------
    x : ndarray of float64, shape (n, p)
    y : ndarray of float64, shape (n, q)
        Columns of mean 0 and length 1, of `EXACT_ROWS` rows at most; NaN where a column has no
        correlation. Of ranks, ties or not, this is the exact conditional test of Spearman's.

    Returns
    -------
    ndarray of float64, shape (p, q)
        Share of the orders in which the correlation is at least as strong; NaN where there is none.

    References
    ----------
    Pitman (1937). Significance tests which may be applied to samples from any populations II. The
    correlation coefficient test. Supplement to the Journal of the Royal Statistical Society 4,
    225-232.
    """
    return _reached(x, y, lambda column, orders: column[orders])


def concordance_p(x: Matrix, y: Matrix) -> Matrix:
    """Test Kendall's correlations by all orders of the rows of y, whatever the ties.

    Parameters
    ----------
    x : ndarray of float64, shape (n, p)
    y : ndarray of float64, shape (n, q)
        Columns of `EXACT_ROWS` rows at most.

    Returns
    -------
    ndarray of float64, shape (p, q)
        Share of the orders in which concordant and discordant pairs differ at least as much.
    """
    return _reached(_pair_signs(x), y, lambda column, orders: _pair_signs(column[orders].T).T)


def untied_p(r: Matrix, rows: int) -> Matrix:
    """Give the exact probability of Spearman's r where neither column has ties.

    Parameters
    ----------
    r : ndarray of float64
    rows : int
        `EXACT_ROWS` at most.

    Returns
    -------
    ndarray of float64
        Two-sided; the same as `product_p` gives, without counting anew.
    """
    sizes, as_strong = _of_untied(rows)
    place = np.searchsorted(sizes, np.abs(np.nan_to_num(r)) - _ROUNDING)
    return np.where(np.isnan(r), np.nan, as_strong[np.minimum(place, len(sizes) - 1)])


@cache
def _of_untied(rows: int) -> tuple[Matrix, Matrix]:
    """Sizes that r can have, ascending, and the share of orders in which it is as strong."""
    ranks = np.arange(rows) - (rows - 1) / 2
    # Products of whole and half numbers are exact.
    products = np.concatenate([np.abs(ranks[orders] @ ranks) for orders in _orders(rows)])
    sizes, counts = np.unique(products, return_counts=True)
    return sizes / (ranks @ ranks), counts[::-1].cumsum()[::-1] / len(products)


def _reached(x: Matrix, y: Matrix, arranged: Callable[[Matrix, Orders], Matrix]) -> Matrix:
    """Count orders of each column of y, arranged so that products with x are statistics."""
    p = np.full((x.shape[1], y.shape[1]), np.nan)
    with one_thread():
        for number, column in enumerate(y.T):
            as_it_is = np.arange(len(column), dtype=np.int8)[None]
            [observed] = np.abs(arranged(column, as_it_is) @ x)
            # Equal statistics may differ in the last bits, and must count as reached.
            least = observed - _ROUNDING * np.maximum(observed, 1.0)
            reached = np.zeros(x.shape[1])
            for orders in _orders(len(column)):
                reached += (np.abs(arranged(column, orders) @ x) >= least).sum(axis=0)
            p[:, number] = np.where(np.isnan(observed), np.nan, reached / factorial(len(column)))
    return p


def _pair_signs(columns: Matrix) -> Matrix:
    """Which of each pair of rows is larger, shape (pairs, columns)."""
    first, second = np.triu_indices(len(columns), 1)
    signs: Matrix = np.sign(columns[first] - columns[second])
    return signs


def _orders(rows: int) -> Iterator[Orders]:
    everyone = _all_orders(rows)
    for first in range(0, len(everyone), _ORDERS_AT_ONCE):
        yield everyone[first : first + _ORDERS_AT_ONCE]


@cache
def _all_orders(rows: int) -> Orders:
    """Every order of the rows, shape (rows!, rows)."""
    return np.fromiter(permutations(range(rows)), dtype=np.dtype((np.int8, rows)))
