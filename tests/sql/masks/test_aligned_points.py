from tests.sql.support import RunModel, table

ALIGNMENTS = table(
    "photo_index cell_index scale scaled_cos scaled_sin offset_x offset_y offset_z",
    # Twice as large; and a quarter turn back, which brings what lay below to the right.
    (1, 7, 2.0, 2.0, 0.0, 100.0, 200.0, 300.0),
    (2, 8, 3.0, 0.0, 3.0, 100.0, 200.0, None),
)


def test_points_are_turned_scaled_and_shifted(run_model: RunModel) -> None:
    points = table(
        "photo_index point x y z",
        *((1, 0, 10.0, 20.0, 30.0), (1, 477, 0.0, 0.0, 0.0)),
        *((2, 0, 0.0, 20.0, None), (2, 5, 10.0, 0.0, None)),
    )

    rows = run_model("aligned_points", photo_points=points, photo_alignments=ALIGNMENTS)

    assert rows == [
        (1, 7, 0, 120.0, 240.0, 360.0),
        (1, 7, 477, 100.0, 200.0, 300.0),
        (2, 8, 0, 160.0, 200.0, None),
        (2, 8, 5, 100.0, 170.0, None),
    ]


def test_photos_that_are_not_aligned_have_no_aligned_points(run_model: RunModel) -> None:
    points = table("photo_index point x y z", (1, 0, 10.0, 20.0, 30.0))

    assert run_model("aligned_points", photo_points=points) == []
    assert run_model("aligned_points", photo_alignments=ALIGNMENTS) == []
