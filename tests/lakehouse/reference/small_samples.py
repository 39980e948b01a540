"""Tests and intervals of one correlation that rest on no distribution, in the plainest way."""

from __future__ import annotations

from functools import cache
from itertools import combinations, permutations

import numpy as np
from scipy import stats

from tests.lakehouse.reference.faces import Vectors

MOST = 9
"""Participants of whom all orders are looked at."""


def exact_p(x: Vectors, y: Vectors) -> float:
    """Two-sided p of a product-moment correlation: the share of orders in which it is as strong."""
    a, b = ((side - side.mean()) / np.linalg.norm(side - side.mean()) for side in (x, y))
    if len(set(x)) == len(set(y)) == len(x) and set(x) == set(y):
        return _untied(len(x), round(abs(float(a @ b)), 9))
    return _share(b[_orders(len(x))] @ a, float(a @ b))


def exact_kendall_p(x: Vectors, y: Vectors) -> float:
    """Two-sided p of τ-b: the share of orders in which it is as strong."""
    if len(set(x)) == len(set(y)) == len(x):
        return float(stats.kendalltau(x, y, method="exact").pvalue)
    orders = _orders(len(x))
    excess = np.zeros(len(orders))
    for i, j in combinations(range(len(x)), 2):
        excess += np.sign(x[i] - x[j]) * np.sign(y[orders[:, i]] - y[orders[:, j]])
    return _share(excess, float(excess[0]))


def drawn_intervals(
    x: Vectors, y: Vectors, weights: Vectors, jackknife: Vectors
) -> tuple[float, float] | None:
    """Efron's BCa interval of Pearson's r.

    Parameters
    ----------
    weights : ndarray, shape (count, n)
        How often each row is in each draw.
    jackknife : ndarray, shape (n,)
        r without one row after the other.

    Returns
    -------
    tuple of float or None
        None where there is no such interval.
    """
    r = np.corrcoef(x, y)[0, 1]
    draws = _weighted(x, y, weights)
    draws = draws[~np.isnan(draws)]
    if not len(draws):
        return None
    bias = stats.norm.ppf(((draws < r).mean() + (draws <= r).mean()) / 2)
    left = jackknife[~np.isnan(jackknife)]
    change = left.mean() - left
    spread = (change**2).sum() ** 1.5
    acceleration = (change**3).sum() / (6 * spread) if spread > 1e-30 else 0.0
    places = []
    for level in (0.025, 0.975):
        moved = bias + stats.norm.ppf(level)
        if not np.isfinite(moved) or acceleration * moved >= 1:
            return None
        places.append(stats.norm.cdf(bias + moved / (1 - acceleration * moved)))
    low, high = np.quantile(draws, places)
    return float(low), float(high)


def _weighted(x: Vectors, y: Vectors, weights: Vectors) -> Vectors:
    """Pearson's r of each draw; NaN where it is of equal values."""
    totals = np.maximum(weights.sum(axis=1, keepdims=True), 1)
    dx, dy = (column - weights @ column[:, None] / totals for column in (x, y))
    taken = weights > 0
    spread = [
        np.where(taken, column, -np.inf).max(axis=1) - np.where(taken, column, np.inf).min(axis=1)
        for column in (x, y)
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = (weights * dx**2).sum(axis=1) * (weights * dy**2).sum(axis=1)
        r = np.clip((weights * dx * dy).sum(axis=1) / np.sqrt(squares), -1, 1)
    return np.where(np.minimum(*spread) < 1e-6, np.nan, r)


def _share(found: Vectors, observed: float) -> float:
    return float((np.abs(found) >= abs(observed) - 1e-9 * max(abs(observed), 1)).mean())


@cache
def _untied(n: int, size: float) -> float:
    ranks = stats.zscore(np.arange(n)) / np.sqrt(n)
    return _share(ranks[_orders(n)] @ ranks, size)


@cache
def _orders(n: int) -> Vectors:
    return np.array(list(permutations(range(n))), dtype=np.int8)
