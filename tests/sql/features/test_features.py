from tests.sql.support import RunModel, settings_row, table

DISTANCES = table(
    "participant mask grouping group_id mean_distance",
    ("a", "05-00", "kmeans6_eyes", 2, 1.5),
    ("a", "07-01", "kmeans6_eyes", 7, 2.5),
    ("a", "05-00", "kmeans6", 2, 3.5),
    ("a", "05-00", "kmeans4_eyes", 2, 4.5),
)
NAMED = table(
    "feature expression supervised mask grouping group_id",
    ("m05_00_2", "happiness", False, "05-00", "kmeans6_eyes", 2),
    ("m07_01_7", "surprise", True, "07-01", "kmeans6_eyes", 7),
    ("m05_00_2", "happiness", False, "05-00", "kmeans6", 2),
    ("m05_00_2", "happiness", False, "05-00", "kmeans4_eyes", 2),
)


def test_what_a_feature_is_stands_beside_its_name(run_model: RunModel) -> None:
    rows = run_model("features", group_distances=DISTANCES, group_features=NAMED)

    assert rows == [
        ("a", "m05_00_2", "happiness", False, "05-00", "kmeans6_eyes", 2, 1.5),
        ("a", "m07_01_7", "surprise", True, "07-01", "kmeans6_eyes", 7, 2.5),
    ]


def test_features_are_those_of_the_expanded_grouping_of_this_k(run_model: RunModel) -> None:
    rows = run_model(
        "features",
        "feature, grouping, value",
        group_distances=DISTANCES,
        group_features=NAMED,
        settings=settings_row(clusters_k=4),
    )

    assert rows == [("m05_00_2", "kmeans4_eyes", 4.5)]
