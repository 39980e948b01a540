import numpy as np
import pytest

from lakehouse.statistics.reliability.consistency import icc_consistency
from lakehouse.statistics.reliability.split_halves import halves_of, split_half
from tests.lakehouse.statistics.reliability.trembling import (
    along_others,
    distance,
    icc_ak,
    of_halves,
    photographs,
)


def judged(face: np.ndarray, neutral: np.ndarray) -> tuple[float, float]:
    halves = halves_of(face.shape[1])
    values = of_halves(face, neutral, halves)
    found = split_half(values, distance(face, neutral), halves, np.ones((1, len(face))))
    return float(found[0][0]), float(found[1][0])


def agreement(face: np.ndarray, neutral: np.ndarray) -> float:
    """ICC(A,k) of the distances of single photographs, as the relation reliability has it."""
    return icc_ak(np.linalg.norm(face - neutral, axis=-1).mean(axis=-1))


def test_halves_of_three_are_as_long_as_each_other_and_share_no_photograph() -> None:
    halves = halves_of(3)

    assert [len(pairs) for pairs in halves.pairs] == [36, 9, 18, 9]
    for pairs in halves.pairs:
        for weights in (halves.face, halves.neutral):
            assert not (weights[pairs[:, 0]] * weights[pairs[:, 1]]).any()
    noise = (halves.face**2).sum(axis=1) + (halves.neutral**2).sum(axis=1)
    assert noise[halves.pairs[-1]] == pytest.approx(1.5)
    # Twice the noise of thirds goes 2.25 times into that.
    assert halves.lengthening == pytest.approx(1.5 / (2 / 3))
    assert halves.weights.sum() == pytest.approx(1)


def test_two_photographs_have_one_kind_of_halves() -> None:
    halves = halves_of(2)

    assert [len(pairs) for pairs in halves.pairs] == [2]
    assert halves.lengthening == pytest.approx(2)
    with pytest.raises(ValueError, match="4 parts"):
        halves_of(4)


@pytest.mark.slow
@pytest.mark.parametrize("parts", [2, 3])
def test_of_sums_both_are_the_retest(parts: int) -> None:
    # Values that noise only adds to: the classical case, whose answer is known.
    random = np.random.default_rng(parts)
    truth = random.normal(size=(200_000, 1))
    face, neutral = (random.normal(size=(len(truth), parts)) for _ in range(2))
    halves = halves_of(parts)
    values = truth + face @ halves.face.T - neutral @ halves.neutral.T
    whole = truth[:, 0] + face.mean(axis=1) - neutral.mean(axis=1)

    [stepped], [followed] = split_half(values, whole, halves, np.ones((1, len(truth))))

    assert stepped == pytest.approx(1 / (1 + 2 / parts), abs=0.01)
    assert followed == pytest.approx(1 / (1 + 2 / parts), abs=0.02)


@pytest.mark.slow
def test_near_the_noise_the_retest_is_found_where_agreement_of_photographs_falls_short() -> None:
    [one, again] = photographs(20_000, movement=1.0, sessions=2)
    retest = np.corrcoef(distance(*one), distance(*again))[0, 1]

    stepped, followed = judged(*one)

    assert retest == pytest.approx(0.57, abs=0.04)
    assert agreement(*one) < retest - 0.15
    assert followed == pytest.approx(retest, abs=0.05)
    assert agreement(*one) < stepped < followed


def test_of_a_study_s_size_it_is_right_on_average() -> None:
    found = [judged(*photographs(309, movement=1.0, seed=seed)[0])[1] for seed in range(30)]

    assert np.mean(found) == pytest.approx(0.57, abs=0.06)
    assert np.std(found) < 0.12


def test_where_people_tremble_differently_a_still_face_has_no_reliable_movement() -> None:
    [(face, neutral)] = photographs(309, log_sd=0.5, shared=0.5, seed=4)
    assert agreement(face, neutral) == pytest.approx(0.89, abs=0.03)

    found = icc_consistency(along_others(face, neutral)[None], np.array([3.0]))

    # The distances themselves do come again, being those of people who tremble.
    stepped, followed = judged(face, neutral)
    assert stepped > followed > 0.4
    assert found["icc"][0] < 0.2
    assert found["low"][0] < 0 < found["high"][0] < 0.35


def test_samples_weigh_participants() -> None:
    [(face, neutral)] = photographs(40, movement=3.0)
    halves = halves_of(3)
    values, whole = of_halves(face, neutral, halves), distance(face, neutral)
    counts = np.random.default_rng(1).multinomial(40, np.full(40, 1 / 40), size=3).astype(float)

    found = split_half(values, whole, halves, counts)

    for at, times in enumerate(counts):
        drawn = np.repeat(np.arange(40), times.astype(int))
        alone = split_half(values[drawn], whole[drawn], halves, np.ones((1, 40)))
        assert [part[at] for part in found] == pytest.approx([part[0] for part in alone])


def test_a_participant_with_a_gap_does_not_count() -> None:
    [(face, neutral)] = photographs(30, movement=3.0)
    halves = halves_of(3)
    values, whole = of_halves(face, neutral, halves), distance(face, neutral)
    gappy = values.copy()
    gappy[3, 5] = np.nan

    found = split_half(gappy, whole, halves, np.ones((1, 30)))
    without = np.delete(np.arange(30), 3)

    alone = split_half(values[without], whole[without], halves, np.ones((1, 29)))
    assert found[0] == pytest.approx(alone[0])
    assert found[1] == pytest.approx(alone[1])


@pytest.mark.parametrize("people", [0, 1, 2, 5])
def test_too_few_and_equal_ones_have_none(people: int) -> None:
    halves = halves_of(3)
    values, whole = np.full((people, 36), 7.3), np.full(people, 7.3)

    for found in split_half(values, whole, halves, np.ones((2, people))):
        assert np.isnan(found).tolist() == [True, True]
