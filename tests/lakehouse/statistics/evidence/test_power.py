import numpy as np
import pytest

from lakehouse.statistics.evidence.power import Method, correlation_power, detectable


def simulated(r: float, n: int, level: float, *, one_sided: bool) -> float:
    """Share of 20,000 samples of normal variables in which Fisher's test finds a correlation."""
    random = np.random.default_rng(5)
    x = random.normal(size=(20_000, n))
    y = r * x + np.sqrt(1 - r**2) * random.normal(size=x.shape)
    x, y = (each - each.mean(axis=1, keepdims=True) for each in (x, y))
    found = (x * y).sum(axis=1) / np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
    z = np.arctanh(found) * np.sqrt(n - 3)
    critical = {(0.05, False): 1.959964, (0.001, True): 3.090232}[level, one_sided]
    return float(np.mean(z > critical if one_sided else np.abs(z) > critical))


@pytest.mark.parametrize(
    ("r", "n", "level", "one_sided"),
    [(0.0, 30, 0.05, False), (0.2, 50, 0.05, False), (0.4, 60, 0.001, True)],
)
def test_power_is_the_share_of_samples_in_which_it_is_found(
    r: float, n: int, level: float, one_sided: bool
) -> None:
    power = correlation_power(np.array([r]), n, level, one_sided=one_sided)

    assert power == pytest.approx(simulated(r, n, level, one_sided=one_sided), abs=0.015)


def test_a_textbook_sample_size_has_the_power_it_was_chosen_for() -> None:
    # Cohen (1988), table 3.4.1: 85 pairs for r = 0.30 at 0.05 two-sided and 0.80.
    assert correlation_power(np.array([0.3]), 85, 0.05) == pytest.approx(0.80, abs=0.01)


@pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
@pytest.mark.parametrize("one_sided", [True, False])
def test_what_is_detectable_is_found_with_that_chance(method: Method, one_sided: bool) -> None:
    r = detectable(309, 0.05 / 540, 0.8, method=method, one_sided=one_sided)

    power = correlation_power(np.array([r]), 309, 0.05 / 540, method=method, one_sided=one_sided)
    assert power == pytest.approx(0.8, abs=1e-9)


def test_ranks_find_less_and_too_few_pairs_nothing() -> None:
    assert detectable(50, 0.05, 0.8) < detectable(50, 0.05, 0.8, method="spearman")
    assert np.isnan(detectable(3, 0.05, 0.8))
    assert np.isnan(correlation_power(np.array([0.5]), 4, 0.05, method="kendall")).all()
