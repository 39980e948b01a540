from tests.sql.support import RunModel, table


def test_aligned_landmarks_name_the_photo_that_aligned_points_numbers(run_model: RunModel) -> None:
    photos = table(
        "photo_index participant expression supervised photo",
        (1, "007", "fear", False, "a"),
        (2, "007", "fear", True, "b"),
    )
    points = table(
        "photo_index cell_index point x y z", (2, 5, 0, 1.0, 2.0, None), (1, 4, 9, 3.0, 4.0, 5.0)
    )

    rows = run_model("aligned_landmarks", photos=photos, aligned_points=points)

    assert rows == [
        ("007", "fear", False, "a", 9, 3.0, 4.0, 5.0),
        ("007", "fear", True, "b", 0, 1.0, 2.0, None),
    ]
