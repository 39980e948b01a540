import pytest

from tests.sql.dynamics.rows import chunk, shown
from tests.sql.support import Row, RunModel, settings_row, table


def motion(
    run_model: RunModel, times: list[float], distances: list[float], window: float = 0.1
) -> list[tuple[int, float, float | None, int]]:
    """Follow one point that lies so far from its neutral place."""
    frames = range(1, len(times) + 1)
    points = list(zip(frames, distances, strict=True))
    return run_model(
        "part_motion",
        "frame_index, level, speed, window_frames",
        settings=settings_row(video_window_s=window),
        frames=table("frame_index participant video frame", *((at, "a", "v", at) for at in frames)),
        frame_alignments=chunk(frames),
        source_frame_landmarks=table(
            "participant video frame point x y",
            *(("a", "v", at, 61, far, 9.0) for at, far in points),
        ),
        trial_frames=shown(times),
        neutral_points=table("trial_index point x y", (1, 61, 0.0, 9.0)),
        face_parts=table("point part", (61, "right_mouth")),
        part_groups=table("group_index part", (5, "right_mouth")),
    )


def test_level_and_speed_of_a_quadratic_are_its_own_at_uneven_times(run_model: RunModel) -> None:
    times = [0.0, 0.03, 0.05, 0.1, 0.12, 0.19, 0.2]
    course = [4 + 3 * time + 50 * time**2 for time in times]

    found = motion(run_model, times, course)

    assert [level for _, level, _, _ in found] == pytest.approx(course, abs=1e-9)
    assert [speed for _, _, speed, _ in found] == pytest.approx(
        [3 + 100 * time for time in times], abs=1e-7
    )


def test_even_steps_give_the_weights_of_savitzky_and_golay(run_model: RunModel) -> None:
    # Seven frames, quadratic: (-2, 3, 6, 7, 6, 3, -2) / 21; the slope (-3 … 3) / 28 a step.
    times = [at / 32 for at in range(7)]
    values = [5.0, 1.0, 7.0, 2.0, 8.0, 3.0, 9.0]

    level, speed, frames = motion(run_model, times, values)[3][1:]

    assert frames == 7
    assert level == pytest.approx(
        sum(w * v for w, v in zip((-2, 3, 6, 7, 6, 3, -2), values, strict=True)) / 21
    )
    assert speed == pytest.approx(
        32 * sum(w * v for w, v in zip(range(-3, 4), values, strict=True)) / 28
    )


def test_fewer_than_three_frames_are_taken_as_they_are(run_model: RunModel) -> None:
    found = motion(run_model, [0.0, 0.05, 0.5, 0.9], [3.0, 5.0, 6.0, 2.0])

    assert found == [
        *((1, 3.0, None, 2), (2, 5.0, None, 2)),
        *((3, 6.0, None, 1), (4, 2.0, None, 1)),
    ]


def test_nothing_is_laid_across_a_gap_longer_than_the_window(run_model: RunModel) -> None:
    # A jump within the gap is not smoothed.
    times = [0.0, 0.04, 0.08, 0.19, 0.23, 0.27]
    found = motion(run_model, times, [1.0, 1.0, 1.0, 9.0, 9.0, 9.0])

    assert [level for _, level, _, _ in found] == pytest.approx([1, 1, 1, 9, 9, 9])
    assert [speed for _, _, speed, _ in found] == pytest.approx([0] * 6, abs=1e-9)


def test_a_frame_on_the_windows_edge_is_in_it(run_model: RunModel) -> None:
    assert [row[3] for row in motion(run_model, [0.0, 3 / 30, 6 / 30], [1.0, 2.0, 3.0])] == [
        2,
        3,
        2,
    ]


def test_a_group_is_the_mean_over_the_points_of_its_parts(run_model: RunModel) -> None:
    landmarks: list[Row] = table(
        "participant video frame point x y",
        *(("a", "v", 1, 61, 3.0, 4.0), ("a", "v", 1, 291, 0.0, 1.0), ("a", "v", 1, 0, 0.0, 0.0)),
    )

    found = run_model(
        "part_motion",
        "group_index, level",
        frames=table("frame_index participant video frame", (1, "a", "v", 1)),
        frame_alignments=chunk([1]),
        source_frame_landmarks=landmarks,
        trial_frames=shown([0.0]),
        neutral_points=table(
            "trial_index point x y", (1, 61, 0.0, 0.0), (1, 291, 0.0, 0.0), (1, 0, 0.0, 0.0)
        ),
        face_parts=table(
            "point part", (61, "right_mouth"), (291, "left_mouth"), (0, "midline_mouth")
        ),
        part_groups=table(
            "group_index part",
            *((5, "right_mouth"), (5, "left_mouth"), (5, "midline_mouth"), (14, "right_mouth")),
        ),
    )

    assert found == [(5, pytest.approx(2.0)), (14, pytest.approx(5.0))]
