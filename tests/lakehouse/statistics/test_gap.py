"""The gap statistic, against sums over all pairs, and on clouds whose groups are known."""

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.cluster import KMeans

from lakehouse.statistics.gap import Gaps, gap_statistic
from lakehouse.statistics.k_means import numbered_clusters


def pooled(points: np.ndarray, labels: np.ndarray) -> float:
    """W as the paper defines it: of each group the squares of all pairs over twice its size."""
    total = 0.0
    for group in np.unique(labels):
        own = points[labels == group]
        total += ((own[:, None] - own[None]) ** 2).sum() / (2 * len(own))
    return total


def grouped(sets: Sequence[np.ndarray], k: int) -> list[np.ndarray]:
    return [numbered_clusters(each, k=k, seed=0, starts=10) for each in sets]


def gaps_of(points: np.ndarray, most: int, references: int = 15) -> Gaps:
    labels = [numbered_clusters(points, k=k, seed=0, starts=10) for k in range(1, most + 1)]
    random = np.random.default_rng(7)
    return gap_statistic(
        points, labels, references=references, grouping=grouped, random=random, drawn=lambda: None
    )


def heaps(number: int, *, apart: float) -> np.ndarray:
    random = np.random.default_rng(1)
    angle = 2 * np.pi * np.arange(number) / number
    centres = apart * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return (centres[:, None] + random.normal(0, 1, (number, 20, 2))).reshape(-1, 2)


def test_it_is_the_mean_log_of_w_in_clouds_less_that_of_the_points() -> None:
    points = heaps(3, apart=4.0) @ np.array([[1.0, 0.4], [-0.3, 2.0]])
    found = gaps_of(points, 5, references=6)

    # The box along the principal axes, from the eigenvectors of the covariance.
    values, axes = np.linalg.eigh(np.cov(points.T))
    axes = axes[:, np.argsort(-values)]
    turned = (points - points.mean(axis=0)) @ axes
    random = np.random.default_rng(7)
    logs = np.empty((6, 5))
    # An axis may point either way: put it the way in which the singular vectors have it.
    _, _, singular = np.linalg.svd(points - points.mean(axis=0))
    turned *= np.sign((axes * singular.T).sum(axis=0))
    for row in logs:
        cloud = random.uniform(turned.min(axis=0), turned.max(axis=0), points.shape)
        for k in range(1, 6):
            fitted = KMeans(k, random_state=0, n_init=10).fit(cloud)
            row[k - 1] = np.log(pooled(cloud, fitted.labels_))
    observed = [
        np.log(pooled(points, KMeans(k, random_state=0, n_init=10).fit(points).labels_))
        for k in range(1, 6)
    ]
    np.testing.assert_allclose(found.gap, logs.mean(axis=0) - observed, rtol=1e-9)
    np.testing.assert_allclose(found.se, logs.std(axis=0) * np.sqrt(7 / 6), rtol=1e-9)


@pytest.mark.parametrize("number", [2, 3])
def test_heaps_are_counted(number: int) -> None:
    assert gaps_of(heaps(number, apart=20.0), 5).chosen == number


def test_the_gap_is_largest_for_the_number_of_heaps_even_where_the_rule_stops_before() -> None:
    # Two or three of five heaps in one group are no tighter than an even cloud cut in two.
    found = gaps_of(heaps(5, apart=20.0), 7)
    assert found.gap.argmax() + 1 == 5
    assert found.chosen == 1


def test_an_even_cloud_is_one_group() -> None:
    cloud = np.random.default_rng(2).uniform(0, 1, (120, 2)) * (300, 100)
    assert gaps_of(cloud, 5).chosen == 1


def test_where_every_group_more_is_worth_it_none_is_chosen() -> None:
    assert gaps_of(heaps(9, apart=60.0), 4).chosen in (None, 1)
    rising = Gaps(np.array([0.0, 1.0, 2.0]), np.full(3, 0.1))
    assert rising.chosen is None


def test_without_clouds_there_is_none() -> None:
    found = gaps_of(heaps(2, apart=5.0), 3, references=0)
    assert np.isnan(found.gap).all()
    assert np.isnan(found.se).all()
