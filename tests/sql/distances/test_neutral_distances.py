from tests.sql.support import RunModel, table


def test_distances_name_the_cell_that_displacements_number(run_model: RunModel) -> None:
    cells = table(
        "cell_index participant expression supervised mask",
        (1, "007", "neutral", False, "00-00"),
        (2, "007", "happiness", True, "05-01"),
    )
    displacements = table(
        "cell_index point distance distance_3d dx dy dz", (2, 61, 5.0, 13.0, 3.0, -4.0, 12.0)
    )

    rows = run_model("neutral_distances", cells=cells, cell_displacements=displacements)

    assert rows == [("007", "happiness", True, "05-01", 61, 5.0, 13.0, 3.0, -4.0, 12.0)]
