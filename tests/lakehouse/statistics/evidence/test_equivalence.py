import numpy as np
import pytest
from scipy import stats

from lakehouse.statistics.evidence.equivalence import (
    paired_equivalence,
    pearson_equivalence,
    spearman_equivalence,
)

R = np.array([0.0, 0.05, -0.05, 0.2, -0.31, 0.9, 1.0, -1.0])


@pytest.mark.parametrize("n", [4, 20, 309])
@pytest.mark.parametrize("bound", [0.1, 0.3])
def test_p_is_below_5_percent_where_the_90_percent_interval_lies_within(
    n: int, bound: float
) -> None:
    for test, variance in (
        (pearson_equivalence, np.ones_like(R)),
        (spearman_equivalence, 1 + R**2 / 2),
    ):
        p = test(R, np.full(len(R), float(n)), bound)

        with np.errstate(divide="ignore"):
            z = np.arctanh(R)
        half = stats.norm.ppf(0.95) * np.sqrt(variance / (n - 3))
        inside = (np.tanh(z - half) > -bound) & (np.tanh(z + half) < bound)
        assert ((p < 0.05) == inside).all()
        # No matter which way the correlation goes.
        assert test(-R, np.full(len(R), float(n)), bound) == pytest.approx(p)


def test_at_the_bound_one_of_twenty_is_taken_for_smaller() -> None:
    random = np.random.default_rng(0)
    x = random.normal(size=(20_000, 60))
    y = 0.3 * x + np.sqrt(1 - 0.09) * random.normal(size=x.shape)
    r = (stats.zscore(x, axis=1) * stats.zscore(y, axis=1)).mean(axis=1)

    p = pearson_equivalence(r, np.full(len(r), 60.0), 0.3)

    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.01)


def test_of_differences_it_is_exact_also_in_small_samples() -> None:
    random = np.random.default_rng(1)
    differences = random.normal(1.2, 1, size=(20_000, 8))
    t = differences.mean(axis=1) / differences.std(axis=1, ddof=1) * np.sqrt(8)

    p = paired_equivalence(t, np.full(len(t), 8.0), 1.2)

    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.006)


@pytest.mark.parametrize("n", [2, 20, 309])
def test_of_differences_it_is_the_larger_tail_of_noncentral_t(n: int) -> None:
    t = np.array([0.0, 0.5, -2.0, 6.0])

    p = paired_equivalence(t, np.full(4, float(n)), 0.4)

    shift = 0.4 * np.sqrt(n)
    upper, lower = stats.nct.cdf(t, n - 1, shift), stats.nct.sf(t, n - 1, -shift)
    assert p == pytest.approx(np.maximum(upper, lower), rel=1e-6, abs=1e-9)


def test_what_is_not_there_is_not_tested() -> None:
    r, n = np.array([0.1, np.nan, 0.1]), np.array([3.0, 50.0, 50.0])

    assert np.isnan(pearson_equivalence(r, n, 0.2)).tolist() == [True, True, False]
    assert np.isnan(spearman_equivalence(r, n, np.nan)).all()
    assert np.isnan(paired_equivalence(np.array([1.0, np.nan]), np.array([1.0, 9.0]), 0.2)).all()
