import pytest

from tests.sql.support import RunModel, settings_row, table


def test_everyone_with_photos_or_scores_is_a_participant(run_model: RunModel) -> None:
    photos = table("photo_index participant", (1, "a"), (2, "a"), (3, "b"))
    cells = table("participant usable_photos", ("a", 1), ("a", 0), ("b", 0))
    scores = table(
        "participant instrument score", ("a", "dbi", None), ("a", "bai", 0), ("c", "dbi", None)
    )

    rows = run_model("participants", photos=photos, cells=cells, scores=scores)

    assert rows == [
        ("a", True, 2, 1, True, "own"),
        ("b", True, 1, 0, False, "own"),
        ("c", True, 0, 0, False, "own"),
    ]


@pytest.mark.parametrize("reference", ["mean", "canonical"])
def test_who_is_included_is_compared_with_the_own_neutral_face_or_another(
    run_model: RunModel, reference: str
) -> None:
    rows = run_model(
        "participants",
        "participant, compared_with",
        settings=settings_row(reference_face=reference),
        photos=table("photo_index participant", (1, "a"), (2, "b"), (3, "c"), (4, "d")),
        mask_labels=table("mask is_reference", ("00-00", True), ("05-00", False)),
        cells=table(
            "participant mask usable_photos",
            *(("a", "00-00", 1), ("a", "05-00", 1), ("b", "05-00", 1)),
            *(("c", "00-00", 0), ("c", "05-00", 1), ("d", "00-00", 1)),
        ),
        exclusions=table("participant reason scope", ("d", "photo_count", "participant")),
    )

    assert rows == [("a", "own"), ("b", reference), ("c", reference), ("d", None)]


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
