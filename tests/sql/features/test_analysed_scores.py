from tests.sql.support import RunModel, table


def test_the_scores_are_those_of_included_participants(run_model: RunModel) -> None:
    scores = table(
        "participant instrument score", ("a", "dbi", 4.0), ("a", "bai", None), ("b", "dbi", 5.0)
    )
    participants = table("participant included", ("a", True), ("b", False))

    rows = run_model("analysed_scores", scores=scores, participants=participants)

    assert rows == [("a", "bai", None), ("a", "dbi", 4.0)]
