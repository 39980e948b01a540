from tests.sql.support import RunModel, table


def test_masks_average_their_points(run_model: RunModel) -> None:
    averages = table(
        "expression supervised mask point mean_distance participants above_average",
        ("happiness", False, "05-00", 0, 1.0, 7, False),
        ("happiness", False, "05-00", 1, 2.0, 7, False),
        ("happiness", False, "05-00", 2, 6.0, 7, True),
        ("happiness", True, "05-01", 0, 5.0, 6, False),
    )

    assert run_model("mask_averages", point_averages=averages) == [
        ("happiness", False, "05-00", 3.0, 1, 7),
        ("happiness", True, "05-01", 5.0, 0, 6),
    ]
