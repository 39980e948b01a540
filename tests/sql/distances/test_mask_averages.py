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
        ("happiness", False, "05-00", 3.0, 1, 7, 0),
        ("happiness", True, "05-01", 5.0, 0, 6, 0),
    ]


def test_who_is_compared_with_another_face_is_counted(run_model: RunModel) -> None:
    averages = table(
        "expression supervised mask point mean_distance participants above_average",
        ("happiness", False, "05-00", 0, 1.0, 4, False),
    )
    cells = table(
        "cell_index participant mask usable_photos",
        *((1, "a", "05-00", 3), (2, "b", "05-00", 1), (3, "c", "05-00", 3), (4, "d", "05-00", 0)),
    )
    compared = table(
        "cell_index compared_with", (1, "own"), (2, "canonical"), (3, "canonical"), (4, "canonical")
    )
    people = table("participant included", ("a", True), ("b", True), ("c", False), ("d", True))

    rows = run_model(
        "mask_averages",
        "without_own_neutral",
        point_averages=averages,
        cells=cells,
        compared_cells=compared,
        participants=people,
    )

    assert rows == [(1,)]
