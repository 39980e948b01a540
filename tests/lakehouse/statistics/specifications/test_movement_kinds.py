"""Kinds of movement, against loops over people and over pairs of photographs."""

from itertools import product

import numpy as np
import pytest

from lakehouse.statistics.specifications.movement_kinds import lengths, projected, squared_unbiased


@pytest.mark.parametrize("axes", [2, 3])
def test_lengths(axes: int) -> None:
    moved = np.random.default_rng(0).normal(size=(5, 2, 3, axes))
    np.testing.assert_allclose(lengths(moved), np.linalg.norm(moved, axis=-1))


@pytest.mark.parametrize("axes", [2, 3])
def test_projected_is_along_the_mean_of_the_others(axes: int) -> None:
    moved = np.random.default_rng(1).normal(1, 2, (6, 2, axes))
    moved[2, 0] = np.nan
    found = projected(moved)

    for person, mask in product(range(6), range(2)):
        others = [moved[at, mask] for at in range(6) if at != person]
        mean = np.nanmean(others, axis=0)
        along = moved[person, mask] @ mean / np.linalg.norm(mean)
        assert found[person, mask] == pytest.approx(along, nan_ok=True)
    assert (found < 0).any()


def test_nobody_else_and_others_who_stay_give_no_direction() -> None:
    assert np.isnan(projected(np.ones((1, 2)))).all()
    still = np.zeros((3, 2))
    still[0] = 1, 1
    found = projected(still)
    assert np.isnan(found[0])
    assert found[1:].tolist() == [0, 0]


@pytest.mark.parametrize(("photos", "neutral"), [(3, 3), (2, 4)])
def test_squared_unbiased_is_the_mean_over_pairs_of_different_photographs(
    photos: int, neutral: int
) -> None:
    random = np.random.default_rng(2)
    mask, rest = random.normal(0.2, 1, (photos, 2)), random.normal(0, 1, (neutral, 2))
    noise = mask.var(axis=0, ddof=1).sum() / photos + rest.var(axis=0, ddof=1).sum() / neutral
    found = squared_unbiased((mask.mean(axis=0) - rest.mean(axis=0))[None], np.array([noise]))

    products = [
        (mask[a] - rest[b]) @ (mask[c] - rest[d])
        for a, c in product(range(photos), repeat=2)
        for b, d in product(range(neutral), repeat=2)
        if a != c and b != d
    ]
    assert found[0] == pytest.approx(np.mean(products))


def test_squared_unbiased_of_still_faces_is_nothing_on_average() -> None:
    random = np.random.default_rng(3)
    mask, rest = random.normal(size=(2, 4000, 3, 2))
    moved = mask.mean(axis=1) - rest.mean(axis=1)
    noise = sum(part.var(axis=1, ddof=1).sum(axis=-1) / 3 for part in (mask, rest))
    found = squared_unbiased(moved, noise)

    assert abs(found.mean()) < 4 * found.std() / np.sqrt(4000)
    assert (found < 0).mean() > 0.3
    assert (moved**2).sum(axis=1).mean() > 1
