import pytest

from tests.sql.support import RunModel, settings_row, table

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
COVARIATES = table(
    "participant covariate value category",
    ("a", "age", 30.0, None),
    ("a", "sex", None, "f"),
    ("a", "site", None, "north"),
    ("b", "site", None, None),
    ("left out", "site", None, "north"),
    ("a", "yaw", 9.0, None),
)
PEOPLE = table("participant included", ("a", True), ("b", True), ("left out", False))
SCORES = table("participant instrument score", ("a", "dbi", 4.0), ("a", "bai", None))


def test_every_grouping_has_its_features_and_scores_come_once(run_model: RunModel) -> None:
    rows = run_model(
        "correlations",
        group_distances=GROUPS,
        group_features=FEATURES,
        analysed_scores=SCORES,
        covariates=COVARIATES,
        participants=PEOPLE,
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
        covariates=[row for row in COVARIATES if row["covariate"] != "site"],
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


@pytest.mark.parametrize(("covariate", "block"), [("site", "north"), ("age", "30.0")])
@pytest.mark.parametrize("model", ["correlations", "partial_correlations"])
def test_blocks_are_what_the_included_have_of_the_covariate(
    run_model: RunModel, model: str, covariate: str, block: str
) -> None:
    rows = run_model(
        model,
        "kind, participant, name, value",
        covariates=COVARIATES,
        participants=PEOPLE,
        settings=settings_row(permutation_blocks=covariate),
    )

    assert [row for row in rows if row[0] == "block"] == [("block", "a", block, None)]
