"""Ridge regression of many columns at once, judged on rows that it did not learn from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.linalg.blas import dtrmm, strmm

from lakehouse.statistics.regression import independent

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

PENALTIES: Final = 10.0 ** np.arange(-2, 5)
"""What to choose from, in units of the mean squared length of the rows learnt from."""

_ALONE: Final = 1e-9
"""Of a row's own share in its residual: below it, the row alone determines what it is fitted by."""
_NOTHING_LEFT: Final = 1e-12
_ROUNDING: Final = 8 * 2.0**-24
"""Of single precision, several times as much as products of unit columns are seen to have."""


@dataclass(frozen=True)
class OutOfFold:
    """What is foretold of each row by others.

    Parameters
    ----------
    predicted : ndarray of float64, shape (n, q)
        Beyond what the covariates, or the mean, of the others say.
    left : ndarray of float64, shape (n, q)
        What was to be foretold: y less what the covariates, or the mean, of the others say.
    penalties : ndarray of float64, shape (splits, q)
        Of `PENALTIES`, the one chosen in each split of the rows.
    """

    predicted: Matrix
    left: Matrix
    penalties: Matrix


def nested_ridge(products: Matrix, given: Matrix, y: Matrix, folds: Places) -> OutOfFold:
    """Foretell columns from rows of which only the inner products are known.

    For each fold the other rows are learnt from. Covariates enter without a penalty, which is the
    same as to take them out of both sides with coefficients of the rows learnt from. The penalty
    is chosen there, by the squared error of leaving out one row after the other, covariates and
    all, for each column by itself.

    Parameters
    ----------
    products : ndarray, shape (n, n)
        Inner products of the rows of x, x itself being far wider than long.
    given : ndarray, shape (n, k)
        Covariates; none, with k 0, leaves the mean.
    y : ndarray, shape (n, q)
    folds : ndarray of int, shape (repeats, n)
        The fold of each row, time after time; what is foretold is the mean over the times.

    References
    ----------
    Hastie, Tibshirani & Friedman (2009). The elements of statistical learning. Springer; sections
    3.4, 7.10 and 18.3.5.
    Allen (1974). The relationship between variable selection and data augmentation and a method
    for prediction. Technometrics 16, 125-127.
    """
    predicted, left = np.zeros(y.shape), np.zeros(y.shape)
    # Column by column, so that whatever takes one after the other finds it in one piece.
    y = np.asfortranarray(y)
    penalties = []
    for of_rows in folds:
        for fold in np.unique(of_rows):
            test = np.flatnonzero(of_rows == fold)
            split = _Split.of(products, given, np.flatnonzero(of_rows != fold), test)
            learnt = y.T[:, split.train].T
            foretold, chosen = split.foretell(learnt)
            predicted[test] += foretold
            left[test] += y[test] - split.baseline @ learnt
            penalties.append(PENALTIES[chosen])
    return OutOfFold(predicted / len(folds), left / len(folds), np.array(penalties))


def spared(given: Matrix, folds: Places) -> int:
    """Count the rows that each split learns from beyond those that covariates and mean use up.

    Parameters
    ----------
    given : ndarray, shape (n, k)
    folds : ndarray of int, shape (repeats, n)

    Returns
    -------
    int
        The fewest of any split.
    """
    return min(
        int(np.count_nonzero(learnt)) - 1 - len(independent(given[learnt]))
        for of_rows in folds
        for learnt in (of_rows != fold for fold in np.unique(of_rows))
    )


def residual_operator(given: Matrix) -> Matrix:
    """Give the matrix that takes the mean and the covariates out of columns, shape (n, n)."""
    basis, _ = np.linalg.qr(_design(given, given))
    operator: Matrix = np.eye(len(given)) - basis @ basis.T
    return operator


@dataclass(frozen=True)
class _Split:
    """Rows to learn from and rows to judge.

    Parameters
    ----------
    train : ndarray of int, shape (m,)
    baseline : ndarray of float64, shape (tests, m)
        Takes y of the rows learnt from to what their covariates say of the others.
    rest : ndarray of float64, shape (m, m)
        Takes mean and covariates out.
    across : ndarray of float64, shape (tests, m)
        Products of both kinds of rows, mean and covariates taken out of both.
    values, axes : ndarray of float64
        Eigenvalues and eigenvectors of the products of the rows learnt from.
    size : float
        Mean squared length of these rows; where nothing is left of them, of what was there before.
    """

    train: Places
    baseline: Matrix
    rest: Matrix
    across: Matrix
    values: Matrix
    axes: Matrix
    size: float

    @classmethod
    def of(cls, products: Matrix, given: Matrix, train: Places, test: Places) -> "_Split":
        """Take out the covariates, as the rows learnt from have them."""
        within = products[np.ix_(train, train)]
        learnt, asked = _design(given[train], given[train]), _design(given[train], given[test])
        baseline = asked @ np.linalg.pinv(learnt)
        rest = residual_operator(given[train])
        across = (products[np.ix_(test, train)] - baseline @ within) @ rest
        inner = rest @ within @ rest
        values, axes = np.linalg.eigh((inner + inner.T) / 2)
        before = float(np.trace(within)) / len(train)
        size = float(np.trace(inner)) / len(train)
        if size <= _NOTHING_LEFT * before:
            size = before if before > 0 else 1.0
        return cls(train, baseline, rest, across, np.maximum(values, 0.0), axes, size)

    def foretell(self, learnt: Matrix) -> tuple[Matrix, Places]:
        """Give what is foretold of the rows to judge, and the number of each column's penalty."""
        operators = [self._residuals(penalty * self.size) for penalty in PENALTIES]
        chosen = _of_least_error([_left_out_factor(operator) for operator in operators], learnt)
        foretold = np.zeros((len(self.across), learnt.shape[1]))
        for number in np.unique(chosen):
            columns = chosen == number
            weights = self.across @ operators[number] / (PENALTIES[number] * self.size)
            foretold[:, columns] = weights @ learnt[:, columns]
        return foretold, chosen

    def _residuals(self, penalty: float) -> Matrix:
        """Give the matrix that takes y to the residuals of the ridge regression."""
        shrunk = (self.axes * (penalty / (self.values + penalty))) @ self.axes.T
        # What mean and covariates span has eigenvalues of 0, and leaves no residual.
        operator: Matrix = shrunk - (np.eye(len(shrunk)) - self.rest)
        return operator


def _left_out_factor(operator: Matrix) -> Matrix:
    """Give a triangle that takes a column to as long a one as its errors, left out one by one."""
    own = np.diag(operator)
    scaled = operator * np.where(own > _ALONE, 1 / np.where(own > _ALONE, own, 1.0), 0.0)[:, None]
    # The triangle leaves every length as it is, and takes half the work.
    factor: Matrix = np.asfortranarray(np.linalg.qr(scaled, mode="r"))
    return factor


def _of_least_error(factors: list[Matrix], learnt: Matrix) -> Places:
    """Find for each column the factor that makes it shortest.

    In single precision, which takes half the time, and again in double where two factors come
    closer than rounding may have brought them.
    """
    # The mean takes no part in errors, and would only take digits.
    unit = learnt.T - learnt.mean(axis=0)[:, None]
    length = np.sqrt(np.einsum("ij,ij->i", unit, unit))
    unit /= np.where(length > 0, length, 1.0)[:, None]
    unit = unit.astype(np.float32).T
    errors = np.array([_squares(strmm, factor, unit) for factor in factors], dtype=np.float64)
    norms = np.array([np.linalg.norm(factor) for factor in factors])
    rounding = _ROUNDING * norms[:, None] * np.sqrt(errors)
    near = (errors - rounding <= (errors + rounding).min(axis=0)).sum(axis=0) > 1
    chosen: Places = errors.argmin(axis=0)
    if near.any():
        again = np.asfortranarray(learnt[:, near])
        exact = np.array([_squares(dtrmm, factor, again) for factor in factors])
        chosen[near] = exact.argmin(axis=0)
    return chosen


def _squares(
    product: Callable[..., npt.NDArray[np.floating]],
    factor: Matrix,
    columns: npt.NDArray[np.floating],
) -> npt.NDArray[np.floating]:
    multiplied = product(1.0, factor, columns).T
    summed: npt.NDArray[np.floating] = np.einsum("ij,ij->i", multiplied, multiplied)
    return summed


def _design(learnt: Matrix, asked: Matrix) -> Matrix:
    """Give ones and the covariates that vary among the rows learnt from, scaled as there."""
    used = independent(learnt)
    centre, spread = learnt[:, used].mean(axis=0), learnt[:, used].std(axis=0)
    return np.column_stack([np.ones(len(asked)), (asked[:, used] - centre) / spread])


def varies(products: Matrix, given: Matrix) -> bool:
    """Say whether mean and covariates leave any difference between the rows.

    Parameters
    ----------
    products : ndarray, shape (n, n)
    given : ndarray, shape (n, k)
    """
    rest = residual_operator(given)
    return bool(np.trace(rest @ products @ rest) > _NOTHING_LEFT * np.trace(products))
