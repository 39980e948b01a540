"""Tests of equivalence: whether an effect is smaller than what would matter (TOST)."""

import numpy as np
import numpy.typing as npt
from scipy import stats

Vector = npt.NDArray[np.float64]


def pearson_equivalence(r: Vector, n: Vector, bound: float) -> Vector:
    """Test whether product-moment correlations lie between -bound and bound.

    Parameters
    ----------
    r, n : ndarray of float64
        Correlations and the pairs behind each.
    bound : float
        Smallest size of a correlation that would matter.

    Returns
    -------
    ndarray of float64
        The larger p of the two one-sided tests, by Fisher's z, whose standard error is
        ``1 / sqrt(n - 3)``; NaN for fewer than 4 pairs, and where `r` is. Below 0.05 exactly
        where the 90 % interval lies within the bounds.

    References
    ----------
    Schuirmann (1987). A comparison of the two one-sided tests procedure and the power approach.
    Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680.
    Goertzen & Cribbie (2010). Detecting a lack of association: an equivalence testing approach.
    British Journal of Mathematical and Statistical Psychology 63, 527-537.
    """
    return _of_z(r, n, bound, np.ones_like(r))


def spearman_equivalence(r: Vector, n: Vector, bound: float) -> Vector:
    """Test whether rank correlations lie between -bound and bound.

    Parameters
    ----------
    r, n, bound
        As for `pearson_equivalence`.

    Returns
    -------
    ndarray of float64
        As there, with the variance ``(1 + r² / 2) / (n - 3)`` of z, which is that of the interval.

    References
    ----------
    Bonett & Wright (2000). Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations. Psychometrika 65, 23-28.
    """
    return _of_z(r, n, bound, 1 + r**2 / 2)


def _of_z(r: Vector, n: Vector, bound: float, variance: Vector) -> Vector:
    error = np.sqrt(variance / np.where(n > 3, n - 3, np.nan))
    with np.errstate(divide="ignore"):
        z = np.arctanh(r)
    limit = np.arctanh(bound)
    p: Vector = np.maximum(stats.norm.sf((z + limit) / error), stats.norm.cdf((z - limit) / error))
    return p


def paired_equivalence(t: Vector, n: Vector, bound: float) -> Vector:
    """Test whether standardised mean differences lie between -bound and bound.

    Parameters
    ----------
    t, n : ndarray of float64
        Paired t and the number of differences.
    bound : float
        Smallest Cohen's dz that would matter.

    Returns
    -------
    ndarray of float64
        The larger p of the two one-sided tests. At a true dz of the bound, t has the noncentral
        distribution with noncentrality ``bound √n``, so this is exact for normal differences. The
        bounds ``± bound × sd`` in raw units with central t, which take the sample's deviation for
        the true one, are not.

    References
    ----------
    Wellek (2010). Testing statistical hypotheses of equivalence and noninferiority. Chapman &
    Hall; section 5.3.
    Lakens (2017). Equivalence tests. Social Psychological and Personality Science 8, 355-362.
    """
    df = np.where(n > 1, n - 1, np.nan)
    shift = bound * np.sqrt(n)
    # Of the two tails that of the bound on t's own side is the larger, and the one that counts.
    p: Vector = stats.nct.cdf(np.abs(t), df, shift)
    return p
