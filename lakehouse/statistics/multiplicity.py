"""Probabilities adjusted for how many tests there are."""

import numpy as np
import numpy.typing as npt
from scipy import stats

Matrix = npt.NDArray[np.float64]


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


def bonferroni(p: Matrix) -> Matrix:
    """Adjust probabilities for the chance of any false rejection among all of them.

    Parameters
    ----------
    p : ndarray
        NaN where no test was possible; such entries do not count as members of the family.

    Returns
    -------
    ndarray
        p times the number of tests, at most 1; NaN where `p` is.
    """
    adjusted: Matrix = np.minimum(p * np.count_nonzero(~np.isnan(p)), 1.0)
    return adjusted
