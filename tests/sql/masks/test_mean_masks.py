from tests.sql.support import RunModel, table


def test_every_participant_counts_once_however_many_photos(run_model: RunModel) -> None:
    labels = table(
        "mask expression supervised", ("00-00", "neutral", False), ("05-01", "happiness", True)
    )
    cells = table("cell_index mask", (1, "00-00"), (2, "05-01"), (3, "05-01"))
    points = table(
        "cell_index point x y z photos",
        (1, 0, 9.0, 9.0, 9.0, 1),
        (2, 0, 1.0, 10.0, -1.0, 1),
        (3, 0, 2.0, 30.0, -2.0, 99),
        (3, 1, 4.0, 4.0, None, 99),
    )

    rows = run_model("mean_masks", mask_labels=labels, cells=cells, cell_points=points)

    assert rows == [
        ("happiness", True, "05-01", 0, 1.5, 20.0, -1.5, 2),
        ("happiness", True, "05-01", 1, 4.0, 4.0, None, 1),
        ("neutral", False, "00-00", 0, 9.0, 9.0, 9.0, 1),
    ]
