from tests.sql.support import RunModel, settings_row, table

CLUSTERS = table("point group_id", (0, 0), (362, 1))
EYELIDS = table("point side place", (362, "left", 0), (33, "right", 1))


def test_the_expanded_grouping_adds_the_eyelids_as_groups_6_and_7(run_model: RunModel) -> None:
    rows = run_model(
        "pav_groups", "grouping, group_id, point", pav_clusters=CLUSTERS, eyelid_points=EYELIDS
    )

    assert rows == [
        ("kmeans6", 0, 0),
        ("kmeans6", 1, 362),
        ("kmeans6_eyes", 0, 0),
        ("kmeans6_eyes", 1, 362),
        ("kmeans6_eyes", 6, 362),
        ("kmeans6_eyes", 7, 33),
    ]


def test_names_and_numbers_follow_the_setting_of_k(run_model: RunModel) -> None:
    rows = run_model(
        "pav_groups",
        "grouping, group_id, point",
        pav_clusters=CLUSTERS[:1],
        eyelid_points=EYELIDS,
        settings=settings_row(clusters_k=4),
    )

    assert rows == [
        ("kmeans4", 0, 0),
        ("kmeans4_eyes", 0, 0),
        ("kmeans4_eyes", 4, 362),
        ("kmeans4_eyes", 5, 33),
    ]
