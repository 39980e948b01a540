from tests.sql.support import RunModel, table


def test_a_masks_number_is_the_mean_over_the_pav_points_alone(run_model: RunModel) -> None:
    cells = table(
        "cell_index participant expression supervised mask",
        (1, "a", "neutral", False, "00-00"),
        (2, "a", "happiness", False, "05-00"),
        (3, "b", "happiness", False, "05-00"),
    )
    distances = table(
        "cell_index point distance",
        (2, 0, 1.0),
        (2, 1, 2.0),
        (2, 2, 100.0),
        (3, 0, 8.0),
        (3, 1, 4.0),
        (3, 2, 100.0),
    )
    pav = table("point", (0,), (1,))

    rows = run_model(
        "pav_mask_means", cells=cells, analysed_distances=distances, points_above_average=pav
    )

    assert rows == [
        ("a", "happiness", False, "05-00", 1.5),
        ("b", "happiness", False, "05-00", 6.0),
    ]
