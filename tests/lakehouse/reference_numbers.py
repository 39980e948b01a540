"""Averages and correlations, computed in the plainest way.

Part of the independent reference; see `tests.lakehouse.reference`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

Vectors = npt.NDArray[np.float64]


def correlation(a: dict[str, float], b: dict[str, float]) -> dict[str, Any]:
    """Correlate two variables over the participants who have both."""
    both = [(a[who], b[who]) for who in a if who in b]
    pairs = np.array(both, dtype=np.float64).reshape(-1, 2)
    x, y = pairs[~np.isnan(pairs).any(axis=1)].T
    found: dict[str, Any] = {"n": len(x)}
    defined = len(x) >= 3 and np.ptp(x) > 0 and np.ptp(y) > 0
    for name, test in (("pearson", stats.pearsonr), ("spearman", stats.spearmanr)):
        result = test(x, y) if defined else None
        found[f"{name}_r"] = float(result.statistic) if result is not None else None
        found[f"{name}_p"] = float(result.pvalue) if result is not None else None
    return found


def add_q(rows: list[dict[str, Any]]) -> None:
    """Benjamini and Hochberg's step-up procedure over a family of tests, in place."""
    for name in ("pearson", "spearman"):
        for row in rows:
            row[f"{name}_q"] = None
        tested = sorted(
            (row for row in rows if row[f"{name}_p"] is not None), key=lambda r: r[f"{name}_p"]
        )
        least = 1.0
        for rank in range(len(tested), 0, -1):
            row = tested[rank - 1]
            least = min(least, row[f"{name}_p"] * len(tested) / rank)
            row[f"{name}_q"] = least


def mean_known(values: Vectors) -> Vectors:
    """Mean over the first axis of what is there; NaN where nothing is."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
