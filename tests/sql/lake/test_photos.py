from tests.sql.support import RunModel, table


def test_photos_are_numbered_in_the_order_of_their_key(run_model: RunModel) -> None:
    found = table(
        "participant expression supervised photo",
        ("2", "neutral", False, "1"),
        ("1", "neutral", True, "1"),
        ("1", "neutral", False, "2"),
        ("1", "anger", True, "9"),
        ("1", "neutral", False, "1"),
    )

    rows = run_model(
        "photos", "photo_index, participant, expression, supervised, photo", source_photos=found
    )

    assert rows == [
        (1, "1", "anger", True, "9"),
        (2, "1", "neutral", False, "1"),
        (3, "1", "neutral", False, "2"),
        (4, "1", "neutral", True, "1"),
        (5, "2", "neutral", False, "1"),
    ]


def test_a_photo_without_a_face_keeps_its_row_and_its_error(run_model: RunModel) -> None:
    found = table(
        "participant expression supervised photo status error faces",
        ("007", "fear", True, "a", "unreadable", "not an image", None),
    )

    rows = run_model("photos", "participant, status, error, faces, yaw", source_photos=found)

    assert rows == [("007", "unreadable", "not an image", None, None)]


def test_angles_are_widened_from_the_lakes_single_precision(run_model: RunModel) -> None:
    found = table("participant yaw pitch roll face_height", ("1", 0.5, -1.25, 90.0, 640.5))

    rows = run_model("photos", "yaw, pitch, roll, face_height, typeof(yaw)", source_photos=found)

    assert rows == [(0.5, -1.25, 90.0, 640.5, "DOUBLE")]
