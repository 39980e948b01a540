"""Comparisons of two values of the same participants."""

from collections.abc import Iterator
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy import stats

from lakehouse.statistics.evidence.noncentral import noncentrality
from lakehouse.statistics.intervals import LEVEL

Matrix = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float64]
Columns = dict[str, Vector]

FEWEST_PAIRS = 2

_ROUNDING = 1e-12
_EXACT_PAIRS = 50
"""Up to so many, SciPy's signed-rank test may be exact."""


class Compared(IntEnum):
    """Whether differences can be tested, and if not, why."""

    YES = 0
    TOO_FEW = 1
    ALL_ZERO = 2
    CONSTANT = 3


def compared(differences: Matrix) -> npt.NDArray[np.int8]:
    """Say which columns of differences can be tested.

    Parameters
    ----------
    differences : ndarray of float64, shape (n, k)
        NaN where a participant lacks one of the two values.

    Returns
    -------
    ndarray of int8, shape (k,)
        `Compared` of each column.
    """
    known = ~np.isnan(differences)
    low = np.where(known, differences, np.inf).min(axis=0, initial=np.inf)
    high = np.where(known, differences, -np.inf).max(axis=0, initial=-np.inf)
    largest = np.where(known, np.abs(differences), 0.0).max(axis=0, initial=0.0)
    some = known.any(axis=0)
    width = np.where(some, high, 0.0) - np.where(some, low, 0.0)
    verdict = np.where(width <= _ROUNDING * largest, Compared.CONSTANT, Compared.YES)
    verdict = np.where(largest == 0, Compared.ALL_ZERO, verdict)
    return np.where(known.sum(axis=0) < FEWEST_PAIRS, Compared.TOO_FEW, verdict).astype(np.int8)


def in_own_units(differences: Matrix) -> tuple[Matrix, Matrix]:
    """Divide columns by their largest entry, so that squares of very small ones do not vanish.

    Parameters
    ----------
    differences : ndarray of float64, shape (n, k)
        NaN where a participant lacks one of the two values.

    Returns
    -------
    scaled : ndarray of float64, shape (n, k)
        0 where `differences` is NaN.
    scale : ndarray of float64, shape (k,)
        The largest size of an entry; 1 where all are zero.
    """
    filled = np.where(np.isnan(differences), 0.0, differences)
    largest = np.abs(filled).max(axis=0, initial=0.0)
    scale = np.where(largest > 0, largest, 1.0)
    return filled / scale, scale


def paired_t(differences: Matrix) -> Columns:
    """Test whether differences are zero on average, and say how large they are.

    Parameters
    ----------
    differences : ndarray of float64, shape (n, k)
        NaN where a participant lacks one of the two values.

    Returns
    -------
    dict of str to ndarray of float64, shape (k,)
        n; mean_difference and sd_difference (n - 1); difference_low and difference_high, the
        95 % confidence interval of the mean; t and t_p, the paired test's, two-sided; cohen_dz,
        mean over standard deviation, with dz_low and dz_high: those noncentralities of Student's
        t, over √n, that make the observed t the 97.5 % and the 2.5 % point. NaN where
        `compared` is not `Compared.YES`, but for n, the mean and the deviation.

    References
    ----------
    Cohen (1988). Statistical power analysis for the behavioral sciences. Erlbaum; section 2.3.
    Cumming & Finch (2001). A primer on the understanding, use, and calculation of confidence
    intervals that are based on central and noncentral distributions. Educational and
    Psychological Measurement 61, 532-574.
    """
    known = ~np.isnan(differences)
    n = known.sum(axis=0).astype(np.float64)
    scaled, scale = in_own_units(differences)
    mean = scaled.sum(axis=0) / np.where(n > 0, n, np.nan)
    squares = (np.where(known, scaled - mean, 0.0) ** 2).sum(axis=0)
    sd = np.sqrt(squares / np.where(n > 1, n - 1, np.nan))
    tested = compared(differences) == Compared.YES
    dz = np.where(tested, mean, np.nan) / np.where(tested, sd, np.nan)
    mean, sd = mean * scale, sd * scale
    df = np.where(tested, n - 1, np.nan)
    t = dz * np.sqrt(n)
    ends = [(1 + LEVEL) / 2, (1 - LEVEL) / 2]
    half = stats.t.ppf(ends[0], df) * sd / np.sqrt(np.where(tested, n, np.nan))
    dz_low, dz_high = (
        noncentrality(df, end, t) / np.sqrt(np.where(tested, n, np.nan)) for end in ends
    )
    return {
        "n": n,
        "mean_difference": mean,
        "sd_difference": sd,
        "difference_low": mean - half,
        "difference_high": mean + half,
        "t": t,
        "t_p": 2 * stats.t.sf(np.abs(t), df),
        "cohen_dz": dz,
        "dz_low": dz_low,
        "dz_high": dz_high,
    }


def signed_ranks(differences: Matrix) -> Columns:
    """Test whether differences lie evenly about zero, by their ranks.

    Parameters
    ----------
    differences : ndarray of float64, shape (n, k)
        NaN where a participant lacks one of the two values.

    Returns
    -------
    dict of str to ndarray of float64, shape (k,)
        wilcoxon_p, of Wilcoxon's signed-rank test, two-sided, zeros ranked as Pratt has it, exact
        for 50 participants or fewer without ties and zeros; rank_biserial, the sum of the ranks
        of positive differences less that of negative ones, over the sum of both, zeros left out.
        NaN for fewer than two differences, or where all are zero.

    References
    ----------
    Pratt (1959). Remarks on zeros and ties in the Wilcoxon signed rank procedures. Journal of the
    American Statistical Association 54, 655-667.
    Kerby (2014). The simple difference formula: an approach to teaching nonparametric
    correlation. Comprehensive Psychology 3, 11.IT.3.1.
    """
    p, biserial = (np.full(differences.shape[1], np.nan) for _ in range(2))
    verdicts = compared(differences)
    differ = np.flatnonzero((verdicts == Compared.YES) | (verdicts == Compared.CONSTANT))
    for known, columns in _alike(~np.isnan(differences), differ):
        p[columns] = stats.wilcoxon(
            differences[known][:, columns], zero_method="pratt", axis=0
        ).pvalue
    # Zeros are the lowest, and what is missing above all others: both count in no sum.
    size = np.abs(differences[:, differ])
    zeros = (size == 0).sum(axis=0)
    ranks = stats.rankdata(np.where(np.isnan(size), np.inf, size), axis=0) - zeros
    counted = np.where(size > 0, ranks, 0.0)
    signs = np.sign(np.where(np.isnan(size), 0.0, differences[:, differ]))
    biserial[differ] = (counted * signs).sum(axis=0) / counted.sum(axis=0)
    return {"wilcoxon_p": p, "rank_biserial": biserial}


def _alike(
    known: npt.NDArray[np.bool_], columns: npt.NDArray[np.intp]
) -> Iterator[tuple[npt.NDArray[np.bool_], list[int]]]:
    """Give the columns that can be tested at once: those that know the same of many participants.

    With few, SciPy takes the exact test for all columns or for none.
    """
    alike: dict[tuple[bytes, int], list[int]] = {}
    for column in map(int, columns):
        few = known[:, column].sum() <= _EXACT_PAIRS
        alike.setdefault((known[:, column].tobytes(), column if few else -1), []).append(column)
    for members in alike.values():
        yield known[:, members[0]], members
