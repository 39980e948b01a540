"""Tests of whether two groups of people differ."""

import warnings
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

Vector = npt.NDArray[np.float64]

_FEW: Final = 8
_MOST: Final = 1000


def welch_p(one: Vector, other: Vector) -> float:
    """Test whether means differ, variances being whatever they are.

    Parameters
    ----------
    one, other : ndarray, shape (n,) and (m,)
        Finite values.

    Returns
    -------
    float
        Two-sided; NaN where a group has fewer than two values, or neither varies.

    References
    ----------
    Welch (1947). The generalization of "Student's" problem when several different population
    variances are involved. Biometrika 34, 28-35.
    """
    if min(len(one), len(other)) < 2 or (np.ptp(one) == 0 and np.ptp(other) == 0):
        return float("nan")
    with warnings.catch_warnings():
        # Of groups that hardly vary.
        warnings.simplefilter("ignore", RuntimeWarning)
        return float(stats.ttest_ind(one, other, equal_var=False).pvalue)


def mann_whitney_p(one: Vector, other: Vector) -> float:
    """Test whether either group tends to have the larger values.

    Parameters
    ----------
    one, other : ndarray, shape (n,) and (m,)
        Finite values.

    Returns
    -------
    float
        Two-sided. Exact, ties included, where one group has at most 8 values and both together
        1,000; else by the normal distribution, corrected for ties and continuity. NaN where a
        group is empty or all values are the same.

    References
    ----------
    Mann & Whitney (1947). On a test of whether one of two random variables is stochastically
    larger than the other. Annals of Mathematical Statistics 18, 50-60.
    """
    few = min(len(one), len(other))
    values = np.concatenate([one, other])
    if few == 0 or np.ptp(values) == 0:
        return float("nan")
    if few > _FEW or len(values) > _MOST:
        return float(stats.mannwhitneyu(one, other, method="asymptotic").pvalue)
    # Twice the ranks, which are whole numbers even of ties.
    ranks = np.rint(2 * stats.rankdata(values)).astype(np.intp)
    own = ranks[: len(one)] if len(one) == few else ranks[len(one) :]
    chances = _rank_sums(ranks, few)
    at = int(own.sum())
    return float(min(1.0, 2 * min(chances[: at + 1].sum(), chances[at:].sum())))


def fisher_p(table: npt.NDArray[np.intp]) -> float:
    """Test whether a share differs, by Fisher's exact test.

    Parameters
    ----------
    table : ndarray of int, shape (2, 2)
        Of each group, how many are in the category and how many are not.

    Returns
    -------
    float
        Two-sided; 1 where everybody, or nobody, is in it.

    References
    ----------
    Fisher (1935). The logic of inductive inference. Journal of the Royal Statistical Society 98,
    39-82.
    """
    return float(stats.fisher_exact(table).pvalue)


def _rank_sums(ranks: npt.NDArray[np.intp], drawn: int) -> Vector:
    """Give the chance of each sum of some of the ranks, any of them being drawn as likely."""
    largest = int(np.sort(ranks)[-drawn:].sum())
    ways = np.zeros((drawn + 1, largest + 1))
    ways[0, 0] = 1
    for rank in ranks:
        ways[1:, rank:] += ways[:-1, : largest + 1 - rank].copy()
    chances: Vector = ways[drawn] / ways[drawn].sum()
    return chances
