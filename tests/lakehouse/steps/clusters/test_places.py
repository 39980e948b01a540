"""Places as k-means takes them."""

import numpy as np
import pytest

from lakehouse.steps.clusters.places import to_be_grouped
from lakehouse.steps.clusters.search import searched


def test_last_bits_change_no_place_and_no_group() -> None:
    random = np.random.default_rng(4)
    places = random.uniform(20, 200, (40, 2))
    otherwise = places + random.normal(0, 1e-13, places.shape)
    assert not np.array_equal(places, otherwise)

    once, again = to_be_grouped(places), to_be_grouped(otherwise)

    assert np.array_equal(once, again)
    for k in range(2, 13):
        first, second = (searched(some, k=k, seed=0, starts=2) for some in (once, again))
        assert np.array_equal(first.agreement, second.agreement)


def test_a_place_moves_by_half_a_millionth_of_a_pixel_at_most() -> None:
    places = np.random.default_rng(5).uniform(-500, 500, (300, 2))

    assert to_be_grouped(places) == pytest.approx(places, abs=5.1e-7)
    assert to_be_grouped(np.empty((0, 2))).shape == (0, 2)
