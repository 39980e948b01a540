"""The permutation test, against one permutation after the other."""

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from lakehouse.statistics import permutation
from lakehouse.statistics.available_cases import directions
from lakehouse.statistics.correlation import Correlations, pearson, spearman
from lakehouse.statistics.permutation import Permutations, permutation_p
from lakehouse.statistics.resampling import shuffles
from tests.lakehouse.statistics.gappy import gappy_matrices

COUNT, SEED = 60, 3


def permuted(
    x: np.ndarray,
    y: np.ndarray,
    *,
    ranked: bool = True,
    given: np.ndarray | None = None,
    families: np.ndarray | None = None,
    count: int = COUNT,
) -> tuple[Correlations, np.ndarray]:
    correlate = spearman if ranked else pearson
    found = correlate(x, y, given=given)
    p = permutation_p(
        found,
        directions(x, y, given=given, ranked=ranked),
        np.ones((1, x.shape[1]), dtype=bool) if families is None else families,
        Permutations(len(x), count, SEED),
    )
    return found, p


def by_hand(
    x: np.ndarray, y: np.ndarray, strength: Callable[[np.ndarray, np.ndarray, np.ndarray], float]
) -> np.ndarray:
    """Permute, correlate every pair, take the largest, and count: one step after the other.

    `strength` gives the statistic of two complete columns, the second in the order given.
    """
    pairs = {
        (a, b): np.flatnonzero(~np.isnan(x[:, a]) & ~np.isnan(y[:, b]))
        for a in range(x.shape[1])
        for b in range(y.shape[1])
    }
    pairs = {
        (a, b): rows
        for (a, b), rows in pairs.items()
        if len(rows) >= 3 and np.ptp(x[rows, a]) > 0 and np.ptp(y[rows, b]) > 0
    }
    maxima = []
    [orders] = shuffles(len(x), COUNT, SEED)
    for order in orders:
        strengths = []
        for (a, b), rows in pairs.items():
            taken = []
            for row in rows:
                source = order[row]
                while source not in rows:
                    source = order[source]
                taken.append(np.flatnonzero(rows == source)[0])
            strengths.append(strength(x[rows, a], y[rows, b], np.array(taken)))
        maxima.append(max(strengths))
    p = np.full((x.shape[1], y.shape[1]), np.nan)
    for (a, b), rows in pairs.items():
        observed = strength(x[rows, a], y[rows, b], np.arange(len(rows)))
        p[a, b] = (1 + sum(largest >= observed - 1e-9 for largest in maxima)) / (1 + COUNT)
    return p


@pytest.mark.slow
@pytest.mark.parametrize(("ranked", "test"), [(True, stats.spearmanr), (False, stats.pearsonr)])
def test_it_is_the_loop_over_permutations_pairs_and_scipy(ranked: bool, test) -> None:
    x, y = gappy_matrices(rows=24)
    y[:, 0] = np.round(np.random.default_rng(0).normal(size=24) + x[:, 0] / 2)

    def strength(first: np.ndarray, second: np.ndarray, order: np.ndarray) -> float:
        return abs(test(first, second[order]).statistic) * np.sqrt(len(first) - 1)

    _, p = permuted(x, y, ranked=ranked)

    np.testing.assert_allclose(p[0], by_hand(x, y, strength))
    assert len(np.unique(p[~np.isnan(p)])) > 5


def test_with_covariates_it_is_freedman_and_lanes() -> None:
    random = np.random.default_rng(9)
    given = random.normal(size=(20, 2))
    x = random.normal(size=(20, 3)) + given[:, :1]
    y = random.normal(size=(20, 2)) + 2 * given[:, 1:]
    y[:, 0] += x[:, 0]
    design = sm.add_constant(given)

    def strength(first: np.ndarray, second: np.ndarray, order: np.ndarray) -> float:
        reduced = sm.OLS(second, design).fit()
        made = reduced.fittedvalues + reduced.resid[order]
        rest = [sm.OLS(column, design).fit().resid for column in (first, made)]
        return abs(stats.pearsonr(*rest).statistic) * np.sqrt(len(first) - 3)

    _, p = permuted(x, y, ranked=False, given=given)

    np.testing.assert_allclose(p[0], by_hand(x, y, strength))


def test_all_orders_of_a_single_pair_give_the_exact_p(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = np.array([1.0, 2, 3, 4, 5, 6]), np.array([2.0, 1, 4, 3, 6, 6])
    everyone = np.array(list(permutations(range(6))))
    monkeypatch.setattr(permutation, "shuffles", lambda *_, within: iter([everyone]))

    _, p = permuted(x[:, None], y[:, None], count=720)

    exact = stats.permutation_test(
        (x,), lambda taken: stats.spearmanr(taken, y).statistic, permutation_type="pairings"
    )
    # The add-one estimate counts the observed order twice.
    assert p.item() == pytest.approx((1 + 720 * exact.pvalue) / 721)


def test_families_are_tested_apart_and_a_larger_one_has_larger_p() -> None:
    x, y = gappy_matrices()
    families = np.zeros((3, 9), dtype=bool)
    families[0, [0, 2, 6]], families[1] = True, True

    found, p = permuted(x, y, families=families)
    _, alone = permuted(x[:, [0, 2, 6]], y)

    np.testing.assert_array_equal(p[0][[0, 2, 6]], alone[0])
    assert np.isnan(p[0][[1, 3, 4, 5, 7, 8]]).all()
    assert np.isnan(p[2]).all()
    known = ~np.isnan(p[0])
    assert (p[1][known] >= p[0][known]).all()
    assert (np.isnan(p[1]) == np.isnan(found.r)).all()


def test_the_strongest_has_the_smallest_p_and_a_real_one_the_smallest_possible() -> None:
    x, y = gappy_matrices()

    found, [p] = permuted(x, y)

    assert p[0, 0] == 1 / (COUNT + 1)
    strength = np.abs(found.r) * np.sqrt(found.df + 1)
    order = np.argsort(strength[~np.isnan(p)])
    assert (np.diff(p[~np.isnan(p)][order]) <= 0).all()


def test_progress_is_reported_to_the_end() -> None:
    x, y = gappy_matrices()
    heard: list[tuple[int, int]] = []

    permutation_p(
        spearman(x, y),
        directions(x, y, ranked=True),
        np.ones((1, 9), dtype=bool),
        Permutations(40, 7000, seed=0),
        report=lambda done, total: heard.append((done, total)),
    )

    assert len(heard) > 1
    assert heard == sorted(heard)
    assert heard[-1] == (7000, 7000)


def test_without_permutations_there_is_no_p() -> None:
    _, p = permuted(*gappy_matrices(), count=0)

    assert p.shape == (1, 9, 5)
    assert np.isnan(p).all()


@pytest.mark.parametrize("shape", [(0, 2, 2), (5, 0, 2), (5, 2, 0), (2, 2, 2)])
def test_too_little_to_permute_gives_nothing(shape: tuple[int, int, int]) -> None:
    rows, first, second = shape

    _, p = permuted(np.ones((rows, first)), np.ones((rows, second)))

    assert p.shape == (1, first, second)
    assert np.isnan(p).all()


def test_pairs_that_are_not_tested_are_in_no_family() -> None:
    x, y = gappy_matrices()
    few = spearman(x, y, fewest=35)
    parts = list(directions(x, y, ranked=True))
    families, permutations_ = np.ones((1, 9), dtype=bool), Permutations(len(x), COUNT, SEED)

    [p] = permutation_p(few, parts, families, permutations_)

    assert (np.isnan(p) == np.isnan(few.p)).all()
    assert np.isnan(p[~np.isnan(few.r)]).any()
    # As if the blocks of few rows were not there.
    large = [part for part in parts if len(part.block.rows) >= 35]
    [expected] = permutation_p(spearman(x, y), large, families, permutations_)
    np.testing.assert_array_equal(p, np.where(np.isnan(few.p), np.nan, expected))
    [every] = permutation_p(spearman(x, y), parts, families, permutations_)
    assert (every[~np.isnan(p)] > p[~np.isnan(p)]).any()


def test_within_blocks_rows_keep_to_their_own() -> None:
    blocks = np.array([0, 1, 0, 2, 1, 0, 0, 3, 1, 0])

    [orders] = shuffles(10, 3000, SEED, within=blocks)

    assert (blocks[orders] == blocks).all()
    assert (np.sort(orders, axis=1) == np.arange(10)).all()
    # Each of the orders of three members comes as often as another.
    _, counts = np.unique(orders[:, blocks == 1], axis=0, return_counts=True)
    assert len(counts) == 6
    assert stats.chisquare(counts).pvalue > 0.001


@pytest.mark.slow
def test_blocks_are_those_of_a_loop_in_plain_numpy() -> None:
    random = np.random.default_rng(2)
    blocks = random.integers(0, 3, 24)
    x = random.normal(size=(24, 3)) + 2 * blocks[:, None]
    y = random.normal(size=(24, 2)) + 2 * blocks[:, None]
    y[random.random(24) < 0.2, 1] = np.nan
    found = spearman(x, y)
    count = 4000

    [p] = permutation_p(
        found,
        directions(x, y, ranked=True),
        np.ones((1, 3), dtype=bool),
        Permutations(24, count, SEED, blocks),
    )

    maxima = np.zeros(count)
    for at in range(count):
        order = np.arange(24)
        for block in range(3):
            order[blocks == block] = random.permutation(order[blocks == block])
        for column in range(2):
            taken = y[order, column]
            known = ~np.isnan(taken)
            for feature in x[known].T:
                r = stats.spearmanr(feature, taken[known]).statistic
                maxima[at] = max(maxima[at], abs(r) * np.sqrt(known.sum() - 1))
    strength = np.abs(found.r) * np.sqrt(found.n - 1)
    expected = (1 + (maxima >= strength[..., None] - 1e-9).sum(axis=-1)) / (1 + count)
    np.testing.assert_allclose(p, expected, atol=0.04)
    assert (expected > 0.04).any()
