from tests.sql.support import RunModel, table


def test_the_half_becomes_the_whole_matrix(run_model: RunModel) -> None:
    labels = table(
        "mask expression supervised", ("05-00", "happiness", False), ("07-01", "surprise", True)
    )
    once = table(
        "mask point_a point_b mean_change mean_abs_change sd_change participants",
        ("05-00", 0, 0, 0.0, 0.0, 0.0, 9),
        ("05-00", 0, 1, -2.0, 3.0, 4.5, 9),
        ("05-00", 1, 1, 0.0, 0.0, 0.0, 9),
        ("07-01", 4, 6, None, None, None, 0),
    )

    rows = run_model("pair_changes", mask_labels=labels, pair_changes_once=once)

    assert rows == [
        ("happiness", False, "05-00", 0, 0, 0.0, 0.0, 0.0, 9),
        ("happiness", False, "05-00", 0, 1, -2.0, 3.0, 4.5, 9),
        ("happiness", False, "05-00", 1, 0, -2.0, 3.0, 4.5, 9),
        ("happiness", False, "05-00", 1, 1, 0.0, 0.0, 0.0, 9),
        ("surprise", True, "07-01", 4, 6, None, None, None, 0),
        ("surprise", True, "07-01", 6, 4, None, None, None, 0),
    ]
