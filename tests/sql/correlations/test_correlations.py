from tests.sql.support import RunModel, table

GROUPS = table(
    "participant mask grouping group_id mean_distance",
    ("a", "05-00", "kmeans6", 2, 1.5),
    ("a", "05-00", "kmeans6_eyes", 2, 1.5),
    ("a", "05-00", "kmeans6_eyes", 7, 2.5),
)
FEATURES = table(
    "feature expression supervised mask grouping group_id",
    ("m05_00_2", "happiness", False, "05-00", "kmeans6", 2),
    ("m05_00_2", "happiness", False, "05-00", "kmeans6_eyes", 2),
    ("m05_00_7", "happiness", False, "05-00", "kmeans6_eyes", 7),
)
SMILE = ("happiness", False)
NONE = (None, None)
SCORES = table("participant instrument score", ("a", "dbi", 4.0), ("a", "bai", None))


def test_every_grouping_has_its_features_and_scores_come_once(run_model: RunModel) -> None:
    rows = run_model(
        "correlations", group_distances=GROUPS, group_features=FEATURES, analysed_scores=SCORES
    )

    assert rows == [
        ("feature", "kmeans6", "a", "m05_00_2", 1.5, *SMILE, "05-00", 2),
        ("feature", "kmeans6_eyes", "a", "m05_00_2", 1.5, *SMILE, "05-00", 2),
        ("feature", "kmeans6_eyes", "a", "m05_00_7", 2.5, *SMILE, "05-00", 7),
        ("instrument", None, "a", "bai", None, *NONE, *NONE),
        ("instrument", None, "a", "dbi", 4.0, *NONE, *NONE),
    ]


def test_partial_correlations_add_masks_and_covariates(run_model: RunModel) -> None:
    rows = run_model(
        "partial_correlations",
        group_distances=GROUPS[:1],
        group_features=FEATURES,
        analysed_scores=SCORES[:1],
        covariates=table(
            "participant covariate value category",
            ("a", "age", 30.0, None),
            ("a", "sex", None, "f"),
            ("a", "yaw", 9.0, None),
        ),
        mask_poses=table(
            "participant mask yaw pitch roll",
            ("a", "05-00", 3.0, -2.0, 1.0),
            ("b", "05-00", *3 * [None]),
        ),
    )

    assert rows == [
        ("covariate", None, "05-00", "a", "pitch", -2.0, None, *NONE, None),
        ("covariate", None, "05-00", "a", "roll", 1.0, None, *NONE, None),
        ("covariate", None, "05-00", "a", "yaw", 3.0, None, *NONE, None),
        ("covariate", None, None, "a", "age", 30.0, None, *NONE, None),
        ("covariate", None, None, "a", "sex", None, "f", *NONE, None),
        ("feature", "kmeans6", "05-00", "a", "m05_00_2", 1.5, None, *SMILE, 2),
        ("instrument", None, None, "a", "dbi", 4.0, None, *NONE, None),
    ]
