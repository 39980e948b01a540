"""The sign-flip test, against one flip after the other."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from lakehouse.statistics import sign_flips as module
from lakehouse.statistics.sign_flips import flipped, sign_flip_p, sign_flips

COUNT, SEED = 80, 5


def gappy_maps(rows: int = 14) -> np.ndarray:
    """Two maps of five points, the second with gaps, a constant point and one of nobody."""
    random = np.random.default_rng(2)
    maps = random.normal(size=(rows, 2, 5)) + random.normal(size=(rows, 1, 1))
    maps[:, 0, 0] += 3
    maps[:, 0, 1] += 0.6
    maps[:5, 1] = np.nan
    maps[:, 1, 2] = 0.25
    maps[:, 1, 3] = np.nan
    maps[:, 1, 4] = np.round(maps[:, 1, 4])
    return maps


def strength(values: np.ndarray) -> float:
    return abs(values.sum()) / np.sqrt((values**2).sum())


def test_it_is_the_loop_over_flips_and_points() -> None:
    maps = gappy_maps()
    columns = {
        (number, point): np.flatnonzero(~np.isnan(maps[:, number, point]))
        for number in range(2)
        for point in range(5)
        if (number, point) not in {(1, 2), (1, 3)}
    }
    maxima = []
    for signs in np.concatenate(list(sign_flips(len(maps), COUNT, SEED))):
        turned = maps * signs[:, None, None]
        of_columns = {key: strength(turned[rows, *key]) for key, rows in columns.items()}
        maxima.append(
            [max(value for key, value in of_columns.items() if key[0] == map_) for map_ in range(2)]
        )
    largest = np.array(maxima)
    expected = np.full((2, 2, 5), np.nan)
    for key, rows in columns.items():
        observed = strength(maps[rows, *key]) * (1 - 1e-9)
        expected[0][key] = (1 + (largest[:, key[0]] >= observed).sum()) / (1 + COUNT)
        expected[1][key] = (1 + (largest.max(axis=1) >= observed).sum()) / (1 + COUNT)

    found = sign_flip_p(*flipped(maps, count=COUNT, seed=SEED))

    np.testing.assert_allclose(found, expected)
    assert len(np.unique(expected[~np.isnan(expected)])) > 5


def test_among_complete_points_it_is_max_t() -> None:
    maps = gappy_maps()[:, :1]
    maxima = [
        np.abs(stats.ttest_1samp(maps[:, 0] * signs[:, None], 0).statistic).max()
        for signs in np.concatenate(list(sign_flips(len(maps), COUNT, SEED)))
    ]
    observed = np.abs(stats.ttest_1samp(maps[:, 0], 0).statistic)

    [of_map], _ = sign_flip_p(*flipped(maps, count=COUNT, seed=SEED))

    reached = np.array(maxima)[:, None] >= observed * (1 - 1e-9)
    np.testing.assert_allclose(of_map, (1 + reached.sum(axis=0)) / (1 + COUNT))


def test_all_flips_of_a_single_point_give_the_exact_p(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.array([0.5, 2.0, -1.0, 3.0, 1.0, 1.0, -0.5])
    everyone = np.array(list(product([-1.0, 1.0], repeat=7)))
    monkeypatch.setattr(module, "sign_flips", lambda *_: iter([everyone]))

    of_map, of_all = sign_flip_p(*flipped(values[:, None, None], count=128, seed=0))

    exact = stats.permutation_test((values,), np.mean, permutation_type="samples")
    # The add-one estimate counts the observed signs twice.
    assert of_map.item() == of_all.item() == pytest.approx((1 + 128 * exact.pvalue) / 129)


def test_a_larger_family_has_larger_p_and_a_real_difference_the_smallest() -> None:
    of_map, of_all = sign_flip_p(*flipped(gappy_maps(), count=COUNT, seed=SEED))

    known = ~np.isnan(of_map)
    assert (of_all[known] >= of_map[known]).all()
    assert (of_all[known] > of_map[known]).any()
    assert of_all[0, 0] == of_map[0, 0] == 1 / (COUNT + 1)


def test_under_the_null_one_map_in_twenty_has_a_false_alarm() -> None:
    random = np.random.default_rng(0)
    alarms = 0
    for seed in range(300):
        strengths = flipped(random.normal(size=(15, 1, 30)), count=99, seed=seed)
        alarms += (sign_flip_p(*strengths)[0] <= 0.05).any()

    low, high = stats.binom.interval(0.999, 300, 0.05)
    assert low <= alarms <= high


def test_the_seed_decides_and_fewer_flips_are_the_first_of_more() -> None:
    few, many, other = (
        np.concatenate(list(sign_flips(700, *args))) for args in ((30, 1), (500, 1), (30, 2))
    )

    assert (few == many[:30]).all()
    assert (few != other).any()
    assert set(np.unique(many)) == {-1.0, 1.0}


def test_progress_is_reported_to_the_end() -> None:
    heard: list[tuple[int, int]] = []

    flipped(
        np.random.default_rng(0).normal(size=(40, 1, 2)),
        count=7000,
        seed=0,
        report=lambda done, total: heard.append((done, total)),
    )

    assert len(heard) > 1
    assert heard == sorted(heard)
    assert heard[-1] == (7000, 7000)


@pytest.mark.parametrize("shape", [(0, 1, 2), (5, 0, 2), (5, 2, 0), (1, 2, 2)])
def test_too_little_to_flip_gives_nothing(shape: tuple[int, int, int]) -> None:
    for p in sign_flip_p(*flipped(np.ones(shape), count=9, seed=0)):
        assert p.shape == shape[1:]
        assert np.isnan(p).all()


def test_without_flips_there_is_no_p() -> None:
    assert np.isnan(sign_flip_p(*flipped(gappy_maps(), count=0, seed=0))).all()


@pytest.mark.parametrize("apart", [1.0, 1e-9, 0.0])
def test_maxima_are_those_of_double_precision(apart: float) -> None:
    """Also where points are so alike that single precision cannot tell which is the largest."""
    random = np.random.default_rng(5)
    maps = random.normal(size=(40, 2, 1)) + apart * random.normal(size=(40, 2, 30))
    maps[:, 1, :7] = 0.0

    _, maxima = flipped(maps, count=COUNT, seed=SEED)

    length = np.sqrt((maps**2).sum(axis=0))
    scaled = maps / np.where(length > 0, length, 1.0)
    signs = np.concatenate(list(sign_flips(40, COUNT, SEED)))
    sums = np.abs(np.einsum("sn,nmp->msp", signs, scaled))
    np.testing.assert_allclose(maxima, sums.max(axis=2), rtol=1e-12)
