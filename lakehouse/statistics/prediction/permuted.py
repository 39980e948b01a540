"""How well scores would be foretold from movement that has nothing to do with them."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.statistics.prediction.accuracy import correlation
from lakehouse.statistics.prediction.nested_ridge import OutOfFold, nested_ridge, residual_operator
from lakehouse.statistics.resampling import among, shuffles

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

_MOST_ENTRIES: Final = 2**21


def beside_permuted(
    products: Matrix,
    given: Matrix,
    y: Matrix,
    folds: Places,
    orders: Places,
) -> tuple[OutOfFold, Matrix]:
    """Do `nested_ridge`, and repeat all of it where y has nothing to do with x.

    What the covariates leave of y is permuted, all columns together, and what they say of each row
    is added again (Freedman and Lane). What is learnt of x serves y and all its permutations.

    Parameters
    ----------
    products, given, y, folds : ndarray
        As for `nested_ridge`.
    orders : ndarray of int, shape (count, n)
        Orders of the rows.

    Returns
    -------
    found : OutOfFold
        Of y itself.
    r : ndarray of float64, shape (count, q)
        The `correlation` of each permutation.

    References
    ----------
    Freedman & Lane (1983). A nonstochastic interpretation of reported significance levels.
    Journal of Business & Economic Statistics 1, 292-298.
    """
    rest = residual_operator(given) @ y
    rows, columns = y.shape
    permuted = (y - rest)[None] + rest[orders]
    together = np.concatenate([y[None], permuted]).transpose(1, 0, 2).reshape(rows, -1)
    judged = nested_ridge(products, given, together, folds)
    found = OutOfFold(
        judged.predicted[:, :columns], judged.left[:, :columns], judged.penalties[:, :columns]
    )
    r = correlation(judged.predicted[:, columns:], judged.left[:, columns:])
    return found, r.reshape(len(orders), columns)


def orders_among(
    rows: int, members: Places, count: int, columns: int, seed: int
) -> Iterator[Places]:
    """Draw orders of some rows that follow from orders of all, in large blocks.

    Parameters
    ----------
    rows : int
        All of them.
    members : ndarray of int, shape (m,)
        Those wanted, ascending.
    count : int
        Orders wanted.
    columns : int
        How many columns are permuted together; the more, the smaller the blocks.

    Yields
    ------
    ndarray of int, shape (some, m)
    """
    most = max(1, _MOST_ENTRIES // max(1, rows * columns))
    waiting: list[Places] = []
    for orders in shuffles(rows, count, seed):
        waiting.append(among(orders, members))
        if sum(map(len, waiting)) >= most:
            yield np.concatenate(waiting)
            waiting = []
    if waiting:
        yield np.concatenate(waiting)
