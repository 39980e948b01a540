"""How likely a family of tests is to find a correlation of a given strength."""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

Vector = npt.NDArray[np.float64]
Method = Literal["spearman", "pearson", "kendall"]

# Variance of Fisher's z: numerator, and what is taken from n.
_VARIANCES: Final = {"pearson": (1.0, 3), "spearman": (1.06, 3), "kendall": (0.437, 4)}


def correlation_power(
    r: Vector, n: Vector, level: Vector, *, method: Method = "pearson", one_sided: bool = False
) -> Vector:
    """Give the chance that a correlation is found at a level.

    Parameters
    ----------
    r : ndarray of float64
        Of the population, 0 <= r < 1, in the sign that is expected; Kendall's is tau.
    n : ndarray of float64
        Pairs of values.
    level : ndarray of float64
        Of one test, such as 0.05 over the number of tests.
    method : {"spearman", "pearson", "kendall"}
    one_sided : bool
        Where one sign was expected, at the whole level instead of half of it.

    Returns
    -------
    ndarray of float64
        By the normal approximation of Fisher's z, whose variance is ``1 / (n - 3)``, for ranks
        ``1.06 / (n - 3)`` and for Kendall's ``0.437 / (n - 4)``. NaN where n is too small.

    References
    ----------
    Fieller, Hartley and Pearson (1957). Tests for rank correlation coefficients I. Biometrika 44.
    Cohen (1988). Statistical power analysis for the behavioral sciences. Erlbaum; chapter 3.
    """
    error = _standard_error(n, method)
    z = np.arctanh(r) / error
    if one_sided:
        power: Vector = stats.norm.sf(stats.norm.isf(level) - z)
    else:
        critical = stats.norm.isf(level / 2)
        power = stats.norm.sf(critical - z) + stats.norm.cdf(-critical - z)
    return power


def detectable(
    n: Vector, level: Vector, power: float, *, method: Method = "pearson", one_sided: bool = False
) -> Vector:
    """Give the correlation that is found with a given chance.

    Parameters
    ----------
    n : ndarray of float64
        Pairs of values.
    level : ndarray of float64
        Of one test, such as 0.05 over the number of tests; NaN where nothing is tested.
    power : float
        Such as 0.8.
    method, one_sided
        As for `correlation_power`.

    Returns
    -------
    ndarray of float64
        ``tanh((z₁ + z₂) se)`` with the normal quantiles of level and power; the far tail of a
        two-sided test is left out, which changes nothing that can be seen. NaN where n is too
        small.
    """
    reach = stats.norm.isf(level / (1 if one_sided else 2)) + stats.norm.ppf(power)
    r: Vector = np.tanh(reach * _standard_error(n, method))
    return r


def _standard_error(n: Vector, method: Method) -> Vector:
    numerator, taken = _VARIANCES[method]
    error: Vector = np.sqrt(numerator / np.where(n > taken, n - taken, np.nan))
    return error
