"""Intraclass correlation for consistency, ICC(C,k), of means of repeated values."""

import numpy as np
import numpy.typing as npt
from scipy import stats

from lakehouse.statistics.intervals import LEVEL
from lakehouse.statistics.reliability.variance_components import variance_components

Array = npt.NDArray[np.float64]


def icc_consistency(values: Array, k: Array) -> dict[str, Array]:
    """Say how well the mean of k values tells participants apart.

    Parameters
    ----------
    values : ndarray of float64, shape (variables, participants, places)
        Repeated values of each participant; NaN where there is none.
    k : ndarray of float64, shape (variables,)
        Values in the mean.

    Returns
    -------
    dict of str to ndarray of float64, shape (variables,)
        participants, places and error, the components of the variance by restricted maximum
        likelihood; icc, ``k p / (k p + e)`` of participants and error, and low and high, the ends
        of its 95 % interval. The interval is exact where nobody lacks a value. With gaps it takes
        ``(N - Σ nᵢ² / N) / (n - 1)`` values of n participants, N in all, for the number of each.

    References
    ----------
    McGraw & Wong (1996). Forming inferences about some intraclass correlation coefficients.
    Psychological Methods 1, 30-46; case 3A.
    Donner & Wells (1986). A comparison of confidence interval methods for the intraclass
    correlation coefficient. Biometrics 42, 401-412.
    """
    there = ~np.isnan(values)
    each = there.sum(axis=2).astype(np.float64)
    total, n = each.sum(axis=1), (each > 0).sum(axis=1)
    taken = there.any(axis=1).sum(axis=1)
    found = variance_components(values, places=True)
    tails = [(1 + LEVEL) / 2, (1 - LEVEL) / 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        typical = (total - (each**2).sum(axis=1) / total) / (n - 1)
        ratio = found.participants / found.error
        f = 1 + typical * ratio
        df = np.where(n > 1, n - 1, np.nan), total - n - taken + 1
        ends = [
            (f / stats.f.ppf(tail, df[0], np.where(df[1] > 0, df[1], np.nan)) - 1) / typical
            for tail in tails
        ]
        icc = k * found.participants / (k * found.participants + found.error)
        low, high = (np.where(k * end > -1, k * end / (1 + k * end), np.nan) for end in ends)
    exact = found.error <= 0
    return {
        "participants": found.participants,
        "places": found.places,
        "error": found.error,
        "icc": icc,
        "low": np.where(exact, np.nan, low),
        "high": np.where(exact, np.nan, high),
    }
