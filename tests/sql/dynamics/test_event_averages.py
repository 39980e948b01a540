import pytest
from scipy import stats

from tests.sql.support import Row, RunModel, table

GROUPS = table("group_index grouping group_id", (0, "face", 0))


def averages(
    run_model: RunModel, people: dict[str, list[float]], baseline: float = 1.0
) -> list[Row]:
    """Average trials of one frame, right at the onset, of the levels given for each person."""
    trials = [(who, level) for who, levels in people.items() for level in levels]
    numbered = list(enumerate(trials, start=1))
    columns = "time_s trials participants mean_level sd_level low high"
    found = run_model(
        "event_averages",
        columns.replace(" ", ", "),
        trials=table(
            "trial_index participant mask expression supervised",
            *((at, who, "05-00", "happiness", False) for at, (who, _) in numbered),
        ),
        grid_frames=table(
            "trial_index step before_index after_index share",
            *((at, 0, at, at, 0.0) for at, _ in numbered),
        ),
        part_motion=table(
            "trial_index group_index frame_index level",
            *((at, 0, at, level) for at, (_, level) in numbered),
        ),
        series_dynamics=table(
            "trial_index series_index baseline", *((at, 0, baseline) for at, _ in numbered)
        ),
        dynamics_groups=GROUPS,
    )
    return [dict(zip(columns.split(), row, strict=True)) for row in found]


def test_people_count_alike_however_many_trials_they_have(run_model: RunModel) -> None:
    [row] = averages(run_model, {"a": [2.0, 4.0], "b": [9.0]})

    # Means of 2 and 8 above the baseline.
    assert (row["trials"], row["participants"], row["mean_level"]) == (3, 2, 5.0)
    assert row["sd_level"] == pytest.approx(18**0.5)
    assert row["high"] - row["mean_level"] == pytest.approx(12.706204736 * 3, abs=1e-6)
    assert row["mean_level"] - row["low"] == pytest.approx(12.706204736 * 3, abs=1e-6)


def test_of_one_person_there_is_no_interval(run_model: RunModel) -> None:
    [row] = averages(run_model, {"a": [2.0, 4.0]})

    assert (row["mean_level"], row["sd_level"], row["low"], row["high"]) == (2.0, None, None, None)


@pytest.mark.parametrize("people", [3, 31, 32, 40, 200])
def test_the_interval_is_students(run_model: RunModel, people: int) -> None:
    [row] = averages(run_model, {f"{who:03d}": [float(who)] for who in range(people)})

    quantile = (row["high"] - row["mean_level"]) / (row["sd_level"] / people**0.5)
    assert quantile == pytest.approx(stats.t.ppf(0.975, people - 1), abs=3e-6)


def test_levels_between_two_frames_lie_on_a_line(run_model: RunModel) -> None:
    found = run_model(
        "event_averages",
        "time_s, mean_level",
        trials=table("trial_index participant mask", (1, "a", "05-00")),
        grid_frames=table("trial_index step before_index after_index share", (1, 3, 7, 8, 0.25)),
        part_motion=table(
            "trial_index group_index frame_index level", (1, 0, 7, 10.0), (1, 0, 8, 18.0)
        ),
        series_dynamics=table("trial_index series_index baseline", (1, 0, 2.0)),
        dynamics_groups=GROUPS,
    )

    assert found == [(0.15, 10.0)]


def test_the_grid_has_no_points_where_no_face_is_seen_for_long(run_model: RunModel) -> None:
    times = [-0.06, 0.0, 0.04, 0.3, 0.36]
    found = run_model(
        "grid_frames",
        "step, before_index, after_index, share",
        trial_frames=table(
            "trial_index frame_index time_s in_view",
            *((1, at, time, True) for at, time in enumerate(times, start=1)),
        ),
        trials=table("trial_index median_step_s", (1, 0.06)),
    )

    assert found == [
        (-1, 1, 2, pytest.approx(1 / 6)),
        (0, 2, 3, 0.0),
        (6, 4, 5, pytest.approx(0)),
        (7, 4, 5, pytest.approx(5 / 6)),
    ]
