import numpy as np
import pytest

from lakehouse.synthetic.clips.time_course import TimeCourse

COURSE = TimeCourse(start_s=0.5, rise_s=0.4, hold_s=0.3, fall_s=0.6, amplitude=1.2)


def test_an_expression_rises_stays_and_falls():
    times = np.array([0.0, 0.5, 0.7, 0.9, 1.0, 1.2, 1.5, 1.8, 9.0])
    expected = 1.2 * np.array([0, 0, 0.5, 1, 1, 1, 0.5, 0, 0])
    assert COURSE.intensity(times) == pytest.approx(expected, abs=1e-12)
    assert (COURSE.apex_end_s, COURSE.end_s) == pytest.approx((1.2, 1.8))


def test_it_neither_leaves_nor_arrives_with_a_jerk():
    times = np.linspace(0.4, 1.0, 60_001)
    speed = np.gradient(COURSE.intensity(times), times)
    assert speed[[0, -1]] == pytest.approx([0, 0], abs=1e-9)
    assert np.abs(np.gradient(speed, times)).max() < 1.2 * 10 / np.sqrt(3) / 0.4**2 * 1.01
    # Minimum jerk is fastest half way: 15/8 of the mean.
    assert times[speed.argmax()] == pytest.approx(0.7, abs=1e-4)
    assert speed.max() == pytest.approx(1.2 * 15 / 8 / 0.4, rel=1e-4)


def test_a_still_face_stays_still():
    still = TimeCourse(0.5, 0.4, 0.3, 0.6, amplitude=0)
    assert not still.intensity(np.linspace(0, 3, 50)).any()
