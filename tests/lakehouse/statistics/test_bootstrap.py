import numpy as np
import pytest

from lakehouse.statistics import bootstrap
from lakehouse.statistics.bootstrap import Samples, percentile_interval, resample_counts


def counts_of(n: int, count: int, seed: int) -> np.ndarray:
    return np.concatenate(list(resample_counts(n, count, seed)))


def test_a_sample_has_as_many_as_there_are_to_draw_from() -> None:
    drawn = list(resample_counts(300, 1000, seed=3))

    assert len(drawn) > 1
    counts = np.concatenate(drawn)
    assert counts.shape == (1000, 300)
    assert (counts.sum(axis=1) == 300).all()
    # Each is left out of a sample with probability (1 - 1/n)ⁿ, about 1/e.
    assert (counts == 0).mean() == pytest.approx((1 - 1 / 300) ** 300, abs=0.005)


def test_the_seed_decides_the_samples_and_fewer_are_the_first_of_more() -> None:
    assert (counts_of(20, 50, 1) == counts_of(20, 50, 1)).all()
    assert (counts_of(20, 50, 1) != counts_of(20, 50, 2)).any()
    assert (counts_of(2000, 40, 5) == counts_of(2000, 200, 5)[:40]).all()


def test_samples_are_drawn_once_for_all_of_a_size_that_follow_each_other() -> None:
    samples = Samples(50, seed=1)

    first, again = samples.of(20), samples.of(20)
    assert again is first
    for n in (7, 20):
        np.testing.assert_equal(np.concatenate(list(samples.of(n))), counts_of(n, 50, 1))


def test_samples_that_take_much_memory_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "_KEPT_ENTRIES", 999)
    samples = Samples(50, seed=1)

    assert samples.of(20) is not samples.of(20)
    np.testing.assert_equal(np.concatenate(list(samples.of(20))), counts_of(20, 50, 1))


@pytest.mark.parametrize(("n", "count"), [(0, 5), (5, 0)])
def test_nothing_is_drawn_from_nothing_or_no_times(n: int, count: int) -> None:
    assert list(resample_counts(n, count, seed=0)) == []


def test_the_interval_leaves_out_the_ends_and_samples_without_a_statistic() -> None:
    values = np.random.default_rng(0).normal(size=(200, 3))
    values[::7, 1] = np.nan
    values[:, 2] = np.nan

    low, high = percentile_interval(values)

    known = values[~np.isnan(values[:, 1]), 1]
    np.testing.assert_allclose(
        low[:2], [np.percentile(column, 2.5) for column in (values[:, 0], known)]
    )
    np.testing.assert_allclose(
        high[:2], [np.percentile(column, 97.5) for column in (values[:, 0], known)]
    )
    assert np.isnan([low[2], high[2]]).all()


def test_no_samples_give_no_interval() -> None:
    assert np.isnan(percentile_interval(np.empty((0, 2)))).all()
