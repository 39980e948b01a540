"""One analysis in many specifications: the same random orders of people in all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from lakehouse.statistics.available_cases import Defined, Directions, Matrix, Places
from lakehouse.statistics.permutation import Permutations
from lakehouse.statistics.resampling import among, familywise_p, shuffles
from lakehouse.statistics.threads import one_thread

ALPHA = 0.05
_NOTHING_LEFT = 1e-12


@dataclass(frozen=True)
class Strengths:
    """Correlations of one specification, as they are and in random orders of the people.

    A strength is ``r sqrt(df + 1)``, whose standard deviation under permutation is 1 whatever the
    number of rows.

    Parameters
    ----------
    strongest : ndarray of float64, shape (1 + orders,)
        Largest size of a strength over all pairs; NaN where no pair has a correlation.
    named : ndarray of float64, shape (hypotheses, 1 + orders)
        Strengths of the pairs named; NaN where there is none.
    """

    strongest: Matrix
    named: Matrix


def strengths(
    parts: Iterable[Directions],
    named: Sequence[tuple[int, int] | None],
    permutations: Permutations,
    *,
    fewest: int,
) -> Strengths:
    """Correlate all pairs of a specification, as they are and in random orders of the people.

    Parameters
    ----------
    parts : iterable of Directions
        Their columns, block by block; the rows of a block are among all people of all
        specifications.
    named : sequence of tuple of int
        Columns of x and of y of each hypothesis; None where it has none here.
    permutations : Permutations
        Of all people; the same make the same orders in every specification. With covariates it is
        the residuals that are permuted (Freedman and Lane).
    fewest : int
        Pairs of fewer people have no strength.
    """
    strongest = np.full(1 + permutations.count, np.nan)
    pairs = np.full((len(named), 1 + permutations.count), np.nan)
    tested = [each for part in parts if (each := _Tested.of(part, named, fewest)) is not None]
    with one_thread():
        rows = permutations.rows
        drawn = shuffles(rows, permutations.count, permutations.seed, within=permutations.blocks)
        done = 0
        for orders in (np.arange(rows)[None], *drawn):
            now = slice(done, done + len(orders))
            for columns in tested:
                strength = columns.strength(among(orders, columns.rows))
                largest = np.abs(strength).max(axis=(0, 2))
                strongest[now] = np.fmax(strongest[now], largest)
                for at, (x, y) in columns.named.items():
                    pairs[at, now] = strength[y, :, x]
            done = now.stop
    return Strengths(strongest, pairs)


@dataclass(frozen=True)
class CurveTest:
    """A statistic of a curve, and how often random orders reach it.

    Parameters
    ----------
    observed, expected, high, p : float
        The statistic, its mean and 95th percentile over the orders, and the share of orders in
        which it is at least so large; NaN where no specification has a value.
    specifications : int
        That have a value.
    """

    observed: float
    expected: float
    high: float
    p: float
    specifications: int


def median_test(curve: Matrix) -> CurveTest:
    """Test the median over the specifications, in either direction.

    Parameters
    ----------
    curve : ndarray of float64, shape (specifications, 1 + orders)
        Strengths.

    References
    ----------
    Simonsohn, Simmons & Nelson (2020). Specification curve analysis. Nature Human Behaviour 4,
    1208-1214; inference by joint permutation.
    """
    known = curve[~np.isnan(curve[:, 0])]
    if not len(known):
        return _nothing()
    return _test(np.abs(np.median(known, axis=0)), len(known))


def significant_test(curve: Matrix, df: npt.NDArray[np.integer]) -> CurveTest:
    """Test the share of specifications that are significant in the direction of most.

    Parameters
    ----------
    curve : ndarray of float64, shape (specifications, 1 + orders)
        Strengths.
    df : ndarray of int, shape (specifications,)
        Degrees of freedom.

    References
    ----------
    As for `median_test`.
    """
    there = ~np.isnan(curve[:, 0])
    known = curve[there]
    if not len(known):
        return _nothing()
    freedom = df[there].astype(np.float64)
    t = special.stdtrit(freedom, 1 - ALPHA / 2)
    least = (t / np.sqrt(freedom + t**2) * np.sqrt(freedom + 1))[:, None]
    share = np.maximum((known >= least).mean(axis=0), (known <= -least).mean(axis=0))
    return _test(share, len(known))


def _nothing() -> CurveTest:
    nan = float("nan")
    return CurveTest(nan, nan, nan, nan, 0)


def _test(statistic: Matrix, specifications: int) -> CurveTest:
    observed, null = statistic[0], statistic[1:]
    nan = float("nan")
    return CurveTest(
        observed=float(observed),
        expected=float(null.mean()) if len(null) else nan,
        high=float(np.quantile(null, 0.95)) if len(null) else nan,
        p=float(familywise_p(np.array([observed]), null)[0]),
        specifications=specifications,
    )


@dataclass(frozen=True)
class _Tested:
    """The columns of a block that have correlations.

    Parameters
    ----------
    rows : ndarray of int, shape (n,)
    x : ndarray of float64, shape (n, p)
        Scaled so that its products with y are strengths.
    y : ndarray of float64, shape (q, n)
    basis : ndarray of float64, shape (n, k)
    named : dict of int to tuple of int
        By hypothesis, the places of its columns among these.
    """

    rows: Places
    x: Matrix
    y: Matrix
    basis: Matrix
    named: dict[int, tuple[int, int]]

    @classmethod
    def of(
        cls, part: Directions, named: Sequence[tuple[int, int] | None], fewest: int
    ) -> "_Tested | None":
        x, y = part.x_defined == Defined.YES, part.y_defined == Defined.YES
        if len(part.block.rows) < fewest or part.df < 1 or not x.any() or not y.any():
            return None
        place_x = {int(column): at for at, column in enumerate(part.block.x_columns[x])}
        place_y = {int(column): at for at, column in enumerate(part.block.y_columns[y])}
        here = {
            at: (place_x[pair[0]], place_y[pair[1]])
            for at, pair in enumerate(named)
            if pair is not None and pair[0] in place_x and pair[1] in place_y
        }
        return cls(
            rows=part.block.rows,
            x=part.x[:, x] * np.sqrt(part.df + 1),
            y=np.ascontiguousarray(part.y[:, y].T),
            basis=part.basis,
            named=here,
        )

    def strength(self, orders: Places) -> Matrix:
        """Give the strengths, shape (q, orders, p), for each order of the rows."""
        y = self.y[:, orders]
        strength: Matrix = y @ self.x
        if self.basis.shape[1]:
            left = 1 - ((y @ self.basis) ** 2).sum(axis=-1, keepdims=True)
            possible = left > _NOTHING_LEFT
            strength *= np.where(possible, 1 / np.sqrt(np.where(possible, left, 1.0)), 0.0)
        return strength
