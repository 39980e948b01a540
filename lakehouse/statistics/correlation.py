"""Correlations of whole matrices, pairwise complete."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from scipy import special

from lakehouse.statistics.available_cases import Defined, Matrix, Places, directions
from lakehouse.statistics.threads import one_thread

_ROUNDING = 1e-15


@dataclass(frozen=True)
class Correlations:
    """Every column of one matrix correlated with every column of another.

    Parameters
    ----------
    n : ndarray of int32, shape (p, q)
        Rows in which both columns, and all covariates, have a value.
    df : ndarray of int32, shape (p, q)
        Degrees of freedom: n - 2, less one for each independent covariate.
    r : ndarray of float64, shape (p, q)
        Correlation; NaN where `defined` says why.
    p : ndarray of float64, shape (p, q)
        Two-sided probability of so strong a correlation between independent columns; NaN where
        `r` is.
    defined : ndarray of int8, shape (p, q)
        `Defined` of each pair.
    """

    n: npt.NDArray[np.int32]
    df: npt.NDArray[np.int32]
    r: Matrix
    p: Matrix
    defined: npt.NDArray[np.int8]


def pearson(x: Matrix, y: Matrix, *, given: Matrix | None = None) -> Correlations:
    """Correlate columns by Pearson's product-moment coefficient.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN; each pair of columns uses the rows in which it is complete.
    given : ndarray, shape (rows, k), optional
        Covariates to hold constant: the correlation is that of the residuals of both columns
        after least squares on them, in the rows in which the covariates are complete too.

    Returns
    -------
    Correlations
        p values from Student's t, with n - 2 degrees of freedom less one per covariate.

    References
    ----------
    Student (1908). Probable error of a correlation coefficient. Biometrika 6, 302-310.
    Fisher (1924). The distribution of the partial correlation coefficient. Metron 3, 329-332.
    """
    return _correlated(x, y, given, ranked=False)


def spearman(x: Matrix, y: Matrix, *, given: Matrix | None = None) -> Correlations:
    """Correlate columns by Spearman's rank coefficient, ties given their mean rank.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN; each pair of columns is ranked over the rows in which it is
        complete.
    given : ndarray, shape (rows, k), optional
        Covariates to hold constant, ranked too.

    Returns
    -------
    Correlations
        p values from Student's t with n - 2 degrees of freedom less one per covariate, as in
        SciPy and in R with ``exact = FALSE``.

    References
    ----------
    Spearman (1904). The proof and measurement of association between two things. American
    Journal of Psychology 15, 72-101.
    """
    return _correlated(x, y, given, ranked=True)


def joined(places: Sequence[Places], parts: Sequence[Correlations]) -> Correlations:
    """Put together correlations of some columns of x each with the same y.

    Parameters
    ----------
    places : sequence of ndarray of int
        Which columns of x each part has; together all of them.
    parts : sequence of Correlations

    Returns
    -------
    Correlations
        In the order of the columns of x.
    """
    order = np.argsort(np.concatenate(places))
    return Correlations(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])[order]
            for field in fields(Correlations)
        }
    )


def _correlated(x: Matrix, y: Matrix, given: Matrix | None, *, ranked: bool) -> Correlations:
    shape = (x.shape[1], y.shape[1])
    n, df = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
    r = np.full(shape, np.nan)
    defined = np.full(shape, Defined.TOO_FEW, dtype=np.int8)
    with one_thread():
        for part in directions(x, y, given=given, ranked=ranked):
            pairs = part.block.pairs
            n[pairs] = len(part.block.rows)
            df[pairs] = max(part.df, 0)
            defined[pairs] = part.defined
            if part.df > 0:
                r[pairs] = part.x.T @ part.y
    # Perfect agreement may come out a rounding error off 1, which would cost it its p of 0.
    r = np.where(np.abs(r) > 1 - _ROUNDING, np.sign(r), r)
    return Correlations(n=n, df=df, r=r, p=_probability(r, df), defined=defined)


def _probability(r: Matrix, df: npt.NDArray[np.int32]) -> Matrix:
    """Two-sided p of r under independence: |r| follows a beta distribution on (-1, 1).

    The same as Student's t with `df` degrees of freedom, without a division by 1 - r².
    """
    half = np.where(df > 0, df / 2, np.nan)
    p: Matrix = np.minimum(2 * special.betainc(half, half, (1 - np.abs(r)) / 2), 1.0)
    return p
