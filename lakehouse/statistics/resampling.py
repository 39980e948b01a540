"""Random orders, and probabilities counted from them."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Blocks = npt.NDArray[np.intp]

Report = Callable[[int, int], None]
"""Told how many resamples are done, and of how many."""

_ROUNDING = 1e-9
_BLOCK_ENTRIES = 2**17


def unheard(done: int, total: int) -> None:
    """Report to nobody."""


def shuffles(n: int, count: int, seed: int, *, within: Blocks | None = None) -> Iterator[Places]:
    """Draw random orders of n things, many at a time.

    Parameters
    ----------
    n : int
        Things to be put in order.
    count : int
        Orders wanted.
    seed : int
        The same seed gives the same orders.
    within : ndarray of int, shape (n,), optional
        Number of the block that each thing stays in; without, all are one block.

    Yields
    ------
    ndarray of int, shape (some, n)
        An order in each row; as many rows as fit a modest amount of memory.
    """
    random = np.random.default_rng(seed)
    block = max(1, _BLOCK_ENTRIES // max(n, 1))
    for first in range(0, count, block):
        rows = min(block, count - first)
        orders = random.permuted(np.tile(np.arange(n), (rows, 1)), axis=1)
        yield orders if within is None else _sorted_into_blocks(orders, within)


def _sorted_into_blocks(orders: Places, within: Blocks) -> Places:
    """Keep of each order how it puts the members of the same block.

    Drawn from all orders alike, it puts each block's members in any order alike, whatever it does
    to those of another.
    """
    by_block = np.empty_like(orders)
    columns = np.argsort(within, kind="stable")
    # Sorting by block alone, what stands in a block keeps the order in which it was drawn.
    drawn = np.argsort(within[orders], axis=1, kind="stable")
    by_block[:, columns] = np.take_along_axis(orders, drawn, axis=1)
    return by_block


def among(orders: Places, members: Places) -> Places:
    """Make orders of some of the things out of orders of all.

    Whoever would get the value of one who is left out gets the next along the cycle. An order
    drawn from all orders alike so gives one drawn from all orders of the members alike, and
    members keep the values that they have in the order of all wherever that is possible: values
    that belong together stay together, even where some of them are missing.

    Parameters
    ----------
    orders : ndarray of int, shape (count, n)
        Each row an order of 0 … n - 1: whose value each gets.
    members : ndarray of int, shape (m,)
        Those among whom to stay, ascending.

    Returns
    -------
    ndarray of int, shape (count, m)
        For each member, the place among the members of the one whose value it gets.
    """
    n = orders.shape[1]
    if len(members) == n:
        return orders
    place = np.full(n, -1, dtype=np.intp)
    place[members] = np.arange(len(members))
    source = orders[:, members]
    row, column = np.nonzero(place[source] < 0)
    while len(row):
        source[row, column] = orders[row, source[row, column]]
        outside = place[source[row, column]] < 0
        row, column = row[outside], column[outside]
    return place[source]


def familywise_p(observed: Matrix, maxima: Matrix) -> Matrix:
    """Count how often the largest statistic of a family reaches each observed one.

    Parameters
    ----------
    observed : ndarray of float64
        Statistics, larger being stronger; NaN where there is none.
    maxima : ndarray of float64, shape (count,)
        The largest of the family in each resample under the null hypothesis.

    Returns
    -------
    ndarray of float64
        ``(1 + reached) / (1 + count)``, for the data themselves are one of the arrangements; NaN
        where `observed` is, and everywhere where there are no resamples.

    References
    ----------
    Westfall & Young (1993). Resampling-based multiple testing. Wiley; single-step max-T.
    Phipson & Smyth (2010). Permutation p-values should never be zero. Statistical Applications
    in Genetics and Molecular Biology 9, 39.
    """
    if len(maxima) == 0:
        return np.full(observed.shape, np.nan)
    # Equal statistics may differ in the last bits, and must count as reached.
    least = observed - _ROUNDING * np.abs(observed)
    below = np.searchsorted(np.sort(maxima), least)
    p: Matrix = (1 + len(maxima) - below) / (1 + len(maxima))
    return np.where(np.isnan(observed), np.nan, p)
