from tests.sql.support import RunModel, table


def test_a_masks_point_is_the_mean_over_its_photos(run_model: RunModel) -> None:
    points = table(
        "photo_index cell_index point x y z",
        (1, 1, 0, 1.0, 10.0, -1.0),
        (2, 1, 0, 2.0, 20.0, -2.0),
        (3, 1, 0, 6.0, 60.0, -6.0),
        (1, 1, 477, 5.0, 5.0, 5.0),
        (4, 2, 0, 7.0, 8.0, None),
    )

    assert run_model("cell_points", aligned_points=points) == [
        (1, 0, 3.0, 30.0, -3.0, 3),
        (1, 477, 5.0, 5.0, 5.0, 1),
        (2, 0, 7.0, 8.0, None, 1),
    ]
