"""Least squares with errors that do not rest on equal variance."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

_NOTHING_LEFT: Final = 1e-8
"""Of a column's length, or of a row's leverage, what counts as none."""


@dataclass(frozen=True)
class Regression:
    """A regression with an intercept.

    Parameters
    ----------
    slopes : ndarray of float64, shape (p,)
    errors : ndarray of float64, shape (p,)
        Standard errors of the slopes; NaN where one row alone determines a slope.
    df : int
        Rows less p and less one.
    expected : ndarray of float64, shape (rows,)
    r_squared : float
        NaN where y is constant.
    """

    slopes: Matrix
    errors: Matrix
    df: int
    expected: Matrix
    r_squared: float


def regression(x: Matrix, y: Matrix) -> Regression:
    """Regress y on the columns of x by least squares, with HC3 errors.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
        Independent columns, as `independent` picks them; fewer than rows less one.
    y : ndarray, shape (rows,)

    Returns
    -------
    Regression
        The covariance of the slopes is ``(X'X)⁻¹ X' diag(e² / (1 - h)²) X (X'X)⁻¹`` with residuals
        e and leverages h, X having a column of ones.

    References
    ----------
    MacKinnon & White (1985). Some heteroskedasticity-consistent covariance matrix estimators with
    improved finite sample properties. Journal of Econometrics 29, 305-325.
    Long & Ervin (2000). Using heteroscedasticity consistent standard errors in the linear
    regression model. American Statistician 54, 217-224.
    """
    rows, count = x.shape
    # Columns of mean 0 and length 1 stand at a right angle to the ones and are all of a size.
    unit, lengths = _unit(x)
    q, r = np.linalg.qr(unit)
    coefficients = np.linalg.solve(r, q.T @ y) / lengths
    expected = y.mean() + q @ (q.T @ y)
    residual = y - expected
    spare = 1 - 1 / rows - (q**2).sum(axis=1)
    spare[spare < _NOTHING_LEFT] = np.nan
    influence = np.linalg.solve(r, q.T) * (residual / spare)
    whole = ((y - y.mean()) ** 2).sum()
    return Regression(
        slopes=coefficients,
        errors=np.sqrt((influence**2).sum(axis=1)) / lengths,
        df=rows - count - 1,
        expected=expected,
        r_squared=float(1 - (residual**2).sum() / whole) if whole > 0 else float("nan"),
    )


def independent(x: Matrix) -> list[int]:
    """Pick columns that neither a constant nor the picked ones before them explain.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    """
    picked: list[int] = []
    for column in range(x.shape[1]):
        if _varies(x[:, column]):
            unit, _ = _unit(x[:, [*picked, column]])
            if np.linalg.svd(unit, compute_uv=False).min() > _NOTHING_LEFT:
                picked.append(column)
    return picked


def _varies(column: Matrix) -> bool:
    return bool(np.ptp(column) > _NOTHING_LEFT * np.abs(column).max())


def _unit(x: Matrix) -> tuple[Matrix, Matrix]:
    """Centre columns and give them unit length; give the lengths too."""
    centred = x - x.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    return centred / lengths, lengths
