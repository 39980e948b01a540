from tests.sql.support import RunModel, table


def test_every_mask_is_compared_with_the_same_participants_reference(run_model: RunModel) -> None:
    labels = table("mask is_reference", ("00-00", True), ("00-01", False), ("05-00", False))
    cells = table(
        "cell_index participant mask",
        (1, "a", "00-00"),
        (2, "a", "00-01"),
        (3, "a", "05-00"),
        (4, "b", "05-00"),
        (5, "b", "00-00"),
        (6, "c", "05-00"),
    )

    rows = run_model("compared_cells", mask_labels=labels, cells=cells)

    assert rows == [(2, 1), (3, 1), (4, 5)]
