from tests.sql.support import RunModel, settings_row, table

DISTANCES = table(
    "participant mask grouping group_id mean_distance",
    ("a", "05-00", "kmeans6_eyes", 2, 1.5),
    ("a", "07-01", "kmeans6_eyes", 7, 2.5),
    ("a", "05-00", "kmeans6", 2, 3.5),
    ("a", "05-00", "kmeans4_eyes", 2, 4.5),
)


def test_features_are_named_as_in_the_paper(run_model: RunModel) -> None:
    rows = run_model("features", group_distances=DISTANCES)

    assert rows == [("a", "05-00_2", 1.5), ("a", "07-01_7", 2.5)]


def test_features_are_those_of_the_expanded_grouping_of_this_k(run_model: RunModel) -> None:
    rows = run_model("features", group_distances=DISTANCES, settings=settings_row(clusters_k=4))

    assert rows == [("a", "05-00_2", 4.5)]
