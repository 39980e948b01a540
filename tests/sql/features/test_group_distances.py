from tests.sql.support import RunModel, table


def test_a_groups_distance_is_the_mean_over_its_points(run_model: RunModel) -> None:
    cells = table(
        "cell_index participant expression supervised mask",
        (2, "a", "happiness", False, "05-00"),
        (3, "b", "surprise", True, "07-01"),
    )
    groups = table(
        "point grouping group_id",
        (0, "kmeans6", 0),
        (1, "kmeans6", 0),
        (2, "kmeans6", 1),
        (1, "kmeans6_eyes", 7),
    )
    distances = table(
        "cell_index point distance",
        (2, 0, 1.0),
        (2, 1, 2.0),
        (2, 2, 9.0),
        (2, 3, 77.0),
        (3, 1, 4.0),
    )

    rows = run_model(
        "group_distances", cells=cells, pav_groups=groups, analysed_distances=distances
    )

    assert rows == [
        ("a", "happiness", False, "05-00", "kmeans6", 0, 1.5),
        ("a", "happiness", False, "05-00", "kmeans6", 1, 9.0),
        ("a", "happiness", False, "05-00", "kmeans6_eyes", 7, 2.0),
        ("b", "surprise", True, "07-01", "kmeans6", 0, 4.0),
        ("b", "surprise", True, "07-01", "kmeans6_eyes", 7, 4.0),
    ]
