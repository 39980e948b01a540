"""Correlations of whole matrices, pairwise complete."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from scipy import special

from lakehouse.statistics.available_cases import (
    FEWEST_ROWS,
    Defined,
    Directions,
    Matrix,
    Places,
    directions,
)
from lakehouse.statistics.exact import EXACT_ROWS, product_p, untied_p
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
        `r` is, and where there are too few rows for a test.
    defined : ndarray of int8, shape (p, q)
        `Defined` of each pair.
    """

    n: npt.NDArray[np.int32]
    df: npt.NDArray[np.int32]
    r: Matrix
    p: Matrix
    defined: npt.NDArray[np.int8]


def pearson(
    x: Matrix, y: Matrix, *, given: Matrix | None = None, fewest: int = FEWEST_ROWS
) -> Correlations:
    """Correlate columns by Pearson's product-moment coefficient.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN; each pair of columns uses the rows in which it is complete.
    given : ndarray, shape (rows, k), optional
        Covariates to hold constant: the correlation is that of the residuals of both columns
        after least squares on them, in the rows in which the covariates are complete too.
    fewest : int, optional
        Rows, less one for each independent covariate, that a test takes.

    Returns
    -------
    Correlations
        p values from Student's t, with n - 2 degrees of freedom less one per covariate; for
        `EXACT_ROWS` rows or fewer from all orders of the rows, which there is no such test with
        covariates of: p is then NaN.

    References
    ----------
    Student (1908). Probable error of a correlation coefficient. Biometrika 6, 302-310.
    Fisher (1924). The distribution of the partial correlation coefficient. Metron 3, 329-332.
    """
    return _correlated(x, y, given, fewest, ranked=False)


def spearman(
    x: Matrix, y: Matrix, *, given: Matrix | None = None, fewest: int = FEWEST_ROWS
) -> Correlations:
    """Correlate columns by Spearman's rank coefficient, ties given their mean rank.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN; each pair of columns is ranked over the rows in which it is
        complete.
    given : ndarray, shape (rows, k), optional
        Covariates to hold constant, ranked too.
    fewest : int, optional
        As for `pearson`.

    Returns
    -------
    Correlations
        p values from Student's t with n - 2 degrees of freedom less one per covariate, as in
        SciPy and in R with ``exact = FALSE``; for few rows as `pearson` has them, which without
        ties are R's with ``exact = TRUE``.

    References
    ----------
    Spearman (1904). The proof and measurement of association between two things. American
    Journal of Psychology 15, 72-101.
    """
    return _correlated(x, y, given, fewest, ranked=True)


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


def enough(part: Directions, fewest: int) -> bool:
    """Say whether a block has rows enough for tests and intervals.

    Parameters
    ----------
    fewest : int
        As for `pearson`.
    """
    # Residuals cannot change places like values, so with covariates few rows have no exact test.
    least = max(fewest, EXACT_ROWS + 1) if part.basis.shape[1] else fewest
    return part.df + 2 >= max(least, FEWEST_ROWS)


def _correlated(
    x: Matrix, y: Matrix, given: Matrix | None, fewest: int, *, ranked: bool
) -> Correlations:
    shape = (x.shape[1], y.shape[1])
    n, df = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
    r, p = np.full(shape, np.nan), np.full(shape, np.nan)
    defined = np.full(shape, Defined.TOO_FEW, dtype=np.int8)
    with one_thread():
        for part in directions(x, y, given=given, ranked=ranked):
            pairs = part.block.pairs
            n[pairs] = len(part.block.rows)
            df[pairs] = max(part.df, 0)
            defined[pairs] = part.defined
            if part.df > 0:
                found = part.x.T @ part.y
                # Perfect agreement may come out a rounding error off 1.
                found = np.where(np.abs(found) > 1 - _ROUNDING, np.sign(found), found)
                r[pairs] = found
                if enough(part, fewest):
                    p[pairs] = _probability(part, found, ranked=ranked)
                else:
                    defined[pairs] = np.where(np.isnan(found), part.defined, Defined.UNTESTED)
    return Correlations(n=n, df=df, r=r, p=p, defined=defined)


def _probability(part: Directions, r: Matrix, *, ranked: bool) -> Matrix:
    rows = len(part.block.rows)
    if rows > EXACT_ROWS:
        return _approximate_p(r, part.df)
    x_tied, y_tied = (_tied(side) for side in (part.x, part.y))
    if ranked and not x_tied.any() and not y_tied.any():
        return untied_p(r, rows)
    return product_p(part.x, part.y)


def _tied(columns: Matrix) -> npt.NDArray[np.bool_]:
    known = columns[:, ~np.isnan(columns).any(axis=0)]
    tied: npt.NDArray[np.bool_] = (np.diff(np.sort(known, axis=0), axis=0) == 0).any(axis=0)
    return tied


def _approximate_p(r: Matrix, df: int) -> Matrix:
    """Two-sided p of r under independence: |r| follows a beta distribution on (-1, 1).

    The same as Student's t with `df` degrees of freedom, without a division by 1 - r².
    """
    p: Matrix = np.minimum(2 * special.betainc(df / 2, df / 2, (1 - np.abs(r)) / 2), 1.0)
    return p
