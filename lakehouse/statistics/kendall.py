"""Kendall's rank correlation of whole matrices, pairwise complete."""

from functools import cache
from math import factorial

import numpy as np
import numpy.typing as npt
from scipy import stats

from lakehouse.statistics.available_cases import (
    FEWEST_ROWS,
    Defined,
    Directions,
    Matrix,
    directions,
)
from lakehouse.statistics.correlation import Correlations, enough
from lakehouse.statistics.exact import EXACT_ROWS as COUNTED_ROWS
from lakehouse.statistics.exact import concordance_p
from lakehouse.statistics.threads import one_thread

_SORTED_ROWS = 4000
"""With more rows it is quicker to sort each pair than to compare all rows of all pairs at once."""

_EXACT_ROWS = 33
"""Up to so many rows without ties, p comes from counting all orders."""


def kendall(x: Matrix, y: Matrix, *, fewest: int = FEWEST_ROWS) -> Correlations:
    """Correlate columns by Kendall's τ-b.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN; each pair of columns uses the rows in which it is complete.
    fewest : int, optional
        Rows that a test takes.

    Returns
    -------
    Correlations
        `r` holds τ-b. p values as SciPy's: from the normal distribution with a variance corrected
        for ties; exact for 33 rows or fewer, and for perfect or all but perfect agreement, where
        neither column has ties. With ties they are exact too for 9 rows or fewer, which SciPy's
        are not: from all orders of the rows.

    References
    ----------
    Kendall (1970). Rank correlation methods, 4th edition. Griffin.
    """
    shape = (x.shape[1], y.shape[1])
    n = np.zeros(shape, dtype=np.int32)
    tau, p = np.full(shape, np.nan), np.full(shape, np.nan)
    defined = np.full(shape, Defined.TOO_FEW, dtype=np.int8)
    for part in directions(x, y, ranked=True):
        pairs = part.block.pairs
        n[pairs] = len(part.block.rows)
        defined[pairs] = part.defined
        if part.df > 0:
            tested = enough(part, fewest)
            tau[pairs], p[pairs] = _of_block(part, tested=tested)
            if not tested:
                defined[pairs] = np.where(np.isnan(tau[pairs]), part.defined, Defined.UNTESTED)
    return Correlations(n=n, df=np.maximum(n - 2, 0), r=tau, p=p, defined=defined)


def _of_block(part: Directions, *, tested: bool) -> tuple[Matrix, Matrix]:
    x_ranks, y_ranks = _dense_ranks(part.x), _dense_ranks(part.y)
    rows = len(part.block.rows)
    if rows > _SORTED_ROWS:
        return _pair_by_pair(x_ranks, y_ranks)
    excess = _concordant_less_discordant(x_ranks, y_ranks)
    x_ties, y_ties = _Ties(x_ranks), _Ties(y_ranks)
    total = rows * (rows - 1) / 2
    untied = np.outer(total - x_ties.pairs, total - y_ties.pairs)
    possible = untied > 0
    tau = np.where(possible, excess / np.sqrt(np.where(possible, untied, 1.0)), np.nan)
    if not tested:
        return np.clip(tau, -1.0, 1.0), np.full(tau.shape, np.nan)
    p = _normal_p(excess, rows, x_ties, y_ties)
    discordant = (total - excess) / 2
    fewest = np.minimum(discordant, total - discordant)
    exact = np.outer(x_ties.pairs == 0, y_ties.pairs == 0) & ((rows <= _EXACT_ROWS) | (fewest <= 1))
    for number in np.unique(fewest[exact]):
        p[exact & (fewest == number)] = _exact_p(rows, int(number))
    if rows <= COUNTED_ROWS and not exact.all():
        p = np.where(exact, p, concordance_p(x_ranks, y_ranks))
    return np.clip(tau, -1.0, 1.0), np.where(possible, p, np.nan)


def _pair_by_pair(x: Matrix, y: Matrix) -> tuple[Matrix, Matrix]:
    tau, p = np.full((2, x.shape[1], y.shape[1]), np.nan)
    for i, j in np.argwhere(np.outer(x.max(axis=0) > 1, y.max(axis=0) > 1)):
        tau[i, j], p[i, j] = stats.kendalltau(x[:, i], y[:, j])
    return tau, p


def _concordant_less_discordant(x: Matrix, y: Matrix) -> Matrix:
    """Pairs of rows that both columns put in the same order, less those in opposite ones."""
    excess = np.zeros((x.shape[1], y.shape[1]))
    # Single precision holds these whole numbers exactly, and is twice as fast.
    x_small, y_small = x.astype(np.float32), y.astype(np.float32)
    with one_thread():
        for row in range(len(x) - 1):
            later = slice(row + 1, None)
            x_signs = np.sign(x_small[later] - x_small[row])
            excess += x_signs.T @ np.sign(y_small[later] - y_small[row])
    return excess


def _dense_ranks(columns: Matrix) -> Matrix:
    """Rank columns, equal values alike; columns without a correlation count as all equal."""
    ranks: Matrix = stats.rankdata(np.nan_to_num(columns), method="dense", axis=0).astype(float)
    return ranks


class _Ties:
    """Sums over the groups of equal values in each column, as the variance needs them."""

    def __init__(self, ranks: Matrix) -> None:
        sizes = [np.bincount(column.astype(np.intp)).astype(float) for column in ranks.T]
        self.pairs = np.array([(size * (size - 1) / 2).sum() for size in sizes])
        self.triples = np.array([(size * (size - 1) * (size - 2)).sum() for size in sizes])
        self.weighted = np.array([(size * (size - 1) * (2 * size + 5)).sum() for size in sizes])


def _normal_p(excess: Matrix, rows: int, x: _Ties, y: _Ties) -> Matrix:
    ordered = rows * (rows - 1.0)
    variance = (
        (ordered * (2 * rows + 5) - x.weighted[:, None] - y.weighted[None, :]) / 18
        + 2 * np.outer(x.pairs, y.pairs) / ordered
        + np.outer(x.triples, y.triples) / (9 * ordered * (rows - 2))
    )
    known = variance > 0
    z = np.abs(excess) / np.sqrt(np.where(known, variance, np.nan))
    p: Matrix = 2 * stats.norm.sf(z)
    return p


@cache
def _exact_p(rows: int, discordant: int) -> float:
    """Two-sided probability of so few discordant pairs, all orders being equally likely."""
    if 4 * discordant == rows * (rows - 1):
        return 1.0
    if discordant == 0:
        return 2 / factorial(rows)
    if discordant == 1:
        return 2 / factorial(rows - 1)
    # The number of orders with so many discordant pairs: one thing after the other is put in.
    orders: npt.NDArray[np.float64] = np.ones(1)
    for place in range(1, rows + 1):
        orders = np.convolve(orders, np.full(place, 1 / place))
    return float(min(1.0, 2 * orders[: discordant + 1].sum()))
