from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from lakehouse.synthetic.clips.clip_study import plan_clips
from lakehouse.synthetic.clips.filming import Filming

FILMING = Filming(duration_s=2.5)


def half_rise(clip):
    return clip.course.start_s + clip.course.rise_s / 2 - clip.cue_s


@pytest.fixture(scope="module")
def study():
    return plan_clips(16, ("neutral", "happiness", "surprise"), FILMING, seed=4, rho=0.9)


def test_everybody_has_a_clip_of_each_expression_with_ids_of_its_own(study):
    assert len(study.clips) == 16 * 3
    assert len({(clip.participant, clip.video) for clip in study.clips}) == 48
    assert study.participants[:2] == ("0101", "0102")
    assert study.scores["participant"].to_list() == list(study.participants)


def test_the_score_follows_the_latency_of_the_smile_and_of_nothing_else(study):
    planted = study.planted
    score = study.scores[f"{planted.instrument}_score"].to_numpy()
    latencies = {
        expression: [half_rise(clip) for clip in study.clips if clip.expression == expression]
        for expression in ("happiness", "surprise")
    }
    # The score is a whole number.
    assert np.corrcoef(latencies[planted.expression], score)[0, 1] == pytest.approx(0.9, abs=0.02)
    assert abs(np.corrcoef(latencies["surprise"], score)[0, 1]) < 0.6
    others = study.scores.select(pl.exclude("participant", f"{planted.instrument}_score"))
    for column in others.iter_columns():
        assert abs(np.corrcoef(latencies["happiness"], np.log1p(column))[0, 1]) < 0.35
    smiles = np.sort(latencies["happiness"])
    assert 0.2 < smiles[0] < 0.35
    assert 0.65 < smiles[-1] < 0.8
    assert np.diff(smiles) == pytest.approx(np.diff(smiles).mean())


def test_nothing_moves_in_neutral_clips_nor_before_the_cue(study):
    for clip in study.clips:
        assert (clip.course.amplitude == 0) == (clip.expression == "neutral")
        assert clip.course.start_s > clip.cue_s
        assert clip.course.end_s < FILMING.duration_s


def test_each_frame_has_noise_of_its_own_and_each_clip_its_own_sway(study):
    clips = study.clips
    assert all(len(np.unique(clip.grain, axis=0)) > 0.95 * len(clip.ticks) for clip in clips)
    assert len({clip.sway[0, 0] for clip in clips}) == len(clips)


def test_a_seed_gives_a_study_and_another_another(study):
    again, other = (
        plan_clips(16, ("neutral", "happiness", "surprise"), FILMING, seed=seed, rho=0.9)
        for seed in (4, 5)
    )
    assert again.scores.equals(study.scores)
    for clip, same in zip(study.clips, again.clips, strict=True):
        assert clip.course == same.course
        for name in ("ticks", "sway", "grain"):
            assert (getattr(clip, name) == getattr(same, name)).all()
    assert study.clips[1].course != other.clips[1].course


def test_a_clip_does_not_depend_on_what_else_is_filmed(study):
    # The same people and list of expressions at another rate: faces and times stay.
    faster = plan_clips(
        16, ("neutral", "happiness", "surprise"), replace(FILMING, sway=0), seed=4, rho=0.9
    )
    for clip, same in zip(study.clips, faster.clips, strict=True):
        assert clip.course == same.course
        assert (clip.face.apex == same.face.apex).all()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"expressions": ()}, "at least one expression"),
        ({"expressions": ("happiness", "happiness")}, "none of them twice"),
        ({"filming": Filming(duration_s=1.0)}, "movements last until"),
        ({"participants": ()}, "at least one participant"),
    ],
)
def test_what_cannot_be_planned_is_refused(given, said):
    with pytest.raises(ValueError, match=said):
        plan_clips(**given)
