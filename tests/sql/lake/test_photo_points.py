from tests.sql.support import RunModel, in_the_lake_alone, settings_row, table

KEY = "participant expression supervised photo"


def test_points_carry_the_number_of_their_own_photo(run_model: RunModel) -> None:
    photos = table(
        f"photo_index {KEY}",
        (1, "1", "fear", False, "a"),
        (2, "1", "fear", True, "a"),
        (3, "1", "fear", True, "b"),
        (4, "2", "fear", True, "a"),
        (5, "1", "anger", True, "a"),
    )
    landmarks = table(
        f"{KEY} point x y z",
        ("1", "fear", True, "a", 3, 1.5, 2.5, -0.5),
        ("2", "fear", True, "a", 477, 7.0, 8.0, None),
    )

    rows = run_model("photo_points", photos=photos, source_landmarks=landmarks)

    assert rows == [(2, 3, 1.5, 2.5, -0.5), (4, 477, 7.0, 8.0, None)]


def test_landmarks_without_a_photo_are_left_out(run_model: RunModel) -> None:
    landmarks = table(f"{KEY} point x y z", ("1", "fear", True, "a", 3, 1.5, 2.5, -0.5))

    assert run_model("photo_points", source_landmarks=landmarks) == []


def test_the_setting_keeps_them_out(run_model: RunModel) -> None:
    points = in_the_lake_alone(table("photo_index point x y z", (1, 3, 1.5, 2.5, -0.5)))
    del points["photo_points"]

    assert run_model("photo_points", **points) == [(1, 3, 1.5, 2.5, -0.5)]
    kept_out = settings_row(landmarks_kept=False)
    assert run_model("photo_points", settings=kept_out, **points) == []
