"""Many sets of points grouped at once, against scikit-learn, set by set."""

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from lakehouse.statistics import many_k_means
from lakehouse.statistics.many_k_means import clusters_of_many


def by_scikit_learn(points: np.ndarray, k: int, seed: int) -> np.ndarray:
    return KMeans(k, random_state=seed, n_init=10).fit_predict(points)


def assert_same_groups(sets: Sequence[np.ndarray], k: int, seed: int) -> None:
    found = clusters_of_many(sets, k=k, seed=seed)
    assert [labels.shape for labels in found] == [(len(points),) for points in sets]
    for points, labels in zip(sets, found, strict=True):
        assert adjusted_rand_score(by_scikit_learn(points, k, seed), labels) == 1.0


@pytest.mark.parametrize("seed", [0, 5])
@pytest.mark.parametrize("k", [1, 2, 5, 12])
def test_the_groups_are_those_of_scikit_learn(k: int, seed: int) -> None:
    random = np.random.default_rng(k)
    sizes = [12, 13, 40, 90]
    assert_same_groups([random.uniform(0, (300, 100), (n, 2)) for n in sizes], k, seed)
    assert_same_groups([random.normal(500, 90, (n, 2)) for n in sizes], k, seed)


def test_what_rounding_would_decide_is_left_to_scikit_learn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    class Noted(KMeans):
        def fit(self, points: np.ndarray) -> KMeans:
            asked.append(len(points))
            return super().fit(points)

    monkeypatch.setattr(many_k_means, "KMeans", Noted)
    # Each of a pair far from all others is as good a centre as the other.
    pair = np.array([[1000.0, 0.0], [1003.0, 0.0]])
    others = np.random.default_rng(0).uniform(0, 50, (20, 2))
    assert_same_groups([np.vstack([others, pair]), others], 2, 0)
    assert asked == [22]


def test_points_in_one_place_and_as_many_groups_as_places() -> None:
    places = np.array([[0.0, 0.0], [9.0, 1.0], [4.0, 30.0]])
    assert_same_groups([places.repeat([4, 1, 2], axis=0), places], 3, 0)


def test_no_sets_have_no_groups() -> None:
    assert clusters_of_many([], k=3, seed=0) == []
