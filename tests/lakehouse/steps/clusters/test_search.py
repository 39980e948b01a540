"""How well groups were looked for, against scikit-learn, start by start."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from lakehouse.steps.clusters.search import searched

POINTS = np.random.default_rng(4).uniform(0, (1200, 1500), (77, 2))


@pytest.mark.parametrize(("starts", "seeds"), [(10, 50), (200, 8), (400, 5)])
def test_so_many_seeds_that_there_are_1500_starts(starts: int, seeds: int) -> None:
    found = searched(POINTS, k=3, seed=0, starts=starts).columns()

    assert (found["seeds"], found["starts"]) == (seeds, seeds * starts)


@pytest.mark.slow
def test_columns_are_those_of_scikit_learn_start_by_start() -> None:
    k, starts, seed = 6, 30, 2**32 - 3
    found = searched(POINTS, k=k, seed=seed, starts=starts).columns()

    # The seeds after the largest begin again at 0.
    seeds = [(seed + more) % 2**32 for more in range(50)]
    ends = []
    for each in seeds:
        state = np.random.RandomState(each)
        one_by_one = [KMeans(k, random_state=state, n_init=1).fit(POINTS) for _ in range(starts)]
        ends.append([fit.inertia_ for fit in one_by_one])
    groups = [KMeans(k, random_state=each, n_init=starts).fit(POINTS).labels_ for each in seeds]
    alike = [adjusted_rand_score(groups[0], other) for other in groups[1:]]
    best = np.min(ends)
    assert found["inertia"] == pytest.approx(np.min(ends[0]))
    assert found["best_inertia"] == pytest.approx(best)
    assert found["starts_at_best"] == np.isclose(ends, best, rtol=1e-9).mean()
    assert 0 < found["starts_at_best"] < 0.5
    assert found["seed_agreement"] == pytest.approx(np.mean(alike))
    assert found["seed_agreement_low"] == pytest.approx(min(alike))
    assert found["seed_agreement_low"] < 1


def test_with_more_starts_the_seed_matters_less() -> None:
    few = searched(POINTS, k=6, seed=1, starts=1).columns()
    many = searched(POINTS, k=6, seed=0, starts=300).columns()

    assert many["inertia"] == pytest.approx(many["best_inertia"])
    assert few["inertia"] > 1.001 * many["inertia"]
    assert few["seed_agreement"] < 0.9
    assert many["seed_agreement_low"] == 1


def test_heaps_are_found_by_every_start() -> None:
    heaps = np.repeat([[0.0, 0.0], [0.0, 900.0], [900.0, 0.0]], 9, axis=0)
    heaps += np.random.default_rng(0).normal(0, 1, heaps.shape)
    found = searched(heaps, k=3, seed=0, starts=300).columns()

    assert found["inertia"] == found["best_inertia"]
    assert (found["starts_at_best"], found["seed_agreement"]) == (1, 1)
