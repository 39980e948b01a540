from tests.sql.support import RunModel, table

SMILE = ("happiness", False, "05-00", "kmeans6_eyes", 2)


def test_scores_and_features_are_listed_alike(run_model: RunModel) -> None:
    rows = run_model(
        "analysed_values",
        analysed_scores=table("participant instrument score", ("a", "dbi", None)),
        features=table(
            "participant feature value expression supervised mask grouping group_id",
            ("a", "m05_00_2", 1.5, *SMILE),
        ),
    )

    assert rows == [
        ("feature", "m05_00_2", *SMILE, "a", 1.5),
        ("instrument", "dbi", *5 * [None], "a", None),
    ]
