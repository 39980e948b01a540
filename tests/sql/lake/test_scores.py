from tests.sql.support import RunModel, table


def test_a_missing_answer_stays_a_row_without_a_score(run_model: RunModel) -> None:
    found = table("participant instrument score", ("007", "dbi", 12.5), ("007", "bai", None))

    assert run_model("scores", source_scores=found) == [
        ("007", "bai", None),
        ("007", "dbi", 12.5),
    ]
