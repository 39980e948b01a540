"""Confidence intervals of correlations."""

import numpy as np
import numpy.typing as npt
from scipy import stats

Matrix = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int32]

LEVEL = 0.95


def pearson_interval(r: Matrix, df: Counts) -> tuple[Matrix, Matrix]:
    """Give the 95 % confidence interval of product-moment correlations, by Fisher's z.

    Parameters
    ----------
    r : ndarray of float64
        Correlations; NaN where there is none.
    df : ndarray of int32, same shape
        Degrees of freedom: n - 2, less one for each covariate held constant.

    Returns
    -------
    low, high : ndarray of float64
        ``tanh(atanh(r) ± 1.96 / sqrt(df - 1))``; -1 and 1 with a single degree of freedom, which
        excludes nothing.

    References
    ----------
    Fisher (1921). On the "probable error" of a coefficient of correlation deduced from a small
    sample. Metron 1, 3-32.
    """
    return _interval(r, np.ones_like(r), df - 1)


def spearman_interval(r: Matrix, df: Counts) -> tuple[Matrix, Matrix]:
    """Give the 95 % confidence interval of rank correlations.

    Parameters
    ----------
    r, df : ndarray
        As for `pearson_interval`.

    Returns
    -------
    low, high : ndarray of float64
        As `pearson_interval` gives them, with the variance ``(1 + r² / 2) / (df - 1)`` of atanh r.

    References
    ----------
    Bonett & Wright (2000). Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations. Psychometrika 65, 23-28.
    """
    return _interval(r, 1 + r**2 / 2, df - 1)


def kendall_interval(tau: Matrix, df: Counts) -> tuple[Matrix, Matrix]:
    """Give the 95 % confidence interval of Kendall's correlations.

    Parameters
    ----------
    tau, df : ndarray
        As for `pearson_interval`.

    Returns
    -------
    low, high : ndarray of float64
        As `pearson_interval` gives them, with the variance ``0.437 / (df - 2)`` of atanh τ; -1 and
        1 with four rows or fewer.

    References
    ----------
    Fieller, Hartley & Pearson (1957). Tests for rank correlation coefficients. I. Biometrika 44,
    470-481.
    Bonett & Wright (2000): see `spearman_interval`.
    """
    return _interval(tau, np.full_like(tau, 0.437), df - 2)


def _interval(r: Matrix, variance: Matrix, divisor: Counts) -> tuple[Matrix, Matrix]:
    known = divisor > 0
    half = stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt(variance / np.where(known, divisor, np.nan))
    # A correlation of 1 has an infinite z, which stands for itself.
    with np.errstate(divide="ignore"):
        z = np.arctanh(r)
    undefined = np.isnan(r)
    low = np.where(undefined, np.nan, np.where(known, np.tanh(z - half), -1.0))
    high = np.where(undefined, np.nan, np.where(known, np.tanh(z + half), 1.0))
    return low, high
