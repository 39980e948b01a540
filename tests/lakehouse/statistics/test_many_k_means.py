"""Many sets of points grouped at once, against scikit-learn, set by set and start by start."""

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from lakehouse.statistics import many_k_means
from lakehouse.statistics.many_k_means import Grouped, clusters_of_many

STARTS = 10


def each_start(points: np.ndarray, k: int, seed: int, starts: int) -> list[float]:
    """Inertia of every start: scikit-learn draws the numbers of one after those of another."""
    state = np.random.RandomState(seed)
    return [KMeans(k, random_state=state, n_init=1).fit(points).inertia_ for _ in range(starts)]


def assert_same_groups(
    sets: Sequence[np.ndarray], k: int, seed: int, starts: int = STARTS
) -> list[Grouped]:
    found = clusters_of_many(sets, k=k, seed=seed, starts=starts)
    assert [grouped.labels.shape for grouped in found] == [(len(points),) for points in sets]
    for points, grouped in zip(sets, found, strict=True):
        fitted = KMeans(k, random_state=seed, n_init=starts).fit(points)
        assert adjusted_rand_score(fitted.labels_, grouped.labels) == 1.0
        assert grouped.inertia.min() == pytest.approx(fitted.inertia_, rel=1e-9, abs=1e-9)
        ends = each_start(points, k, seed, starts)
        np.testing.assert_allclose(grouped.inertia, ends, rtol=1e-9, atol=1e-9)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 5])
@pytest.mark.parametrize("k", [1, 2, 5, 12])
def test_the_groups_are_those_of_scikit_learn(k: int, seed: int) -> None:
    random = np.random.default_rng(k)
    sizes = [12, 13, 40, 90]
    assert_same_groups([random.uniform(0, (300, 100), (n, 2)) for n in sizes], k, seed)
    assert_same_groups([random.normal(500, 90, (n, 2)) for n in sizes], k, seed)


@pytest.mark.parametrize("k", [2, 6])
def test_so_many_starts_that_they_are_made_by_and_by(
    k: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = np.random.default_rng(3).uniform(0, (300, 400), (77, 2))
    together = assert_same_groups([points], k, 0, starts=60)
    # Room for seven starts.
    monkeypatch.setattr(many_k_means, "_ENTRIES", 77 * k * 7)
    by_and_by = assert_same_groups([points], k, 0, starts=60)
    np.testing.assert_array_equal(together[0].inertia, by_and_by[0].inertia)
    np.testing.assert_array_equal(together[0].labels, by_and_by[0].labels)


def test_what_rounding_would_decide_is_left_to_scikit_learn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    own = many_k_means.kmeans_plusplus

    def noted(points: np.ndarray, *numbers: int, **options: object) -> object:
        asked.append(len(points))
        return own(points, *numbers, **options)

    monkeypatch.setattr(many_k_means, "kmeans_plusplus", noted)
    # Each of a pair far from all others is as good a centre as the other.
    pair = np.array([[1000.0, 0.0], [1003.0, 0.0]])
    others = np.random.default_rng(0).uniform(0, 50, (20, 2))
    assert_same_groups([np.vstack([others, pair]), others], 2, 0)
    assert set(asked) == {22}
    monkeypatch.setattr(many_k_means, "_ENTRIES", 22 * 2 * 3)
    assert_same_groups([np.vstack([others, pair])], 2, 0)


def test_groups_that_lose_all_their_points_are_left_to_scikit_learn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Points in the plane hardly ever leave a centre that began at one of them.
    settled = many_k_means._settled

    def emptied(*lanes: object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        labels, inertia, flags = settled(*lanes)
        return np.zeros_like(labels), np.zeros_like(inertia), np.ones_like(flags)

    monkeypatch.setattr(many_k_means, "_settled", emptied)
    random = np.random.default_rng(1)
    assert_same_groups([random.uniform(0, 90, (n, 2)) for n in (12, 30)], 5, 0)


def test_points_in_one_place_and_as_many_groups_as_places() -> None:
    places = np.array([[0.0, 0.0], [9.0, 1.0], [4.0, 30.0]])
    assert_same_groups([places.repeat([4, 1, 2], axis=0), places], 3, 0)


def test_no_sets_have_no_groups() -> None:
    assert clusters_of_many([], k=3, seed=0, starts=STARTS) == []
