"""Bayes factors of correlations and of paired differences, against no effect at all."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

Vector = npt.NDArray[np.float64]

CAUCHY_SCALE: Final = np.sqrt(2) / 2
"""Of the prior of a standardised difference: half of it lies within ± 0.707."""

_MANY: Final = 200
_TERMS: Final = 60
_NODES: Final = 400
_REACH: Final = 60.0


def correlation_bayes_factor(r: Vector, n: Vector) -> Vector:
    """Weigh a correlation against none.

    Parameters
    ----------
    r, n : ndarray of float64
        Product-moment correlations and the pairs behind each.

    Returns
    -------
    ndarray of float64
        Logarithm to the base 10 of the Bayes factor of any correlation, all between -1 and 1
        being equally likely beforehand, over none; Jeffreys' exact factor with κ = 1, as
        pingouin has it. NaN for fewer than 3 pairs, where r is ± 1 and where it is NaN.

    References
    ----------
    Jeffreys (1961). Theory of probability. Oxford University Press; section 5.5.
    Ly, Verhagen & Wagenmakers (2016). Harold Jeffreys's default Bayes factor hypothesis tests.
    Journal of Mathematical Psychology 72, 19-32; equation 25.
    """
    known = (n > 2) & (np.abs(r) < 1)
    n, square = np.where(known, n, np.nan), np.where(known, r**2, 0.0)
    # Euler's transformation, so that the series converges fast and does not leave the range.
    series = np.where(n < _MANY, special.hyp2f1(1.5, 1.5, n / 2 + 1, square), 1.0)
    # SciPy gives up on large n and r near 1, where few terms do.
    term, large = np.ones_like(series), n >= _MANY
    for k in range(_TERMS):
        term = term * (1.5 + k) ** 2 / ((n / 2 + 1 + k) * (k + 1)) * square
        series = np.where(large, series + term, series)
    log = (
        0.5 * np.log(np.pi)
        - np.log(2)
        + special.gammaln((n + 1) / 2)
        - special.gammaln(n / 2 + 1)
        + (2 - n / 2) * np.log1p(-square)
        + np.log(series)
    )
    factor: Vector = log / np.log(10)
    return factor


def paired_bayes_factor(t: Vector, n: Vector) -> Vector:
    """Weigh a mean difference against none.

    Parameters
    ----------
    t, n : ndarray of float64
        Paired t and the number of differences.

    Returns
    -------
    ndarray of float64
        Logarithm to the base 10 of the JZS Bayes factor: the standardised difference has a Cauchy
        prior of the scale `CAUCHY_SCALE`, as pingouin and R's BayesFactor have it. NaN for fewer
        than 2 differences and where t is NaN.

    Notes
    -----
    The integral over g is taken over log g by the trapezoidal rule, which is all but exact for
    integrands that vanish so smoothly at both ends.

    References
    ----------
    Rouder, Speckman, Sun, Morey & Iverson (2009). Bayesian t tests for accepting and rejecting the
    null hypothesis. Psychonomic Bulletin & Review 16, 225-237; equation 1.
    """
    df = np.where(n > 1, n - 1, np.nan)[:, None]
    t, n = t[:, None], n[:, None]
    u = np.linspace(-_REACH / 8, _REACH, _NODES)
    g = np.exp(u)
    wider = 1 + n * g * CAUCHY_SCALE**2
    log = (
        -0.5 * np.log(wider)
        - (df + 1) / 2 * (np.log1p(t**2 / (wider * df)) - np.log1p(t**2 / df))
        - 0.5 * np.log(2 * np.pi)
        - 0.5 * u
        - 1 / (2 * g)
    )
    factor: Vector = (special.logsumexp(log, axis=1) + np.log(u[1] - u[0])) / np.log(10)
    return factor
