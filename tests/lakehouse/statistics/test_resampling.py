from itertools import pairwise, permutations

import numpy as np
import pytest

from lakehouse.statistics.resampling import among, familywise_p, shuffles


def test_shuffles_are_orders_and_as_many_as_asked_for() -> None:
    drawn = list(shuffles(300, 1000, seed=3))

    assert len(drawn) > 1
    orders = np.concatenate(drawn)
    assert orders.shape == (1000, 300)
    assert (np.sort(orders, axis=1) == np.arange(300)).all()


def test_the_seed_decides_the_shuffles() -> None:
    first, again, other = (np.concatenate(list(shuffles(20, 50, seed))) for seed in (1, 1, 2))

    assert (first == again).all()
    assert (first != other).any()


def test_fewer_shuffles_are_the_first_of_more() -> None:
    few, many = (np.concatenate(list(shuffles(2000, count, 5))) for count in (40, 200))

    assert (few == many[:40]).all()


def test_nothing_is_shuffled_no_times() -> None:
    assert list(shuffles(5, 0, seed=0)) == []
    assert np.concatenate(list(shuffles(0, 3, seed=0))).shape == (3, 0)


def test_the_next_along_the_cycle_stands_in_for_who_is_left_out() -> None:
    # 0 gets the value of 2, 2 that of 3, 3 that of 0; 1 and 4 exchange theirs.
    orders = np.array([[2, 4, 3, 0, 1]])

    assert among(orders, np.arange(5)).tolist() == orders.tolist()
    # Without 2: 0 gets the value that 2 would have, that of 3. Places among (0, 1, 3, 4).
    assert among(orders, np.array([0, 1, 3, 4])).tolist() == [[2, 3, 0, 1]]
    # Without 2 and 3, 0 keeps its own.
    assert among(orders, np.array([0, 1, 4])).tolist() == [[0, 2, 1]]
    assert among(orders, np.array([], dtype=int)).tolist() == [[]]


@pytest.mark.parametrize("members", [(0, 1, 3), (2, 4), (1, 2, 3, 4)])
def test_orders_of_some_are_all_equally_likely(members: tuple[int, ...]) -> None:
    everyone = np.array(list(permutations(range(5))))

    found, counts = np.unique(among(everyone, np.array(members)), axis=0, return_counts=True)

    assert len(found) == len(list(permutations(members)))
    assert len(set(counts)) == 1


def test_values_stay_together_wherever_both_are_among_the_members() -> None:
    [orders] = shuffles(40, 200, seed=0)
    few, more = np.arange(30), np.arange(35)

    from_few, from_more = few[among(orders, few)], more[among(orders, more)][:, :30]

    known_to_both = from_more < 30
    assert (from_few == from_more)[known_to_both].all()
    assert known_to_both.mean() > 0.8


def test_the_family_counts_the_data_as_one_of_the_arrangements() -> None:
    maxima = np.array([3.0, 1.0, 2.0, 4.0])

    p = familywise_p(np.array([[5.0, 3.0], [0.5, np.nan]]), maxima)

    np.testing.assert_allclose(p, [[1 / 5, 3 / 5], [1.0, np.nan]])


def test_a_statistic_that_is_equal_but_for_rounding_is_reached() -> None:
    assert familywise_p(np.array([0.1 + 0.2]), np.array([0.3])) == [1.0]


def test_the_stronger_has_the_smaller_p() -> None:
    random = np.random.default_rng(0)
    observed = np.sort(random.normal(size=20))

    p = familywise_p(observed, random.normal(size=99))

    assert all(stronger <= weaker for weaker, stronger in pairwise(p))


def test_without_resamples_there_is_no_p() -> None:
    assert np.isnan(familywise_p(np.array([1.0, 2.0]), np.empty(0))).all()
