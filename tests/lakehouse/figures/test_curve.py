import numpy as np
import pytest

from lakehouse.figures.curve import DARK, LIGHT, Curve, Mark, Panel, Run

RISE = Run(np.array([0.0, 1.0, 2.0]), np.array([0.0, 10.0, 20.0]))
SIZE = (400, 200)


def where(picture, colour):
    """Give the places of a colour, as rows of x and y."""
    y, x = np.nonzero((np.abs(picture.astype(int) - colour) < 30).all(axis=2))
    return np.column_stack([x, y])


@pytest.mark.parametrize(("time_s", "level"), [(0, 0), (0.25, 2.5), (2, 20)])
def test_a_level_lies_between_its_neighbours(time_s, level):
    assert Curve([RISE]).level_at(time_s) == pytest.approx(level)


@pytest.mark.parametrize("time_s", [-0.1, 2.1])
def test_there_is_no_level_outside(time_s):
    assert Curve([RISE]).level_at(time_s) is None
    assert Curve([Run(np.array([]), np.array([]))]).level_at(time_s) is None


def test_where_trials_overlap_the_one_that_has_begun_counts():
    next_one = Run(np.array([1.0, 3.0]), np.array([5.0, 5.0]), begins_s=1.5)
    curve = Curve([RISE, next_one])
    assert curve.level_at(1.4) == pytest.approx(14)
    assert curve.level_at(1.6) == pytest.approx(5)
    assert Curve([next_one]).level_at(1.2) == pytest.approx(5)


def test_the_dot_lies_on_the_curve():
    panel = Panel(Curve([RISE]), SIZE, (0.0, 2.0), DARK)
    dots = {}
    for time_s in (0.5, 1.0, 1.5):
        line = where(panel.at([time_s]), DARK.words)
        dots[time_s] = line[:, 0].mean()
        changed = np.nonzero((panel.at([time_s]) != panel.at([])).any(axis=2))
        assert panel.at([time_s]).shape == (200, 400, 3)
        assert abs(changed[1].mean() - dots[time_s]) < 1
    assert dots[1.0] - dots[0.5] == pytest.approx(dots[1.5] - dots[1.0], abs=1.5)
    low, high = (
        np.median(where(panel.at([time_s])[:, round(dots[time_s]) + 2 :][:, :3], DARK.line)[:, 1])
        for time_s in (0.5, 1.5)
    )
    assert high < low - 40


def test_a_curve_has_gaps_between_trials():
    later = Run(np.array([3.0, 4.0]), np.array([20.0, 20.0]))
    picture = Panel(Curve([RISE, later]), SIZE, (0.0, 4.0), LIGHT).at([])
    columns = np.unique(where(picture, LIGHT.line)[:, 0])
    assert np.diff(columns).max() > 60


def test_a_trial_is_named_where_it_begins():
    plain = Panel(Curve([RISE]), SIZE, (0.0, 2.0), DARK).at([])
    marked = Panel(Curve([RISE], [Mark(1.0, "anger")]), SIZE, (0.0, 2.0), DARK).at([])
    elsewhere = Panel(Curve([RISE], [Mark(2.5, "anger")]), SIZE, (0.0, 2.0), DARK).at([])
    assert len(where(plain, DARK.mark)) == 0
    assert len(where(marked, DARK.mark)) > 50
    assert (elsewhere == plain).all()


def test_nothing_measured_is_an_empty_frame():
    assert Curve([]).top == 1.0
    assert Panel(Curve([]), SIZE, (0.0, 0.1), DARK).at([0.05]).shape == (200, 400, 3)
