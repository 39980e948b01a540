import math

import numpy as np
import pingouin
import pytest
from scipy import stats

from lakehouse.statistics.intervals import pearson_interval, spearman_interval


def one(interval, r: float, df: int) -> tuple[float, float]:
    low, high = interval(np.array([r]), np.array([df], dtype=np.int32))
    return low.item(), high.item()


@pytest.mark.parametrize("rows", [4, 5, 24, 309])
def test_pearsons_interval_is_scipys_and_pingouins(rows: int) -> None:
    random = np.random.default_rng(rows)
    x = random.normal(size=rows)
    y = 0.3 * x + random.normal(size=rows)
    found = stats.pearsonr(x, y)

    interval = one(pearson_interval, found.statistic, rows - 2)

    assert interval == pytest.approx(tuple(found.confidence_interval()))
    if rows > 4:
        expected = pingouin.compute_esci(found.statistic, rows, rows, eftype="r", decimals=9)
        assert interval == pytest.approx(tuple(expected), abs=1e-8)


def test_the_papers_best_correlation_is_known_no_better_than_this() -> None:
    assert one(pearson_interval, 0.2244339895379587, 307) == pytest.approx((0.115, 0.328), abs=1e-3)


def test_spearmans_interval_by_hand() -> None:
    r, n = 0.2122881902011349, 309
    half = 1.959963984540054 * math.sqrt((1 + r * r / 2) / (n - 3))

    expected = (math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half))
    assert one(spearman_interval, r, n - 2) == pytest.approx(expected)


def test_spearmans_interval_holds_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(8)
    truth = 6 / np.pi * np.arcsin(0.6 / 2)  # of ranks, where Pearson's is 0.6
    first = random.normal(size=(4000, 60))
    second = 0.6 * first + 0.8 * random.normal(size=(4000, 60))
    ranks = [stats.rankdata(side, axis=1) for side in (first, second)]
    r = np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(*ranks, strict=True)])

    low, high = spearman_interval(r, np.full(4000, 58, dtype=np.int32))

    assert ((low < truth) & (truth < high)).mean() == pytest.approx(0.95, abs=0.012)


@pytest.mark.parametrize("interval", [pearson_interval, spearman_interval])
def test_a_single_degree_of_freedom_excludes_nothing(interval) -> None:
    assert one(interval, 0.9, 1) == (-1.0, 1.0)
    assert one(interval, 1.0, 1) == (-1.0, 1.0)


@pytest.mark.parametrize("interval", [pearson_interval, spearman_interval])
def test_perfect_correlation_is_its_own_interval_and_none_has_none(interval) -> None:
    assert one(interval, -1.0, 10) == (-1.0, -1.0)
    assert np.isnan(one(interval, np.nan, 10)).all()
    assert np.isnan(one(interval, np.nan, 0)).all()


@pytest.mark.parametrize("interval", [pearson_interval, spearman_interval])
def test_the_interval_holds_the_correlation_and_covariates_widen_it(interval) -> None:
    for r in (-0.95, -0.2, 0.0, 0.4, 0.99):
        low, high = one(interval, r, 20)
        wider_low, wider_high = one(interval, r, 17)

        assert -1 < wider_low < low < r < high < wider_high < 1
