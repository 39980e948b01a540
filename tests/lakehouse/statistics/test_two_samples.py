"""Tests of two groups, against SciPy, pingouin and counting every way."""

from itertools import combinations

import numpy as np
import pingouin
import pytest
from scipy import stats

from lakehouse.statistics.two_samples import fisher_p, mann_whitney_p, welch_p


def drawn(seed: int, n: int, m: int, *, ties: bool) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 6, n + m) if ties else rng.normal(size=n + m)
    return values[:n].astype(float), values[n:].astype(float)


@pytest.mark.parametrize(("n", "m"), [(2, 3), (5, 40), (300, 11)])
@pytest.mark.parametrize("ties", [True, False])
def test_welch_is_pingouins(n: int, m: int, ties: bool) -> None:
    one, other = drawn(1, n, m, ties=ties)

    [expected] = pingouin.ttest(one, other, correction=True)["p_val"]

    assert welch_p(one, other) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("n", "m"), [(1, 2), (3, 4), (7, 3), (4, 6)])
@pytest.mark.parametrize("ties", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_mann_whitney_of_few_counts_every_way(n: int, m: int, ties: bool, seed: int) -> None:
    one, other = drawn(seed, n, m, ties=ties)
    if np.ptp(np.concatenate([one, other])) == 0:
        pytest.skip("all the same")
    ranks = stats.rankdata(np.concatenate([one, other]))
    sums = np.array([ranks[list(chosen)].sum() for chosen in combinations(range(n + m), n)])
    own = ranks[:n].sum()
    tails = (np.mean(sums <= own + 1e-9), np.mean(sums >= own - 1e-9))

    found = mann_whitney_p(one, other)

    assert found == pytest.approx(min(1, 2 * min(tails)))
    if not ties:
        exact = stats.mannwhitneyu(one, other, method="exact").pvalue
        assert found == pytest.approx(exact)
    assert mann_whitney_p(other, one) == pytest.approx(found)


def test_mann_whitney_of_few_among_many_is_exact_too() -> None:
    one, other = drawn(3, 300, 6, ties=False)

    found = mann_whitney_p(one, other)

    assert found == pytest.approx(stats.mannwhitneyu(one, other, method="exact").pvalue)


@pytest.mark.parametrize("ties", [True, False])
def test_mann_whitney_of_many_is_pingouins(ties: bool) -> None:
    one, other = drawn(4, 300, 11, ties=ties)

    [expected] = pingouin.mwu(one, other, method="asymptotic")["p_val"]

    assert mann_whitney_p(one, other) == pytest.approx(expected, rel=1e-9)
    # So few are not few among a crowd.
    one, other = drawn(4, 998, 3, ties=ties)
    [expected] = pingouin.mwu(one, other, method="asymptotic")["p_val"]
    assert mann_whitney_p(one, other) == pytest.approx(expected, rel=1e-9)


def test_fisher_counts_tables_of_the_same_margins() -> None:
    table = np.array([[8, 2], [1, 5]])
    chance = stats.hypergeom(16, 9, 10)
    possible = chance.pmf(np.arange(11))

    expected = possible[possible <= chance.pmf(8) * (1 + 1e-7)].sum()

    assert fisher_p(table) == pytest.approx(expected)
    assert fisher_p(np.array([[10, 0], [6, 0]])) == 1


def test_what_cannot_be_tested_has_no_p() -> None:
    none, one, same = np.array([]), np.array([3.0]), np.array([3.0, 3.0])

    assert np.isnan([welch_p(none, same), welch_p(one, same), welch_p(same, same + 1)]).all()
    assert np.isnan([mann_whitney_p(none, same), mann_whitney_p(one, same)]).all()
    assert welch_p(same, np.array([1.0, 2.0])) > 0


@pytest.mark.parametrize("test", [welch_p, mann_whitney_p])
def test_of_groups_that_do_not_differ_p_is_uniform(test: object) -> None:
    rng = np.random.default_rng(0)
    p = [test(rng.normal(size=40), rng.normal(size=12)) for _ in range(400)]  # type: ignore[operator]

    assert stats.kstest(p, "uniform").pvalue > 0.01
