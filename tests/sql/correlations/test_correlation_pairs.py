from tests.sql.support import RunModel, table


def test_instruments_are_given_by_name(run_model: RunModel) -> None:
    scores = table("participant instrument score", ("a", "dbi", 4.0), ("a", "bai", None))

    rows = run_model("instrument_correlations", analysed_scores=scores)

    assert rows == [("a", "bai", None), ("a", "dbi", 4.0)]


def test_features_are_given_by_name(run_model: RunModel) -> None:
    features = table("participant feature value", ("a", "05-00_2", 1.5))

    assert run_model("feature_correlations", features=features) == [("a", "05-00_2", 1.5)]
