import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import TTestPower

from lakehouse.statistics.evidence.detectable import detectable_correlation, detectable_difference


@pytest.mark.parametrize(("n", "tests"), [(10, 1), (20, 42), (309, 42)])
def test_statsmodels_finds_the_same_difference(n: int, tests: int) -> None:
    [found] = detectable_difference(np.array([float(n)]), np.array([float(tests)]))

    theirs = TTestPower().solve_power(nobs=n, alpha=0.05 / tests, power=0.8)
    assert found == pytest.approx(theirs, abs=1e-6)


def test_in_80_of_100_samples_the_correlation_is_found() -> None:
    [rho] = detectable_correlation(np.array([100.0]), np.array([540.0]))
    random = np.random.default_rng(3)
    x = random.normal(size=(10_000, 100))
    y = rho * x + np.sqrt(1 - rho**2) * random.normal(size=x.shape)
    r = (stats.zscore(x, axis=1) * stats.zscore(y, axis=1)).mean(axis=1)

    p = 2 * stats.t.sf(np.abs(r) * np.sqrt(98 / (1 - r**2)), 98)

    assert (p < 0.05 / 540).mean() == pytest.approx(0.8, abs=0.03)


def test_of_the_study_s_size() -> None:
    found = detectable_correlation(np.array([309.0, 309.0]), np.array([1.0, 540.0]))

    assert found == pytest.approx([0.159, 0.265], abs=0.001)


def test_without_a_test_nothing_could_be_detected() -> None:
    n, tests = np.array([3.0, 50.0]), np.array([10.0, 0.0])

    assert np.isnan(detectable_correlation(n, tests)).all()
    assert np.isnan(detectable_difference(np.array([1.0, 50.0]), tests)).all()
