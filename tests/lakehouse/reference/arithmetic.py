"""Averages and correlations, computed in the plainest way."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special, stats

Vectors = npt.NDArray[np.float64]

NORMAL = float(stats.norm.ppf(0.975))
"""What 95 % of a normal distribution lie within, in standard deviations."""


def adjusted(rows: list[dict[str, Any]], p: str, q: str) -> None:
    """Benjamini and Hochberg's step-up procedure over a family of tests, in place."""
    for row in rows:
        row[q] = np.nan
    tested = [row for row in rows if row[p] is not None and not np.isnan(row[p])]
    tested.sort(key=lambda row: row[p])
    least = 1.0
    for rank in range(len(tested), 0, -1):
        row = tested[rank - 1]
        least = min(least, row[p] * len(tested) / rank)
        row[q] = least


def mean_known(values: Vectors) -> Vectors:
    """Mean over the first axis of what is there; NaN where nothing is."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def perfect(r: float) -> float:
    """Make a correlation 1 that only rounding keeps from it."""
    return float(np.sign(r)) if abs(r) > 1 - 1e-15 else float(r)


def student_p(r: float, df: int) -> float:
    """Two-sided p of a correlation."""
    if abs(r) == 1:
        return 0.0
    return float(2 * special.stdtr(df, -abs(r) * np.sqrt(df / ((1 - r) * (1 + r)))))


def rank_interval(r: float, df: int) -> tuple[float, float]:
    """95 % interval of a rank correlation, by Fisher's z with Bonett and Wright's variance."""
    return _fisher(r, df, 1 + r**2 / 2)


def product_moment_interval(r: float, df: int) -> tuple[float, float]:
    """95 % interval of a product-moment correlation, by Fisher's z."""
    return _fisher(r, df, 1.0)


def concordance_interval(tau: float, df: int) -> tuple[float, float]:
    """95 % interval of Kendall's correlation, by Fisher's z with Bonett and Wright's variance."""
    return _fisher(tau, df - 1, 0.437)


def _fisher(r: float, df: int, variance: float) -> tuple[float, float]:
    if df < 2:
        return -1.0, 1.0
    if abs(r) == 1:
        return r, r
    half = NORMAL * np.sqrt(variance / (df - 1))
    return float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))


def drawn(n: int, count: int, seed: int) -> list[list[int]]:
    """Draw n of n with replacement, so many times: who is in each sample."""
    counts = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / max(n, 1)), size=count)
    return [np.repeat(np.arange(n), row).tolist() for row in counts]
