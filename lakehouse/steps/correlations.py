"""Correlations of whole matrices, pairwise complete."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

Matrix = npt.NDArray[np.float64]


_ROUNDING = 1e-15


@dataclass(frozen=True)
class Correlations:
    """Every column of one matrix correlated with every column of another.

    Parameters
    ----------
    n : ndarray of int32, shape (p, q)
        Rows in which both columns have a value.
    r : ndarray of float64, shape (p, q)
        Correlation; NaN with fewer than three rows or where a column is constant over them.
    p : ndarray of float64, shape (p, q)
        Two-sided probability of so strong a correlation between independent columns; NaN where
        `r` is.
    """

    n: npt.NDArray[np.int32]
    r: Matrix
    p: Matrix


def pearson(x: Matrix, y: Matrix) -> Correlations:
    """Correlate columns by Pearson's product-moment coefficient.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN; each pair of columns uses the rows in which it is complete.

    Returns
    -------
    Correlations
        p values from Student's t with n - 2 degrees of freedom.

    References
    ----------
    Student (1908). Probable error of a correlation coefficient. Biometrika 6, 302-310.
    """
    return _pairwise_complete(x, y, ranked=False)


def spearman(x: Matrix, y: Matrix) -> Correlations:
    """Correlate columns by Spearman's rank coefficient, ties given their mean rank.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN; each pair of columns is ranked over the rows in which it is
        complete.

    Returns
    -------
    Correlations
        p values from Student's t with n - 2 degrees of freedom, as in SciPy and in R with
        ``exact = FALSE``.

    References
    ----------
    Spearman (1904). The proof and measurement of association between two things. American
    Journal of Psychology 15, 72-101.
    """
    return _pairwise_complete(x, y, ranked=True)


def benjamini_hochberg(p: Matrix) -> Matrix:
    """Adjust probabilities for the false discovery rate over all of them.

    Parameters
    ----------
    p : ndarray
        NaN where no test was possible; such entries do not count as members of the family.

    Returns
    -------
    ndarray
        q values in the same shape; NaN where `p` is.

    References
    ----------
    Benjamini & Hochberg (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B 57, 289-300.
    """
    q = np.full(p.shape, np.nan)
    tested = ~np.isnan(p)
    if tested.any():
        q[tested] = stats.false_discovery_control(p[tested], method="bh")
    return q


def _pairwise_complete(x: Matrix, y: Matrix, *, ranked: bool) -> Correlations:
    shape = (x.shape[1], y.shape[1])
    n = np.zeros(shape, dtype=np.int32)
    r = np.full(shape, np.nan)
    # Columns that miss the same rows are computed together. Missing answers come in few
    # patterns, so this is a handful of matrix products rather than one loop pass per pair.
    for x_columns, x_known in _patterns(x):
        for y_columns, y_known in _patterns(y):
            rows = x_known & y_known
            block = np.ix_(x_columns, y_columns)
            n[block] = rows.sum()
            if rows.sum() >= 3:
                r[block] = _correlated(
                    x[np.ix_(rows, x_columns)], y[np.ix_(rows, y_columns)], ranked=ranked
                )
    return Correlations(n=n, r=r, p=_probability(r, n))


def _patterns(
    matrix: Matrix,
) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]]:
    """Group columns by the rows in which they have values."""
    known = ~np.isnan(matrix)
    distinct, member = np.unique(known, axis=1, return_inverse=True)
    return [
        (np.flatnonzero(member.ravel() == pattern), distinct[:, pattern])
        for pattern in range(distinct.shape[1])
    ]


def _correlated(x: Matrix, y: Matrix, *, ranked: bool) -> Matrix:
    if ranked:
        x, y = stats.rankdata(x, axis=0), stats.rankdata(y, axis=0)
    r: Matrix = _standardised(x).T @ _standardised(y)
    # Perfect agreement may come out a rounding error short, which would cost it its p of 0.
    return np.where(np.abs(r) > 1 - _ROUNDING, np.sign(r), r)


def _standardised(columns: Matrix) -> Matrix:
    """Centre columns and give them unit length; NaN where a column is constant."""
    constant = (columns == columns[0]).all(axis=0)
    centred = columns - columns.mean(axis=0)
    # Scaled by the largest entry first, so that squares of very small values do not vanish.
    largest = np.abs(centred).max(axis=0)
    constant |= largest == 0
    centred = centred / np.where(constant, 1.0, largest)
    length = np.sqrt((centred**2).sum(axis=0))
    unit: Matrix = centred / np.where(constant, np.nan, length)
    return unit


def _probability(r: Matrix, n: npt.NDArray[np.int32]) -> Matrix:
    """Two-sided p of r under independence: |r| follows a beta distribution on (-1, 1).

    The same as Student's t with n - 2 degrees of freedom, without a division by 1 - r².
    """
    half = np.where(n > 2, n / 2 - 1, np.nan)
    p: Matrix = np.asarray(2 * stats.beta.sf(np.abs(r), half, half, loc=-1, scale=2))
    return np.minimum(p, 1.0)
