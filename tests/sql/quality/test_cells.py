from tests.sql.support import RunModel, table


def test_cells_count_photos_and_those_that_are_usable(run_model: RunModel) -> None:
    photos = table(
        "photo_index participant expression supervised photo",
        (1, "1", "anger", False, "a"),
        (2, "1", "anger", False, "b"),
        (3, "1", "anger", False, "c"),
        (4, "1", "anger", True, "a"),
        (5, "0", "neutral", False, "a"),
        (6, "0", "sleepy", False, "a"),
    )
    verdicts = table(
        "photo_index mask usable",
        (1, "01-00", True),
        (2, "01-00", False),
        (3, "01-00", True),
        (4, "01-01", False),
        (5, "00-00", True),
        (6, None, False),
    )

    rows = run_model("cells", photos=photos, photo_verdicts=verdicts)

    assert rows == [
        (1, "0", "neutral", False, "00-00", 1, 1),
        (2, "1", "anger", False, "01-00", 3, 2),
        (3, "1", "anger", True, "01-01", 1, 0),
    ]
