"""The truth of known responses, without anything drawn."""

import numpy as np
import polars as pl
import pytest

from lakehouse.synthetic.clips.clip_study import plan_clips
from lakehouse.synthetic.clips.truth import true_dynamics, write_truth

MINIMUM_JERK_10 = 0.2465
"""Share of the time after which a tenth of the way is made: 10 u³ - 15 u⁴ + 6 u⁵ = 0.1."""


@pytest.fixture(scope="module")
def study():
    return plan_clips(2, ("neutral", "happiness"), seed=2)


def faces(study, levels):
    """Faces whose point 0 moves to the right by these distances, and no other point at all."""
    moved = np.zeros((len(levels), 468, 2))
    moved[:, 0, 0] = levels
    return [moved if clip.course.amplitude else None for clip in study.clips]


def test_times_of_a_proportional_response_are_the_planted_ones(study):
    truth = true_dynamics(study, faces(study, np.linspace(0, 40, 11)), {"one": [0], "two": [0, 1]})
    smiles = truth.filter(pl.col("expression") == "happiness")
    clips = [clip for clip in study.clips if clip.expression == "happiness" for _ in range(2)]
    assert smiles["amplitude"].to_list() == pytest.approx([40, 20, 40, 20])
    for row, clip in zip(smiles.iter_rows(named=True), clips, strict=True):
        course = clip.course
        start, end = course.start_s - clip.cue_s, course.apex_end_s - clip.cue_s
        early = MINIMUM_JERK_10
        assert row["start_s"] == pytest.approx(start)
        assert row["rise_10_s"] == pytest.approx(start + early * course.rise_s, abs=2e-4)
        assert row["rise_50_s"] == pytest.approx(start + course.rise_s / 2, abs=2e-4)
        assert row["rise_90_s"] == pytest.approx(start + (1 - early) * course.rise_s, abs=2e-4)
        assert row["fall_90_s"] == pytest.approx(end + early * course.fall_s, abs=2e-4)
        assert row["fall_50_s"] == pytest.approx(end + course.fall_s / 2, abs=2e-4)


def test_a_response_that_lags_behind_makes_crossings_late(study):
    bent = 40 * np.linspace(0, 1, 11) ** 2
    straight, late = (
        true_dynamics(study, faces(study, levels), {"one": [0]})
        for levels in (np.linspace(0, 40, 11), bent)
    )
    moving = pl.col("amplitude") > 0
    straight, late = straight.filter(moving), late.filter(moving)
    assert (late["rise_50_s"] > straight["rise_50_s"] + 0.02).all()
    assert (late["fall_50_s"] < straight["fall_50_s"] - 0.02).all()
    assert (late["amplitude"] == straight["amplitude"]).all()


def test_nothing_is_timed_where_nothing_moves(study):
    truth = true_dynamics(study, faces(study, np.linspace(0, 40, 11)), {"one": [0]})
    still = truth.filter(pl.col("expression") == "neutral")
    assert still["amplitude"].to_list() == [0, 0]
    assert still["start_s"].null_count() == still["fall_50_s"].null_count() == 2


def test_it_is_written_to_a_tenth_of_a_millisecond(study, tmp_path):
    truth = true_dynamics(study, faces(study, np.linspace(0, 40, 11)), {"one": [0]})
    read = pl.read_csv(write_truth(truth, tmp_path / "truth.csv"))
    assert read.columns == truth.columns
    assert read["rise_50_s"].to_list()[1] == pytest.approx(truth["rise_50_s"][1], abs=1e-4)
