"""The course of a movement, on levels that are counted by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sql.dynamics.rows import chunk, shown
from tests.sql.support import Row, RunModel, settings_row, table

COLUMNS = (
    "baseline baseline_noise threshold responded amplitude rise_10_s rise_50_s rise_90_s "
    "fall_90_s fall_50_s apex_s peak_speed area"
)
STEP = 0.1
# Five neutral frames, up by 20 a frame, held, down.
LEVELS = [2.0] * 5 + [22.0, 42.0, 62.0, 82.0, 102.0, 102.0, 82.0, 62.0, 42.0, 22.0, 2.0]


def course(
    run_model: RunModel,
    levels: list[float],
    times: list[float] | None = None,
    step: float = STEP,
    **changed: float,
) -> Row:
    """Find the course of levels, of which the first five are neutral; the onset is the sixth."""
    at = times or [(place - 5) * STEP for place in range(len(levels))]
    speeds = [10.0 * place for place in range(len(levels))]
    frames = range(1, len(levels) + 1)
    [row] = run_model(
        "series_dynamics",
        COLUMNS.replace(" ", ", "),
        settings=settings_row(**changed),
        frame_alignments=chunk(frames),
        trial_frames=shown(at, neutral_until=at[5]),
        trials=table("trial_index median_step_s", (1, step)),
        part_motion=table(
            "trial_index group_index frame_index level speed",
            *((1, 0, *each) for each in zip(frames, levels, speeds, strict=True)),
        ),
    )
    return dict(zip(COLUMNS.split(), row, strict=True))


def test_every_time_of_a_plain_movement(run_model: RunModel) -> None:
    found = course(run_model, LEVELS)

    assert found == {
        "baseline": 2.0,
        "baseline_noise": 0.0,
        "threshold": 15.0,
        "responded": True,
        "amplitude": 100.0,
        # From 2 at -0.1 s to 22 at 0 s: 12 is half way.
        "rise_10_s": pytest.approx(-0.05),
        "rise_50_s": pytest.approx(0.15),
        "rise_90_s": pytest.approx(0.35),
        "apex_s": pytest.approx(0.4),
        "fall_90_s": pytest.approx(0.55),
        "fall_50_s": pytest.approx(0.75),
        # Of the frames from the one at 0 s, the sixth, to the apex, the tenth.
        "peak_speed": pytest.approx(90.0),
        # 20 40 60 80 100 100 80 60 40 20 0 by trapezoids of 0.1 s.
        "area": pytest.approx((20 / 2 + 40 + 60 + 80 + 100 + 100 + 80 + 60 + 40 + 20) * 0.1),
    }


def test_a_still_face_has_an_amplitude_and_no_times(run_model: RunModel) -> None:
    levels = [2.0, 3.0, 2.0, 3.0, 2.0, 3.0, 4.0, 3.0, 2.0]
    found = course(run_model, levels)

    assert found["responded"] is False
    assert found["amplitude"] == pytest.approx(1.6)
    assert found["baseline_noise"] == pytest.approx(0.3**0.5)
    assert {found[name] for name in found if name.endswith("_s")} == {None}
    assert found["peak_speed"] is None


def test_noise_at_rest_raises_the_threshold(run_model: RunModel) -> None:
    levels = [0.0, 10.0, 0.0, 10.0, 5.0, 15.0, 25.0, 30.0, 20.0]
    found = course(run_model, levels)

    assert found["threshold"] == pytest.approx(5 * 5)
    assert (found["amplitude"], found["responded"]) == (25.0, False)
    assert course(run_model, levels, video_min_amplitude=26)["threshold"] == 26


@pytest.mark.parametrize(("amplitude", "known"), [(29.0, False), (30.0, True)])
def test_a_small_movement_has_no_time_of_its_first_tenth(
    run_model: RunModel, amplitude: float, known: bool
) -> None:
    found = course(run_model, [0.0] * 6 + [amplitude / 2, amplitude, amplitude / 4, 0.0])

    assert (found["threshold"], found["amplitude"]) == (15.0, amplitude)
    assert (found["rise_10_s"] is not None) is known
    assert None not in (found["rise_50_s"], found["rise_90_s"], found["fall_50_s"])


def test_two_frames_are_too_few(run_model: RunModel) -> None:
    assert course(run_model, [2.0] * 5 + [50.0, 60.0])["responded"] is False


def test_the_rise_is_the_one_that_leads_to_the_apex(run_model: RunModel) -> None:
    # A blink-like blip first; then on the way up a dip under 10 % and a plateau under 90 %.
    levels = [0.0] * 5 + [60.0, 0.0, 20.0, 5.0, 60.0, 92.0, 85.0, 100.0, 95.0, 80.0, 95.0, 0.0]
    found = course(run_model, levels)

    assert found["rise_50_s"] == pytest.approx(0.3 + 0.1 * 45 / 55)
    assert found["rise_10_s"] == pytest.approx(0.3 + 0.1 * 5 / 55)
    assert found["rise_90_s"] == pytest.approx(0.4 + 0.1 * 30 / 32)
    assert found["apex_s"] == pytest.approx(0.7)
    assert found["fall_50_s"] == pytest.approx(1.0 + 0.1 * 45 / 95)
    assert found["fall_90_s"] == pytest.approx(1.0 + 0.1 * 5 / 95)


def test_what_does_not_return_has_no_fall(run_model: RunModel) -> None:
    found = course(run_model, [2.0] * 5 + [40.0, 102.0, 80.0, 70.0])

    assert (found["fall_90_s"], found["fall_50_s"]) == (None, None)
    assert found["rise_50_s"] is not None


def test_the_first_of_several_highest_frames_is_the_apex(run_model: RunModel) -> None:
    assert course(run_model, LEVELS)["apex_s"] == pytest.approx(0.4)


def test_a_crossing_in_a_long_gap_has_no_time(run_model: RunModel) -> None:
    # From 42 to 82 in 0.6 s without a face: six steps.
    times = [-0.5, -0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.7, 0.8, 0.9, 1.0]
    levels = [2.0] * 5 + [22.0, 42.0, 82.0, 102.0, 82.0, 2.0]
    found = course(run_model, levels, times)

    assert found["rise_10_s"] == pytest.approx(-0.05)
    assert found["rise_50_s"] is None
    assert found["peak_speed"] is None
    assert found["rise_90_s"] == pytest.approx(0.75)
    assert found["area"] == pytest.approx((20 + 40) / 2 * 0.1 + (90 + 90 + 40) * 0.1)
    assert course(run_model, levels, times, step=0.25)["rise_50_s"] == pytest.approx(0.1 + 0.6 / 4)


@pytest.mark.slow
@settings(max_examples=10, deadline=None, derandomize=True)
@given(
    shift=st.floats(-5, 5),
    stretch=st.floats(0.5, 3),
    heights=st.lists(st.integers(0, 60), min_size=4, max_size=12),
)
def test_times_move_with_the_clock_and_amplitudes_with_the_scale(
    run_model: RunModel, shift: float, stretch: float, heights: list[int]
) -> None:
    levels = [0.0] * 5 + [float(height) for height in heights]
    times = [(place - 5) * STEP for place in range(len(levels))]
    plain = course(run_model, levels, times, video_min_amplitude=12)
    # The flags follow the sign of time; so the clock is stretched, and only levels are shifted.
    other = course(
        run_model,
        [shift + stretch * level for level in levels],
        [stretch * time for time in times],
        step=STEP * stretch,
        video_min_amplitude=12 * stretch,
        video_window_s=0.1 * stretch,
    )

    assert other["responded"] == plain["responded"]
    assert other["amplitude"] == pytest.approx(stretch * plain["amplitude"], abs=1e-6)
    for name in plain:
        if name.endswith("_s"):
            expected = None if plain[name] is None else stretch * plain[name]
            assert other[name] == pytest.approx(expected, abs=1e-6)


def test_levels_of_blendshapes_are_smoothed_and_have_a_threshold_of_their_own(
    run_model: RunModel,
) -> None:
    scores = [0.1] * 5 + [0.3, 0.5, 0.7, 0.5, 0.1]
    frames = range(1, 11)
    found = run_model(
        "series_dynamics",
        "series_index, threshold, responded, amplitude, rise_50_s",
        settings=settings_row(video_window_s=0.05),
        frames=table("frame_index participant video frame", *((at, "a", "v", at) for at in frames)),
        frame_alignments=chunk(frames),
        trial_frames=shown([(at - 6) * STEP for at in frames]),
        trials=table("trial_index median_step_s", (1, STEP)),
        blendshape_series=table("series_index blendshape", (1001, "jawOpen")),
        source_frame_blendshapes=table(
            "participant video frame blendshape score",
            *(("a", "v", at, "jawOpen", each) for at, each in zip(frames, scores, strict=True)),
        ),
    )

    assert found == [(1001, 0.1, True, pytest.approx(0.6), pytest.approx(0.05))]
