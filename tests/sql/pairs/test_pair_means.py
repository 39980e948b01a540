"""The means of points: by point, muscle, group and mask."""

from tests.sql.support import RunModel, table

CELLS = table(
    "cell_index participant expression supervised mask",
    (2, "a", "happiness", False, "05-00"),
    (5, "b", "surprise", True, "07-01"),
)
POINTS = table(
    "cell_index point mean_change mean_abs_change mean_change_from_mean mean_abs_change_from_mean",
    (2, 10, 1.0, 2.0, 3.0, 4.0),
    (2, 20, -3.0, 4.0, 5.0, 8.0),
    (2, 30, 8.0, 9.0, 10.0, 12.0),
    (5, 10, None, None, 6.0, 7.0),
)
MUSCLES = table(
    "muscle point side muscle_group",
    ("lifter", 10, "left", "oral"),
    ("lifter", 20, "left", "oral"),
    ("lifter", 30, "right", "oral"),
    ("ring", 20, "left", "oral"),
    ("brow", 30, "right", "forehead"),
)
A = ("a", "happiness", False, "05-00")
B = ("b", "surprise", True, "07-01")


def test_a_point_has_the_names_of_its_cell(run_model: RunModel) -> None:
    rows = run_model("pair_changes_by_point", cells=CELLS, cell_pair_changes=POINTS)

    assert rows == [
        (*A, 10, 1.0, 2.0, 3.0, 4.0),
        (*A, 20, -3.0, 4.0, 5.0, 8.0),
        (*A, 30, 8.0, 9.0, 10.0, 12.0),
        (*B, 10, None, None, 6.0, 7.0),
    ]


def test_a_side_of_a_muscle_is_the_mean_of_its_points(run_model: RunModel) -> None:
    rows = run_model(
        "pair_changes_by_muscle", cells=CELLS, cell_pair_changes=POINTS, muscles=MUSCLES
    )

    assert rows == [
        (*A, "brow", "right", 1, 8.0, 9.0, 10.0, 12.0),
        (*A, "lifter", "left", 2, -1.0, 3.0, 4.0, 6.0),
        (*A, "lifter", "right", 1, 8.0, 9.0, 10.0, 12.0),
        (*A, "ring", "left", 1, -3.0, 4.0, 5.0, 8.0),
        (*B, "lifter", "left", 1, None, None, 6.0, 7.0),
    ]


def test_a_point_of_several_muscles_counts_once_in_their_group(run_model: RunModel) -> None:
    rows = run_model(
        "pair_changes_by_muscle_group", cells=CELLS, cell_pair_changes=POINTS, muscles=MUSCLES
    )

    assert rows == [
        (*A, "forehead", 1, 8.0, 9.0, 10.0, 12.0),
        (*A, "oral", 3, 2.0, 5.0, 6.0, 8.0),
        (*B, "oral", 1, None, None, 6.0, 7.0),
    ]


def test_a_mask_is_the_mean_of_all_its_points(run_model: RunModel) -> None:
    rows = run_model("pair_changes_by_mask", cells=CELLS, cell_pair_changes=POINTS)

    assert rows == [(*A, 2.0, 5.0, 6.0, 8.0), (*B, None, None, 6.0, 7.0)]
