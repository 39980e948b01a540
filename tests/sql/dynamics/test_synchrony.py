import pytest

from tests.sql.support import RunModel, table

COURSE = [0, 0, 0, 1, 4, 9, 12, 13, 12, 9, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
GROUPS = table(
    "group_index grouping group_id side",
    *((1, "regions", 0, "both"), (5, "regions", 4, "both"), (7, "regions", 6, "left")),
)


def synchrony(
    run_model: RunModel, courses: dict[int, list[float]], still: tuple[int, ...] = ()
) -> list[tuple[int, int, int, float, float, float]]:
    """Compare courses that have a frame on each point of the grid."""
    frames = range(1, len(COURSE) + 1)
    return run_model(
        "synchrony",
        "group_a, group_b, n, r_zero, r_max, lag_s",
        trials=table("trial_index participant video event", (1, "a", "v", "t")),
        dynamics_groups=GROUPS,
        series_dynamics=table(
            "trial_index series_index responded", *((1, at, at not in still) for at in courses)
        ),
        grid_frames=table(
            "trial_index step before_index after_index share",
            *((1, at, at, at, 0.0) for at in frames),
        ),
        part_motion=table(
            "trial_index group_index frame_index level",
            *(
                (1, group, at, float(level))
                for group, levels in courses.items()
                for at, level in zip(frames, levels, strict=True)
            ),
        ),
    )


@pytest.mark.parametrize("later", [0, 1, 4])
def test_a_region_that_follows_is_found_at_its_lag(run_model: RunModel, later: int) -> None:
    follows = [3 + 2 * level for level in [0] * later + COURSE[: len(COURSE) - later]]
    [row] = synchrony(run_model, {1: COURSE, 5: follows})

    assert row[:3] == (0, 4, len(COURSE))
    assert row[4] == pytest.approx(1)
    assert row[5] == pytest.approx(later / 20)
    assert (row[3] < 0.999) == (later > 0)


def test_one_that_goes_before_has_a_negative_lag(run_model: RunModel) -> None:
    [row] = synchrony(run_model, {1: [0, 0, *COURSE[:-2]], 5: COURSE})

    assert row[5] == pytest.approx(-0.1)


def test_regions_that_did_not_move_and_single_sides_are_not_compared(run_model: RunModel) -> None:
    assert synchrony(run_model, {1: COURSE, 5: COURSE}, still=(5,)) == []
    assert synchrony(run_model, {1: COURSE, 7: COURSE}) == []


@pytest.mark.parametrize(
    ("left", "right", "moved", "expected"),
    [
        (30.0, 10.0, (True, False), 0.5),
        (0.0, 10.0, (False, True), -1.0),
        (30.0, 10.0, (False, False), None),
        (30.0, -1.0, (True, False), None),
    ],
)
def test_asymmetry_of_two_sides(
    run_model: RunModel,
    left: float,
    right: float,
    moved: tuple[bool, bool],
    expected: float | None,
) -> None:
    names = table(
        "grouping group_id name side",
        ("regions", 12, "left_mouth", "left"),
        ("regions", 13, "right_mouth", "right"),
        ("regions", 4, "mouth", "both"),
    )
    dynamics = table(
        "participant video event grouping group_id responded amplitude",
        ("a", "v", "t", "regions", 12, moved[0], left),
        ("a", "v", "t", "regions", 13, moved[1], right),
        ("a", "v", "t", "regions", 4, True, 20.0),
    )

    found = run_model(
        "side_asymmetry",
        "pair, amplitude_left, amplitude_right, asymmetry",
        dynamics_groups=names,
        expression_dynamics=dynamics,
    )

    assert found == [("mouth", left, right, expected)]
