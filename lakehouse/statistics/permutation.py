"""Permutation tests of whole families of correlations."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lakehouse.statistics.available_cases import Defined, Directions, Matrix, Places
from lakehouse.statistics.correlation import Correlations
from lakehouse.statistics.resampling import (
    Blocks,
    Report,
    among,
    familywise_p,
    shuffles,
    unheard,
)
from lakehouse.statistics.threads import one_thread

_NOTHING_LEFT = 1e-12


@dataclass(frozen=True)
class Permutations:
    """Random orders of the rows of whole matrices.

    Parameters
    ----------
    rows : int
        Participants that are shuffled.
    count : int
        With 0 there are no probabilities.
    seed : int
        The same seed gives the same orders.
    blocks : ndarray of int, shape (rows,), optional
        Number of the block within which each row is shuffled; without, all rows are one block.
    """

    rows: int
    count: int
    seed: int
    blocks: Blocks | None = None


def permutation_p(
    correlations: Correlations,
    parts: Iterable[Directions],
    families: npt.NDArray[np.bool_],
    permutations: Permutations,
    *,
    report: Report = unheard,
) -> Matrix:
    """Test correlations by max-|T| permutation, each within its family.

    The rows of y are put in random order, all columns together, while x stays. The statistic is
    ``|r| sqrt(df + 1)``, whose standard deviation under permutation is 1 whatever the number of
    rows, so that pairs of more and of fewer rows compete fairly. Where values are missing, the
    rows of a pair are permuted among themselves, as `lakehouse.statistics.resampling.among` does.

    With covariates it is the residuals of y that are permuted, and what the covariates explain
    of the permuted ones is taken out again (Freedman and Lane).

    Parameters
    ----------
    correlations : Correlations
        Of x with y. Pairs that are not tested by themselves enter no family here either.
    parts : iterable of Directions
        The columns they were computed from; together they hold each pair once.
    families : ndarray of bool, shape (families, p)
        Which columns of x, each with all of y, make up each family.
    report : callable, optional
        Told how many permutations are done.

    Returns
    -------
    ndarray of float64, shape (families, p, q)
        Probability that the strongest of the family is at least so strong where x and y are
        unrelated; NaN where a pair has no correlation or its column is not of the family.

    References
    ----------
    Westfall & Young (1993). Resampling-based multiple testing. Wiley; single-step max-T.
    Freedman & Lane (1983). A nonstochastic interpretation of reported significance levels.
    Journal of Business & Economic Statistics 1, 292-298.
    Winkler et al. (2014). Permutation inference for the general linear model. NeuroImage 92,
    381-397; also on families.
    """
    count = permutations.count
    is_tested = correlations.defined == Defined.YES
    tested = [columns for part in parts if (columns := _tested(part, is_tested)) is not None]
    maxima = np.zeros((len(families), count))
    done = 0
    with one_thread():
        for orders in shuffles(
            permutations.rows, count, permutations.seed, within=permutations.blocks
        ):
            now = slice(done, done + len(orders))
            for columns in tested:
                strongest = columns.strongest(among(orders, columns.rows))
                for family, chosen in enumerate(families[:, columns.x_columns]):
                    if chosen.any():
                        largest = strongest[:, chosen].max(axis=1)
                        np.maximum(maxima[family, now], largest, out=maxima[family, now])
            done = now.stop
            report(done, count)
    observed = np.abs(correlations.r) * np.sqrt(correlations.df + 1)
    observed = np.where(is_tested, observed, np.nan)
    p = [
        familywise_p(np.where(chosen[:, None], observed, np.nan), largest)
        for chosen, largest in zip(families, maxima, strict=True)
    ]
    return np.array(p).reshape(len(families), *observed.shape)


@dataclass(frozen=True)
class _Tested:
    """The columns of a block that have correlations.

    Parameters
    ----------
    rows : ndarray of int, shape (n,)
    x_columns : ndarray of int, shape (p,)
    x : ndarray of float64, shape (n, p)
        Scaled so that its products with y are statistics.
    y : ndarray of float64, shape (q, n)
    basis : ndarray of float64, shape (n, k)
    """

    rows: Places
    x_columns: Places
    x: Matrix
    y: Matrix
    basis: Matrix

    def strongest(self, orders: Places) -> Matrix:
        """Give the largest statistic over y, shape (orders, p), for each order of the rows."""
        y = self.y[:, orders]
        strength = np.abs(y @ self.x)
        if self.basis.shape[1]:
            left = 1 - ((y @ self.basis) ** 2).sum(axis=-1, keepdims=True)
            possible = left > _NOTHING_LEFT
            strength *= np.where(possible, 1 / np.sqrt(np.where(possible, left, 1.0)), 0.0)
        largest: Matrix = strength.max(axis=0)
        return largest


def _tested(part: Directions, is_tested: npt.NDArray[np.bool_]) -> _Tested | None:
    # All pairs of a block have the same rows: if one is tested, all that have r are.
    if not is_tested[part.block.pairs].any():
        return None
    x, y = part.x_defined == Defined.YES, part.y_defined == Defined.YES
    return _Tested(
        rows=part.block.rows,
        x_columns=part.block.x_columns[x],
        x=part.x[:, x] * np.sqrt(part.df + 1),
        y=np.ascontiguousarray(part.y[:, y].T),
        basis=part.basis,
    )
