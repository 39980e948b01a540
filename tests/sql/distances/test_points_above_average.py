from tests.sql.support import RunModel, table


def test_pav_points_are_above_average_in_every_mask(run_model: RunModel) -> None:
    averages = table(
        "mask point mean_distance above_average",
        ("05-00", 0, 3.0, True),
        ("05-01", 0, 5.0, True),
        ("07-00", 0, 10.0, True),
        ("05-00", 1, 3.0, True),
        ("05-01", 1, 3.0, True),
        ("07-00", 1, 0.0, False),
        ("05-00", 2, 0.0, False),
        ("05-01", 2, 0.0, False),
        ("07-00", 2, 0.0, False),
    )

    assert run_model("points_above_average", point_averages=averages) == [(0, 3, 6.0)]


def test_points_whose_movement_is_unknown_are_no_pav_points(run_model: RunModel) -> None:
    averages = table("mask point mean_distance above_average", ("05-00", 0, None, None))

    assert run_model("points_above_average", point_averages=averages) == []


def test_a_mask_without_known_movement_leaves_no_pav_points(run_model: RunModel) -> None:
    averages = table(
        "mask point mean_distance above_average", ("05-00", 0, 3.0, True), ("05-01", 0, None, None)
    )

    assert run_model("points_above_average", point_averages=averages) == []
