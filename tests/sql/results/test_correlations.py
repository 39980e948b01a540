from tests.sql.support import RunModel, table

GROUPS = table(
    "participant mask grouping group_id mean_distance",
    ("a", "05-00", "kmeans6", 2, 1.5),
    ("a", "05-00", "kmeans6_eyes", 7, 2.5),
)
SCORES = table(
    "participant instrument score", ("a", "dbi", 4.0), ("a", "bai", None), ("b", "dbi", 5.0)
)
PARTICIPANTS = table("participant included", ("a", True), ("b", False))


def test_every_grouping_is_given_its_features_and_all_scores(run_model: RunModel) -> None:
    rows = run_model(
        "correlations", group_distances=GROUPS, scores=SCORES, participants=PARTICIPANTS
    )

    assert rows == [
        ("kmeans6", "feature", "a", "05-00_2", 1.5),
        ("kmeans6", "instrument", "a", "bai", None),
        ("kmeans6", "instrument", "a", "dbi", 4.0),
        ("kmeans6_eyes", "feature", "a", "05-00_7", 2.5),
        ("kmeans6_eyes", "instrument", "a", "bai", None),
        ("kmeans6_eyes", "instrument", "a", "dbi", 4.0),
    ]
