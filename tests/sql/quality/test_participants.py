from tests.sql.support import RunModel, table


def test_everyone_with_photos_or_scores_is_a_participant(run_model: RunModel) -> None:
    photos = table("photo_index participant", (1, "a"), (2, "a"), (3, "b"))
    cells = table("participant usable_photos", ("a", 1), ("a", 0), ("b", 0))
    scores = table(
        "participant instrument score", ("a", "dbi", None), ("a", "bai", 0), ("c", "dbi", None)
    )

    rows = run_model("participants", photos=photos, cells=cells, scores=scores)

    assert rows == [
        ("a", True, 2, 1, True),
        ("b", True, 1, 0, False),
        ("c", True, 0, 0, False),
    ]


def test_only_a_reason_against_the_whole_participant_excludes(run_model: RunModel) -> None:
    photos = table("photo_index participant", (1, "a"), (2, "b"), (3, "c"), (4, "d"))
    exclusions = table(
        "participant reason scope",
        ("a", "no_face", "participant"),
        ("a", "missing_mask", "participant"),
        ("b", "no_face", "photo"),
        ("c", "missing_mask", "mask"),
        ("d", "no_scores", "correlations"),
    )

    rows = run_model("participants", "participant, included", photos=photos, exclusions=exclusions)

    assert rows == [("a", False), ("b", True), ("c", True), ("d", True)]
