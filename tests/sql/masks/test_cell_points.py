import pytest

from tests.sql.support import (
    SIMILARITY,
    RunModel,
    alignments,
    in_the_lake_alone,
    photographed,
    settings_row,
    table,
)


def test_a_masks_point_is_the_mean_over_its_photos(run_model: RunModel) -> None:
    points = table(
        "photo_index point x y z",
        (1, 0, 1.0, 10.0, -1.0),
        (2, 0, 2.0, 20.0, -2.0),
        (3, 0, 6.0, 60.0, -6.0),
        (1, 477, 5.0, 5.0, 5.0),
        (4, 0, 7.0, 8.0, None),
    )

    rows = run_model(
        "cell_points",
        photo_alignments=alignments((1, 1), (2, 1), (3, 1), (4, 2)),
        **photographed(points),
    )

    assert rows == [
        (1, 0, 3.0, 30.0, -3.0, 3, (41 + 4100) / 3),
        (1, 477, 5.0, 5.0, 5.0, 1, 50.0),
        (2, 0, 7.0, 8.0, None, 1, 113.0),
    ]


def test_landmarks_that_the_database_does_not_keep_come_from_the_lake(
    run_model: RunModel,
) -> None:
    points = table("photo_index point x y z", (1, 0, 1.0, 10.0, -1.0), (2, 0, 2.0, 20.0, -2.0))
    given = {"photo_alignments": alignments((1, 1), (2, 1))}

    kept = run_model("cell_points", **given, **photographed(points))
    kept_out = settings_row(landmarks_kept=False)
    in_the_lake = run_model("cell_points", settings=kept_out, **given, **in_the_lake_alone(points))

    assert kept == in_the_lake == [(1, 0, 1.5, 15.0, -1.5, 2, (101 + 404) / 2)]


@pytest.mark.parametrize(
    ("dimensions", "squares"), [(2, [(5 + 25) / 2, 4.0]), (3, [(9 + 50) / 2, None])]
)
def test_squares_have_depth_where_it_counts(
    run_model: RunModel, dimensions: int, squares: list[float | None]
) -> None:
    points = table(
        "photo_index point x y z",
        *((1, 0, 1.0, 2.0, 2.0), (2, 0, 3.0, 4.0, 5.0)),
        *((1, 1, 2.0, 0.0, 7.0), (2, 1, 2.0, 0.0, None)),
    )

    rows = run_model(
        "cell_points",
        "point, mean_square",
        photo_alignments=alignments((1, 1), (2, 1)),
        settings=settings_row(distance_dimensions=dimensions),
        **photographed(points),
    )

    assert rows == list(enumerate(squares))


def test_each_photo_is_aligned_by_its_own_similarity(run_model: RunModel) -> None:
    aligned = table(
        f"photo_index cell_index {SIMILARITY}",
        (1, 1, 2.0, 0.0, 2.0, 10.0, 20.0, 30.0),
        (2, 1, 4.0, 4.0, 0.0, 0.0, 0.0, 0.0),
    )
    points = table("photo_index point x y z", (1, 9, 3.0, 5.0, 1.0), (2, 9, 1.0, 2.0, 3.0))

    rows = run_model("cell_points", photo_alignments=aligned, **photographed(points))

    assert rows == [(1, 9, (10 + 2 * 5 + 4) / 2, (20 - 2 * 3 + 8) / 2, (32 + 12) / 2, 2, 338.0)]


def test_photos_that_are_not_aligned_enter_no_mask(run_model: RunModel) -> None:
    points = table("photo_index point x y z", (1, 9, 3.0, 5.0, 1.0))

    assert run_model("cell_points", **photographed(points)) == []
