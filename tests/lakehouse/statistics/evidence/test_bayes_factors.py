import numpy as np
import pingouin
import pytest
from scipy import integrate, stats

from lakehouse.statistics.evidence.bayes_factors import (
    CAUCHY_SCALE,
    correlation_bayes_factor,
    paired_bayes_factor,
)

R = np.array([0.0, 0.1, -0.3, 0.5, 0.9, -0.99])
T = np.array([0.0, 0.5, -2.0, 4.0, -10.0])


@pytest.mark.parametrize("n", [3, 5, 20, 309])
def test_pingouin_finds_the_same_of_correlations(n: int) -> None:
    found = correlation_bayes_factor(R, np.full(len(R), float(n)))

    theirs = [pingouin.bayesfactor_pearson(r, n) for r in R]
    assert found == pytest.approx(np.log10(theirs), abs=1e-9)


@pytest.mark.parametrize("n", [2, 3, 20, 309, 5000])
def test_pingouin_finds_the_same_of_differences(n: int) -> None:
    found = paired_bayes_factor(T, np.full(len(T), float(n)))

    theirs = [pingouin.bayesfactor_ttest(t, n, paired=True, r=CAUCHY_SCALE) for t in T]
    assert found == pytest.approx(np.log10(theirs), abs=1e-6)


@pytest.mark.parametrize("t", [0.3, 2.5])
def test_of_differences_it_is_the_likelihood_averaged_over_the_prior(t: float) -> None:
    n = 25

    def weighed(effect: float) -> float:
        prior = stats.cauchy.pdf(effect, scale=CAUCHY_SCALE)
        return float(stats.nct.pdf(t, n - 1, effect * np.sqrt(n)) * prior)

    average, _ = integrate.quad(weighed, -8, 8, limit=200)
    [found] = paired_bayes_factor(np.array([t]), np.array([float(n)]))
    assert 10**found == pytest.approx(average / stats.t.pdf(t, n - 1), rel=1e-4)


def test_enormous_ones_are_given_by_their_logarithm() -> None:
    [of_r] = correlation_bayes_factor(np.array([0.999]), np.array([5000.0]))
    [of_t] = paired_bayes_factor(np.array([900.0]), np.array([5000.0]))

    assert 5000 < of_r < 10_000
    assert 1000 < of_t < 10_000


def test_without_a_test_there_is_none() -> None:
    r, n = np.array([0.1, 1.0, np.nan]), np.array([2.0, 10.0, 10.0])

    assert np.isnan(correlation_bayes_factor(r, n)).all()
    assert np.isnan(paired_bayes_factor(np.array([1.0, np.nan]), np.array([1.0, 9.0]))).all()
