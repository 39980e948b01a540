import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from lakehouse.statistics.k_means import adjusted_rand, numbered_clusters

CENTRES = np.array([[900, 100], [95, 900], [505, 500], [100, 100], [905, 900], [500, 50.0]])
BY_PLACE = [4, 0, 3, 1, 5, 2]


@pytest.fixture
def clouds() -> np.ndarray:
    """Twelve points about each centre, one centre after the other, with exactly that mean."""
    offsets = np.random.default_rng(3).uniform(-20, 20, (6, 12, 2))
    offsets -= offsets.mean(axis=1, keepdims=True)
    return (CENTRES[:, None, :] + offsets).reshape(-1, 2)


def test_groups_are_numbered_by_x_then_by_y() -> None:
    points = np.array([[9.0, 1.0], [0.0, 5.0], [9.0, 0.0], [0.0, 7.0]])

    assert numbered_clusters(points, k=4, seed=0, starts=10).tolist() == [3, 0, 2, 1]


@pytest.mark.parametrize("seed", [0, 1, 7, 123456])
def test_separate_groups_are_found_and_numbered_alike_for_any_seed(
    clouds: np.ndarray, seed: int
) -> None:
    labels = numbered_clusters(clouds, k=6, seed=seed, starts=10)

    assert labels.reshape(6, 12).tolist() == [[number] * 12 for number in BY_PLACE]


def test_the_order_of_the_points_does_not_matter(clouds: np.ndarray) -> None:
    order = np.random.default_rng(0).permutation(len(clouds))

    shuffled = numbered_clusters(clouds[order], k=6, seed=0, starts=10)

    in_order = numbered_clusters(clouds, k=6, seed=0, starts=10)
    assert (shuffled == in_order[order]).all()


def test_fewer_points_than_groups_are_a_group_each() -> None:
    points = np.array([[5.0, 0.0], [1.0, 0.0]])

    assert numbered_clusters(points, k=6, seed=0, starts=10).tolist() == [1, 0]


def test_points_in_one_place_share_a_group() -> None:
    points = np.array([[5.0, 0.0], [1.0, 0.0], [5.0, 0.0], [5.0, 0.0]])

    assert numbered_clusters(points, k=3, seed=0, starts=10).tolist() == [1, 0, 1, 1]
    assert numbered_clusters(points[[0, 2, 3]], k=3, seed=0, starts=10).tolist() == [0, 0, 0]


def test_no_points_have_no_groups() -> None:
    labels = numbered_clusters(np.empty((0, 2)), k=6, seed=0, starts=10)

    assert labels.shape == (0,)
    assert labels.dtype == np.int32


def test_labels_are_32_bit_integers() -> None:
    assert numbered_clusters(np.zeros((3, 2)), k=2, seed=0, starts=10).dtype == np.int32


@pytest.mark.parametrize("groups", [1, 2, 3, 12])
@pytest.mark.parametrize("others", [1, 2, 5, 40])
def test_groupings_agree_as_scikit_learn_says(groups: int, others: int) -> None:
    random = np.random.default_rng(groups * others)
    for points in (2, 9, 40):
        first, second = random.integers(groups, size=points), random.integers(others, size=points)
        for one, other in ((first, second), (first, first), (first, first.max() - first)):
            assert adjusted_rand(one, other) == adjusted_rand_score(one, other)


def test_no_points_are_grouped_alike() -> None:
    nothing = np.empty(0, dtype=np.intp)
    assert adjusted_rand(nothing, nothing) == 1.0
