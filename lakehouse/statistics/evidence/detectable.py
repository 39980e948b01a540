"""How small an effect a test would still have found."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from lakehouse.statistics.evidence.noncentral import noncentrality
from lakehouse.statistics.evidence.power import detectable

Vector = npt.NDArray[np.float64]

ALPHA: Final = 0.05
POWER: Final = 0.80


def detectable_correlation(n: Vector, tests: Vector) -> Vector:
    """Give the smallest correlation that is found with a power of 80 %.

    Parameters
    ----------
    n : ndarray of float64
        Pairs behind a correlation.
    tests : ndarray of float64
        Tests of the family, for which the level of 5 % is divided by Bonferroni's rule.

    Returns
    -------
    ndarray of float64
        ``tanh((z₁ + z₂) / sqrt(n - 3))`` with the normal quantiles of ``1 - 0.05 / (2 tests)`` and
        0.80; two-sided. NaN for fewer than 4 pairs and for no test.

    References
    ----------
    Cohen (1988). Statistical power analysis for the behavioral sciences. Erlbaum; chapter 3.
    """
    return detectable(n, ALPHA / np.where(tests > 0, tests, np.nan), POWER)


def detectable_difference(n: Vector, tests: Vector) -> Vector:
    """Give the smallest Cohen's dz that a paired t test finds with a power of 80 %.

    Parameters
    ----------
    n, tests : ndarray of float64
        As for `detectable_correlation`; n is the number of differences.

    Returns
    -------
    ndarray of float64
        The noncentrality, over √n, at which t exceeds its two-sided critical value in 80 % of
        samples; that it falls below the negative one is left out, which changes nothing that can
        be seen. NaN for fewer than 2 differences and for no test.

    References
    ----------
    Cohen (1988). Statistical power analysis for the behavioral sciences. Erlbaum; chapter 2.
    """
    df = np.where(n > 1, n - 1, np.nan)
    critical = stats.t.isf(ALPHA / np.where(tests > 0, tests, np.nan) / 2, df)
    dz: Vector = noncentrality(df, 1 - POWER, critical) / np.sqrt(n)
    return dz
