from tests.sql.support import RunModel, table


def test_instruments_come_from_the_settings_and_from_the_scores(run_model: RunModel) -> None:
    configured = table(
        "instrument name min_score max_score",
        ("dbi", "Beck Depression Inventory", 0, 63),
        ("bai", "Beck Anxiety Inventory", 0, 63),
    )
    scores = table(
        "participant instrument score", ("1", "dbi", 3), ("1", "phq", 4), ("2", "phq", None)
    )

    rows = run_model("instruments", source_instruments=configured, source_scores=scores)

    assert rows == [
        ("bai", "Beck Anxiety Inventory", 0.0, 63.0),
        ("dbi", "Beck Depression Inventory", 0.0, 63.0),
        ("phq", "phq", None, None),
    ]
