from fractions import Fraction

import numpy as np
import pytest

from lakehouse.synthetic.clips.filming import TICKS, Filming


@pytest.mark.parametrize("rate", [24, 25, Fraction(30000, 1001), 30, 50, 60])
def test_frames_of_a_rate_are_at_whole_ticks(rate):
    ticks = Filming(Fraction(rate), duration_s=2.0).frame_ticks(np.random.default_rng(0))
    assert len(ticks) == round(2 * rate)
    assert ticks.tolist() == [frame * TICKS / Fraction(rate) for frame in range(len(ticks))]


def test_a_variable_rate_has_steps_between_a_60th_and_a_15th_of_a_second():
    filming = Filming(None, duration_s=5.0)
    ticks = filming.frame_ticks(np.random.default_rng(1))
    steps = np.diff(ticks)
    assert ticks[0] == 0
    assert TICKS / 60 - 1 <= steps.min() < TICKS / 50
    assert TICKS / 20 < steps.max() <= TICKS / 15 + 1
    assert 5 * TICKS - steps.max() <= ticks[-1] < 5 * TICKS
    assert (ticks == filming.frame_ticks(np.random.default_rng(1))).all()
    assert (ticks[:20] != filming.frame_ticks(np.random.default_rng(2))[:20]).any()


def test_a_head_sways_slowly_by_one_to_one_and_a_half_degrees():
    times = np.linspace(0, 30, 901)
    filming = Filming()
    swaying = [filming.swaying(times, np.random.default_rng(seed)) for seed in range(20)]
    farthest = np.abs(np.stack(swaying)).max(axis=1)
    assert ((farthest[:, :3] > 0.95) & (farthest[:, :3] <= 1.5)).all()
    assert ((farthest[:, 4] > 2.5) & (farthest[:, 4] <= 5)).all()
    # At a quarter of a turn a second and 1.5 degrees at most.
    assert np.abs(np.diff(swaying, axis=1)[..., :3]).max() <= 2 * np.pi * 0.25 * 1.5 / 30
    vice = Filming(sway=0).swaying(times, np.random.default_rng(0))
    assert vice.shape == (901, 6)
    assert not vice.any()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rate": Fraction(0)}, "frames a second"),
        ({"rate": Fraction(1000)}, "frames a second"),
        ({"rotation_deg": 45}, "rotation"),
        ({"size": (641, 768)}, "even numbers"),
    ],
)
def test_what_cannot_be_filmed_is_refused(given, said):
    with pytest.raises(ValueError, match=said):
        Filming(**given)
