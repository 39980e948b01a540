from collections.abc import Sequence

import pytest

from tests.sql.support import Row, RunModel, settings_row, table

PHOTOS = "photo_index participant mask photo"


def suspected(
    run_model: RunModel, *photos: tuple[int, str, str | None, str], same: Sequence[Row]
) -> list[tuple[str, ...]]:
    rows = table(PHOTOS, *photos)
    return run_model(
        "suspicions",
        photos=[{name: row[name] for name in row if name != "mask"} for row in rows],
        photo_verdicts=[{name: row[name] for name in ("photo_index", "mask")} for row in rows],
        same_photos=same,
    )


def test_the_same_photograph_under_two_names_of_a_mask(run_model: RunModel) -> None:
    rows = suspected(
        run_model,
        *((1, "a", "05-00", "1"), (2, "a", "05-00", "2"), (3, "a", "05-00", "3")),
        same=table("photo_index same_as", (1, 1), (3, 1)),
    )

    assert rows == [("a", "photo_twice_in_mask", "05-00 1 also as 3, 05-00 3 also as 1")]


def test_the_same_photograph_in_two_masks_and_of_two_participants(run_model: RunModel) -> None:
    rows = suspected(
        run_model,
        *((1, "a", "05-00", "1"), (2, "a", "05-01", "1"), (3, "b", "06-00", "x")),
        *((4, "c", "00-00", "1"), (5, "c", "00-00", "2"), (6, "d", "00-00", "1")),
        same=table("photo_index same_as", (1, 1), (2, 1), (3, 1), (4, 4), (5, 4), (6, 6), (7, 6)),
    )

    assert rows == [
        ("a", "photo_in_two_masks", "05-00 1 also in 05-01, 05-01 1 also in 05-00"),
        ("a", "photo_of_two_participants", "05-00 1 also of b, 05-01 1 also of b"),
        ("b", "photo_of_two_participants", "06-00 x also of a"),
        ("c", "photo_twice_in_mask", "00-00 1 also as 2, 00-00 2 also as 1"),
    ]


def test_an_expression_that_is_not_listed_is_not_used(run_model: RunModel) -> None:
    rows = suspected(
        run_model,
        *((1, "a", None, "1"), (2, "a", "05-00", "1")),
        same=table("photo_index same_as", (1, 1), (2, 1)),
    )

    assert rows == []


@pytest.mark.parametrize(
    ("height", "alignable", "expected"),
    [
        (0.4, True, [("a", "not_pixels", "05-00 1")]),
        (0.4, False, []),
        (3.0, True, []),
        (None, False, []),
    ],
)
def test_faces_too_small_for_pixels(
    run_model: RunModel, height: float | None, alignable: bool, expected: list[tuple[str, ...]]
) -> None:
    rows = run_model(
        "suspicions",
        photos=table("photo_index participant photo", (1, "a", "1")),
        photo_verdicts=table("photo_index mask", (1, "05-00")),
        photo_anchors=table("photo_index face_height alignable", (1, height, alignable)),
    )

    assert rows == expected


def test_more_photographs_than_most_masks_have(run_model: RunModel) -> None:
    counts = (("a", 3), ("b", 3), ("c", 3), ("d", 2), ("e", 6))
    cells = [row | {"mask": "05-00"} for row in table("participant photos", *counts)]
    more = {"participant": "e", "mask": "00-00", "photos": 4}

    assert run_model("suspicions", cells=cells) == [
        ("e", "more_photos", "05-00 has 6, most have 3")
    ]
    # Of six, three are not more than half.
    assert run_model("suspicions", cells=[*cells, more]) == []
    assert run_model("suspicions", cells=[*cells, *cells[:2], more]) == [
        ("e", "more_photos", "00-00 has 4, most have 3, 05-00 has 6, most have 3")
    ]


def test_ids_that_differ_in_case_blanks_or_leading_zeros(run_model: RunModel) -> None:
    ids = ("101", "0101", "P 1", "p1", "P01", "0", "00", "ação", "AÇÃO", "acao", "10", "1")

    people = [{"participant": each} for each in ids]

    rows = run_model("suspicions", participants=people, settings=settings_row())

    assert rows == [
        ("0", "ids_alike", "also 00"),
        ("00", "ids_alike", "also 0"),
        ("0101", "ids_alike", "also 101"),
        ("101", "ids_alike", "also 0101"),
        ("AÇÃO", "ids_alike", "also ação"),
        ("P 1", "ids_alike", "also p1"),
        ("ação", "ids_alike", "also AÇÃO"),
        ("p1", "ids_alike", "also P 1"),
    ]
    # Without identity, ids are paths.
    unknown = settings_row(identity="photo")
    assert run_model("suspicions", participants=people, settings=unknown) == []
