from tests.sql.support import RunModel, table


def test_scores_and_features_are_listed_alike(run_model: RunModel) -> None:
    rows = run_model(
        "analysed_values",
        analysed_scores=table("participant instrument score", ("a", "dbi", None)),
        features=table("participant feature value", ("a", "05-00_2", 1.5)),
    )

    assert rows == [("feature", "05-00_2", "a", 1.5), ("instrument", "dbi", "a", None)]
