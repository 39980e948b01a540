"""Plans of studies."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from lakehouse.synthetic.action_units import ACTION_UNITS
from lakehouse.synthetic.expressions import EXPRESSIONS
from lakehouse.synthetic.study import plan_study


def test_default_plan() -> None:
    plan = plan_study()
    assert len(plan.participants) == 24
    assert plan.participants[0] == "0101"
    assert plan.expressions == EXPRESSIONS
    assert plan.conditions == (False, True)
    assert plan.photos == 3
    assert plan.intensities.shape == (24, 8, 2, len(ACTION_UNITS))
    planted = plan.planted
    assert (planted.expression, planted.supervised, planted.instrument, planted.point) == (
        "happiness",
        False,
        "asrsb",
        291,
    )


def test_same_seed_same_plan() -> None:
    first, second, other = plan_study(5, seed=3), plan_study(5, seed=3), plan_study(5, seed=4)
    assert np.array_equal(first.intensities, second.intensities)
    assert np.array_equal(first.shapes, second.shapes)
    assert first.scores.equals(second.scores)
    assert first.photo("0101", "fear", True, 2)[2] == second.photo("0101", "fear", True, 2)[2]
    assert not np.array_equal(first.intensities, other.intensities)
    assert not first.scores.equals(other.scores)


def test_every_photo_has_its_own_conditions() -> None:
    plan = plan_study(2)
    shots = {
        plan.photo(participant, expression, supervised, photo)[2]
        for participant in plan.participants
        for expression in plan.expressions
        for supervised in plan.conditions
        for photo in (1, 2, 3)
    }
    assert len(shots) == 2 * 16 * 3


@pytest.mark.parametrize("seed", range(5))
def test_cue_takes_from_happiness_and_adds_to_surprise(seed: int) -> None:
    plan = plan_study(seed=seed)
    mean = plan.intensities.mean(axis=0)
    happiness, surprise = EXPRESSIONS.index("happiness"), EXPRESSIONS.index("surprise")
    corner, jaw = ACTION_UNITS.index("12R"), ACTION_UNITS.index("26")
    assert mean[happiness, 1, corner] < mean[happiness, 0, corner]
    assert mean[surprise, 1, jaw] > mean[surprise, 0, jaw]


@pytest.mark.parametrize("seed", range(3))
def test_only_the_planted_intensity_follows_the_planted_one(seed: int) -> None:
    plan = plan_study(24, seed=seed)
    drive = plan.planted_intensities
    assert drive.min() > 0
    # Units that cannot go below rest are folded there, which leaves chance relations.
    free = [unit not in {"10R", "10L", "25", "26", "27"} for unit in ACTION_UNITS]
    flat = plan.intensities[..., free].reshape(24, -1)
    moving = flat[:, flat.std(axis=0) > 1e-9]
    r = np.array([np.corrcoef(drive, column)[0, 1] for column in moving.T])
    assert (np.abs(r) > 0.999).sum() == 1
    assert np.sort(np.abs(r))[-2] < 1e-6


@pytest.mark.parametrize(
    "bad",
    [
        {"participants": 0},
        {"participants": ["a", "a"]},
        {"photos": 0},
        {"expressions": ()},
        {"expressions": ("neutral", "boredom")},
        {"conditions": (True, True)},
        {"rho": 1.5},
    ],
)
def test_wrong_arguments_are_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"at least one|no recipe|correlation lies"):
        plan_study(**bad)


def test_unknown_photo_is_refused() -> None:
    plan = plan_study(1)
    with pytest.raises(ValueError, match="between 1 and 3"):
        plan.photo("0101", "neutral", False, 4)


@pytest.mark.parametrize("participants", [1, 2, 3])
def test_few_participants_are_possible(participants: int) -> None:
    plan = plan_study(participants, 1)
    assert plan.scores.height == participants
    assert np.isfinite(plan.intensities).all()


def test_plan_without_the_planted_mask() -> None:
    plan = plan_study(["a", "b"], 1, expressions=("neutral", "wink"), conditions=(False,))
    assert plan.intensities.shape[1:3] == (2, 1)
    with pytest.raises(ValueError, match="not in tuple"):
        _ = plan.planted_intensities


def test_planning_a_large_study_is_cheap() -> None:
    started = time.perf_counter()
    plan_study(320)
    assert time.perf_counter() - started < 2
