from tests.sql.support import RunModel, table


def test_instruments_are_given_by_name(run_model: RunModel) -> None:
    scores = table("participant instrument score", ("a", "dbi", 4.0), ("a", "bai", None))

    rows = run_model("instrument_correlations", analysed_scores=scores)

    assert rows == [("a", "bai", None), ("a", "dbi", 4.0)]


def test_features_are_given_by_name(run_model: RunModel) -> None:
    of_feature = ("happiness", False, "05-00", "kmeans6_eyes", 2)
    features = table(
        "participant feature value expression supervised mask grouping group_id",
        ("a", "m05_00_2", 1.5, *of_feature),
    )

    assert run_model("feature_correlations", features=features) == [
        ("a", "m05_00_2", 1.5, *of_feature)
    ]
