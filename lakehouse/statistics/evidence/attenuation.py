"""Correlations without the attenuation that unreliable measurements cause."""

import numpy as np
import numpy.typing as npt
from scipy import stats

from lakehouse.statistics.intervals import LEVEL

Vector = npt.NDArray[np.float64]


def disattenuated(
    r: Vector, n: Vector, reliabilities: tuple[Vector, Vector], error: Vector
) -> tuple[Vector, Vector, Vector]:
    """Estimate the correlation of two variables measured without error.

    Parameters
    ----------
    r, n : ndarray of float64
        Product-moment correlations and the pairs behind each.
    reliabilities : tuple of ndarray of float64
        Of the two variables.
    error : ndarray of float64
        Standard error of the first reliability; 0 where it is known. The second is taken as
        known.

    Returns
    -------
    estimate, low, high : ndarray of float64
        ``r / sqrt(R₁ R₂)``, and its 95 % interval by the delta method, with the variance
        ``(1 - r²)² / ((n - 1) R₁ R₂) + r² error² / (4 R₁³ R₂)``. NaN where a reliability is not
        above 0. Nothing is cut off at ± 1: an estimate beyond says that a reliability is too low
        for this r, or r too high by chance.

    References
    ----------
    Spearman (1904). The proof and measurement of association between two things. American
    Journal of Psychology 15, 72-101.
    Bobko & Rieck (1980). Large sample estimators for standard errors of functions of correlation
    coefficients. Applied Psychological Measurement 4, 385-398.
    """
    one, other = (np.where(each > 0, each, np.nan) for each in reliabilities)
    estimate = r / np.sqrt(one * other)
    variance = (1 - r**2) ** 2 / (np.where(n > 1, n - 1, np.nan) * one * other)
    variance = variance + r**2 * error**2 / (4 * one**3 * other)
    half = stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt(variance)
    return estimate, estimate - half, estimate + half
