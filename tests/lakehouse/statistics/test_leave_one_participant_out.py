"""Both classifiers, against scikit-learn fitted anew for every participant."""

import numpy as np
import pytest
from sklearn.covariance import ledoit_wolf_shrinkage
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.neighbors import NearestCentroid

from lakehouse.statistics.leave_one_participant_out import (
    Flags,
    Learnt,
    Moments,
    Totals,
    nearest_centroid,
    shrinkage_lda,
)
from lakehouse.statistics.resampling import Report, unheard

# Participants, classes, masks of a class, features; share missing; how far classes lie apart.
COHORTS = [
    ((12, 4, 2, 30), 0.2, 1.0),
    ((9, 3, 1, 60), 0.0, 1.0),
    ((20, 5, 2, 8), 0.1, 0.3),
    ((3, 4, 1, 20), 0.0, 1.0),
    ((2, 3, 2, 10), 0.0, 1.0),
    ((25, 3, 1, 3), 0.1, 0.3),
]


def cohort(
    shape: tuple[int, int, int, int], missing: float, apart: float
) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(sum(shape))
    _, classes, _, features = shape
    masks = random.normal(size=shape) @ random.normal(size=(features, features))
    masks += 5 + 3 * apart * random.normal(size=(1, classes, 1, features))
    known = random.random(shape[:3]) >= missing
    masks[~known] = 0
    return masks, known


def fold(
    masks: np.ndarray, known: np.ndarray, participant: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Masks and classes of the others, and the participant's masks."""
    others = known.copy()
    others[participant] = False
    return masks[others], np.nonzero(others)[1], masks[participant][known[participant]]


def learnt_from(masks: np.ndarray, known: Flags) -> Learnt:
    totals = Totals.of(masks, known)
    return Learnt.of(totals, Moments.of(masks, known, totals))


def by_discriminants(masks: np.ndarray, known: Flags, report: Report = unheard) -> np.ndarray:
    return shrinkage_lda(masks, known, learnt_from(masks, known), report=report)


def by_distance(masks: np.ndarray, known: Flags) -> np.ndarray:
    return nearest_centroid(masks, known, Totals.of(masks, known))


@pytest.mark.parametrize(("shape", "missing", "apart"), COHORTS)
def test_discriminants_are_scikit_learns(shape, missing: float, apart: float) -> None:
    masks, known = cohort(shape, missing, apart)

    found = by_discriminants(masks, known)

    for participant in range(len(masks)):
        x, y, tests = fold(masks, known, participant)
        if len(tests) == 0:
            continue
        means = np.array([x[y == number].mean(axis=0) for number in y])
        fitted = LinearDiscriminantAnalysis(
            solver="lsqr", shrinkage=ledoit_wolf_shrinkage(x - means, assume_centered=True)
        ).fit(x, y)
        scores = fitted.decision_function(tests) - np.log(fitted.priors_)
        ours = found[participant][known[participant]][:, fitted.classes_]
        # What is the same for all classes is of no account.
        relative = [part - part.mean(axis=1, keepdims=True) for part in (ours, scores)]
        np.testing.assert_allclose(*relative, rtol=1e-7, atol=1e-8 * np.abs(relative[1]).max())


@pytest.mark.parametrize(("shape", "missing", "apart"), COHORTS)
def test_the_nearest_is_scikit_learns(shape, missing: float, apart: float) -> None:
    masks, known = cohort(shape, missing, apart)

    found = by_distance(masks, known)

    for participant in range(len(masks)):
        x, y, tests = fold(masks, known, participant)
        if len(tests):
            expected = NearestCentroid().fit(x, y).predict(tests)
            ours = found[participant][known[participant]]
            np.testing.assert_array_equal(np.nanargmax(ours, axis=1), expected)


def test_a_class_that_the_others_do_not_show_cannot_be_chosen() -> None:
    masks, known = cohort((6, 3, 1, 5), 0.0, 1.0)
    known[1:, 2] = False

    for found in (by_distance(masks, known), by_discriminants(masks, known)):
        assert np.isnan(found[0, :, :, 2]).all()
        assert not np.isnan(found[0, :, :, :2]).any()
        assert not np.isnan(found[1, :2]).any()


def test_masks_that_are_missing_do_not_matter() -> None:
    masks, known = cohort((8, 3, 2, 5), 0.2, 1.0)
    gaps = np.where(known[..., None], masks, 0.0)
    alone = known.copy()
    alone[5:] = False

    np.testing.assert_array_equal(by_discriminants(masks, known), by_discriminants(gaps, known))
    np.testing.assert_allclose(
        by_discriminants(np.where(alone[..., None], masks, 0.0), alone)[:5][known[:5]],
        by_discriminants(masks[:5], known[:5])[known[:5]],
    )


def test_what_is_learnt_of_some_may_be_added() -> None:
    masks, known = cohort((10, 3, 2, 6), 0.2, 1.0)
    parts = [slice(0, 3), slice(3, 4), slice(4, 4), slice(4, 10)]

    def added(kind, made):
        return kind(
            *(sum(values) for values in zip(*(vars(one).values() for one in made), strict=True))
        )

    totals = added(Totals, [Totals.of(masks[some], known[some]) for some in parts])
    moments = [Moments.of(masks[some], known[some], totals) for some in parts]
    learnt = Learnt.of(totals, added(Moments, moments))

    assert totals.people.tolist() == known.any(axis=2).sum(axis=0).tolist()
    whole = by_discriminants(masks, known), by_distance(masks, known)
    for some in parts:
        judged = shrinkage_lda(masks[some], known[some], learnt)
        np.testing.assert_allclose(judged, whole[0][some], rtol=1e-12, atol=1e-12)
        nearest = nearest_centroid(masks[some], known[some], totals)
        np.testing.assert_allclose(nearest, whole[1][some], rtol=1e-12, atol=1e-12)


def test_masks_that_do_not_vary_have_no_discriminants() -> None:
    masks, known = cohort((2, 3, 1, 5), 0.0, 1.0)
    alike = np.tile(masks[:1], (4, 1, 1, 1))

    # Of two participants, one is left to learn from, who shows each class once.
    assert np.isnan(by_discriminants(masks, known)).all()
    assert np.isnan(by_discriminants(alike, np.ones((4, 3, 1), dtype=bool))).all()


@pytest.mark.parametrize("shape", [(0, 3, 1, 4), (1, 3, 1, 4), (4, 0, 1, 4), (4, 1, 0, 4)])
def test_nobody_or_nothing_to_learn_from_gives_nothing(shape: tuple[int, ...]) -> None:
    masks, known = np.ones(shape), np.ones(shape[:3], dtype=bool)

    for found in (by_distance(masks, known), by_discriminants(masks, known)):
        assert found.shape == (*shape[:3], shape[1])
        assert np.isnan(found).all()


def test_progress_counts_participants() -> None:
    heard: list[tuple[int, int]] = []

    by_discriminants(*cohort((4, 3, 1, 5), 0.0, 1.0), report=lambda *told: heard.append(told))

    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]
