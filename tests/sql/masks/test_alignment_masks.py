import pytest

from tests.sql.masks.faces import METHODS, SIMILARITY_COLUMNS
from tests.sql.support import Row, RunModel, photographed, table

LABELS = table(
    "mask expression supervised", ("00-00", "neutral", False), ("05-01", "happiness", True)
)
CELLS = table("cell_index mask", (1, "00-00"), (2, "05-01"), (3, "05-01"))


def similar(photo: int, cell: int, scale: float, depth: float | None = 0.0) -> list[Row]:
    """A photograph scaled by each method: by scale, twice and three times that."""
    return table(
        SIMILARITY_COLUMNS,
        *(
            (photo, cell, method, 0.0, n * scale, n * scale, 0.0, 10.0, 20.0, depth)
            for n, method in enumerate(METHODS, start=1)
        ),
    )


def masks(run_model: RunModel, similarities: list[Row], points: list[Row]) -> list[tuple]:
    return run_model(
        "alignment_masks",
        "method, mask, point, x, y, z",
        photo_similarities=similarities,
        cells=CELLS,
        mask_labels=LABELS,
        **photographed(points),
    )


def test_each_method_has_the_mask_of_its_similarities(run_model: RunModel) -> None:
    points = table("photo_index point x y z", (1, 0, 1.0, 2.0, 3.0), (1, 467, 0.0, 0.0, 5.0))

    rows = masks(run_model, similar(1, 1, scale=100.0), points)

    assert rows == [
        ("neutral_scale", "00-00", 0, 210.0, 420.0, 600.0),
        ("neutral_scale", "00-00", 467, 10.0, 20.0, 1000.0),
        ("paper", "00-00", 0, 110.0, 220.0, 300.0),
        ("paper", "00-00", 467, 10.0, 20.0, 500.0),
        ("procrustes", "00-00", 0, 310.0, 620.0, 900.0),
        ("procrustes", "00-00", 467, 10.0, 20.0, 1500.0),
    ]


def test_a_turn_is_taken_as_the_alignment_takes_it(run_model: RunModel) -> None:
    quarter = [{**row, "scaled_cos": 0.0, "scaled_sin": 2.0} for row in similar(1, 1, scale=1.0)]
    points = table("photo_index point x y z", (1, 0, 1.0, 5.0, 0.0))

    rows = masks(run_model, quarter, points)

    assert {row[3:5] for row in rows} == {(10.0 + 2 * 5, 20.0 - 2 * 1)}


def test_people_count_alike_however_many_photos(run_model: RunModel) -> None:
    similarities = [row for photo in (1, 2) for row in similar(photo, 2, scale=1.0)]
    similarities += similar(3, 3, scale=1.0)
    points = table(
        "photo_index point x y z",
        *((1, 9, 0.0, 0.0, 0.0), (2, 9, 8.0, 0.0, 4.0), (3, 9, 20.0, 0.0, 6.0)),
    )

    rows = masks(run_model, similarities, points)

    [paper] = [row for row in rows if row[0] == "paper"]
    assert paper == ("paper", "05-01", 9, pytest.approx(10 + (4 + 20) / 2), 20.0, (2 + 6) / 2)


def test_depth_is_of_those_who_have_it(run_model: RunModel) -> None:
    # One person with depth in one of two photographs, another without any.
    similarities = similar(1, 2, scale=1.0) + similar(2, 2, scale=1.0, depth=None)
    similarities += similar(3, 3, scale=1.0, depth=None)
    points = table(
        "photo_index point x y z",
        *((1, 9, 2.0, 0.0, 7.0), (2, 9, 4.0, 0.0, None), (3, 9, 5.0, 0.0, None)),
    )

    rows = masks(run_model, similarities, points)

    assert [row[3:] for row in rows if row[0] == "paper"] == [(14.0, 20.0, 7.0)]


def test_without_any_depth_it_is_null(run_model: RunModel) -> None:
    points = table("photo_index point x y z", (1, 9, 2.0, 0.0, None))

    rows = masks(run_model, similar(1, 1, scale=1.0, depth=None), points)

    assert [row[3:] for row in rows if row[0] == "paper"] == [(12.0, 20.0, None)]


def test_the_irises_are_no_part(run_model: RunModel) -> None:
    points = table("photo_index point x y z", (1, 468, 0.0, 0.0, 0.0))

    assert masks(run_model, similar(1, 1, scale=1.0), points) == []


def test_neutral_scale_is_of_those_who_have_a_neutral_face(run_model: RunModel) -> None:
    similarities = similar(1, 2, scale=1.0)
    similarities += [row for row in similar(2, 3, scale=1.0) if row["method"] != "neutral_scale"]
    points = table("photo_index point x y z", (1, 9, 2.0, 0.0, 3.0), (2, 9, 8.0, 0.0, 5.0))

    rows = masks(run_model, similarities, points)

    assert rows == [
        ("neutral_scale", "05-01", 9, 14.0, 20.0, 6.0),
        ("paper", "05-01", 9, 15.0, 20.0, 4.0),
        ("procrustes", "05-01", 9, 25.0, 20.0, 12.0),
    ]


def test_without_any_neutral_face_there_is_no_neutral_scale(run_model: RunModel) -> None:
    similarities = [row for row in similar(2, 3, 1.0) if row["method"] != "neutral_scale"]
    points = table("photo_index point x y z", (2, 9, 8.0, 0.0, 5.0))

    rows = masks(run_model, similarities, points)

    assert [row[0] for row in rows] == ["paper", "procrustes"]
