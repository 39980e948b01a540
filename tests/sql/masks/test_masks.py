from tests.sql.support import RunModel, table


def test_masks_name_the_cell_that_cell_points_numbers(run_model: RunModel) -> None:
    cells = table(
        "cell_index participant expression supervised mask",
        (1, "007", "happiness", False, "05-00"),
        (2, "007", "happiness", True, "05-01"),
    )
    points = table("cell_index point x y z photos", (2, 468, 1.0, 2.0, 3.0, 3))

    rows = run_model("masks", cells=cells, cell_points=points)

    assert rows == [("007", "happiness", True, "05-01", 468, 1.0, 2.0, 3.0, 3)]
