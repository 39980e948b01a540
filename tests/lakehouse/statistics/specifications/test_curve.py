"""Curves of specifications, against correlations of permuted scores, one by one."""

import numpy as np
import pytest
from scipy import stats

from lakehouse.statistics.available_cases import directions
from lakehouse.statistics.permutation import Permutations
from lakehouse.statistics.resampling import shuffles
from lakehouse.statistics.specifications.curve import (
    Strengths,
    median_test,
    significant_test,
    strengths,
)

SEED, ORDERS = 5, 60


def strengths_of(
    x: np.ndarray,
    y: np.ndarray,
    named: list[tuple[int, int] | None],
    *,
    given: np.ndarray | None = None,
    permutations: int = ORDERS,
    blocks: np.ndarray | None = None,
) -> Strengths:
    parts = directions(x, y, given=given, ranked=True)
    drawn = Permutations(len(x), permutations, SEED, blocks)
    return strengths(parts, named, drawn, fewest=10)


def orders(rows: int) -> np.ndarray:
    return np.vstack([np.arange(rows)[None], *shuffles(rows, ORDERS, SEED)])


def test_strengths_are_those_of_permuted_scores() -> None:
    random = np.random.default_rng(0)
    x, y = random.normal(size=(25, 4)), random.integers(0, 6, (25, 3)).astype(float)
    found = strengths_of(x, y, [(2, 1), None])

    for at, order in enumerate(orders(25)):
        r = stats.spearmanr(x, y[order]).statistic[:4, 4:]
        assert found.strongest[at] == pytest.approx(np.abs(r).max() * np.sqrt(24))
        assert found.named[0, at] == pytest.approx(r[2, 1] * np.sqrt(24))
    assert np.isnan(found.named[1]).all()


def test_within_blocks_a_difference_between_them_is_no_relation() -> None:
    random = np.random.default_rng(3)
    blocks = np.repeat([0, 1], 20)
    # All of the relation is that one block has more of both.
    x, y = (random.normal(size=(40, 1)) + 5 * blocks[:, None] for _ in range(2))
    free, within = (strengths_of(x, y, [(0, 0)], blocks=each) for each in (None, blocks))

    assert free.strongest[0] == within.strongest[0]
    assert median_test(free.named).p < 0.05
    assert median_test(within.named).p > 0.05
    [one, *_] = shuffles(40, ORDERS, SEED, within=blocks)
    r = stats.spearmanr(x[:, 0], y[one[0], 0]).statistic
    assert within.strongest[1] == pytest.approx(abs(r) * np.sqrt(39))


def test_who_lacks_a_value_is_passed_over_in_the_same_orders() -> None:
    random = np.random.default_rng(1)
    x, y = random.normal(size=(30, 2)), random.normal(size=(30, 2))
    x[[3, 7]] = np.nan
    y[[7, 11, 12], 0] = np.nan
    # Too few have the other questionnaire for it to count.
    y[9:, 1] = np.nan
    found = strengths_of(x, y, [(1, 0), (0, 1)])

    known = np.flatnonzero(~np.isnan(x[:, 0]) & ~np.isnan(y[:, 0]))
    for at, order in enumerate(orders(30)):
        # Whose value is missing passes on to the next along the cycle.
        source = []
        for person in known:
            whose = order[person]
            while whose not in known:
                whose = order[whose]
            source.append(whose)
        r = [stats.spearmanr(x[known, column], y[source, 0]).statistic for column in range(2)]
        scale = np.sqrt(len(known) - 1)
        assert found.strongest[at] == pytest.approx(np.abs(r).max() * scale)
        assert found.named[0, at] == pytest.approx(r[1] * scale)
    assert np.isnan(found.named[1]).all()


def test_with_covariates_residuals_are_permuted() -> None:
    random = np.random.default_rng(2)
    given = random.normal(size=(40, 2))
    x = random.normal(size=(40, 3)) + given[:, :1]
    y = random.normal(size=(40, 1)) + given[:, 1:]
    found = strengths_of(x, y, [(1, 0)], given=given)

    ranked = [stats.rankdata(part, axis=0) for part in (x, y, given)]
    design = np.column_stack([np.ones(40), ranked[2]])

    def rest(columns: np.ndarray) -> np.ndarray:
        return columns - design @ np.linalg.lstsq(design, columns, rcond=None)[0]

    residuals = rest(ranked[1])
    for at, order in enumerate(orders(40)):
        mine, theirs = rest(ranked[0]), rest(residuals[order])
        r = [np.corrcoef(column, theirs[:, 0])[0, 1] for column in mine.T]
        assert found.named[0, at] == pytest.approx(r[1] * np.sqrt(37))
        assert found.strongest[at] == pytest.approx(np.abs(r).max() * np.sqrt(37))


def test_the_median_is_tested_in_either_direction() -> None:
    random = np.random.default_rng(3)
    curve = random.normal(size=(9, 200))
    curve[:, 0] -= 1.5
    curve[4] = np.nan
    found = median_test(curve)

    known = np.delete(curve, 4, axis=0)
    medians = [abs(np.median(column)) for column in known.T]
    reached = sum(one >= medians[0] for one in medians[1:])
    assert found.observed == pytest.approx(medians[0])
    assert found.expected == pytest.approx(np.mean(medians[1:]))
    assert found.high == pytest.approx(np.percentile(medians[1:], 95))
    assert found.p == pytest.approx((1 + reached) / 200)
    assert found.specifications == 8


def test_the_share_that_is_significant_in_the_direction_of_most() -> None:
    df = np.array([10, 20, 30, 40])
    random = np.random.default_rng(4)
    r = random.uniform(-0.6, 0.6, (4, 50))
    found = significant_test(r * np.sqrt(df + 1)[:, None], df)

    p = 2 * stats.t.sf(np.abs(r) * np.sqrt(df[:, None] / (1 - r**2)), df[:, None])
    shares = [
        max(((p < 0.05) & (r > 0))[:, at].mean(), ((p < 0.05) & (r < 0))[:, at].mean())
        for at in range(50)
    ]
    assert found.observed == shares[0]
    assert found.p == pytest.approx(np.mean([share >= shares[0] for share in shares]))


def test_without_values_or_orders_there_is_no_p() -> None:
    nothing = median_test(np.full((3, 10), np.nan))
    assert np.isnan([nothing.observed, nothing.p]).all()
    assert nothing.specifications == 0
    alone = median_test(np.ones((3, 1)))
    assert alone.observed == 1
    assert np.isnan([alone.p, alone.expected, alone.high]).all()
    assert significant_test(np.full((3, 10), np.nan), np.zeros(3, int)).specifications == 0


@pytest.mark.slow
def test_where_nothing_is_related_p_is_even() -> None:
    random = np.random.default_rng(6)
    found: dict[str, list[float]] = {"strongest": [], "named": [], "share": []}
    for _ in range(300):
        face = random.normal(size=(30, 4))
        y = random.gamma(1, size=(30, 2))
        curves = []
        # Specifications of one study are alike.
        for noise in (0.3, 0.6, 0.9):
            x = face + random.normal(0, noise, face.shape)
            curves.append(strengths_of(x, y, [(0, 0)], permutations=39))
        found["strongest"].append(median_test(np.array([c.strongest for c in curves])).p)
        named = np.array([c.named[0] for c in curves])
        found["named"].append(median_test(named).p)
        found["share"].append(significant_test(named, np.full(3, 28)).p)
    for name in ("strongest", "named"):
        even = stats.kstest(found[name], "uniform").pvalue
        assert even > 0.001, name
        assert 0.02 < np.mean(np.array(found[name]) <= 0.05) < 0.09, name
    # A share takes few values, so that its p is rather too large.
    assert np.mean(np.array(found["share"]) <= 0.05) < 0.09
