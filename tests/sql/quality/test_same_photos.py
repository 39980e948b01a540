from tests.sql.support import Row, RunModel, table

KEY = "photo_index participant expression supervised photo status sha256"
OTHER = {"forehead_x": 3.0, "forehead_y": 4.0, "face_height": 5.0, "eye_roll": 0.5}


def photos(*hashes: str | None, status: str = "ok") -> list[Row]:
    rows = [(at, str(at), "any", False, "1", status, each) for at, each in enumerate(hashes, 1)]
    return table(KEY, *rows)


def anchored(*indices: int, alignable: bool = True) -> list[Row]:
    """Photographs whose forehead, chin and eyes lie at the same places."""
    return [OTHER | {"photo_index": each, "alignable": alignable} for each in indices]


def landmarks(participant: str, *points: tuple[float, float, float | None]) -> list[Row]:
    key = {"participant": participant, "expression": "any", "supervised": False, "photo": "1"}
    return [key | {"point": at, "x": x, "y": y, "z": z} for at, (x, y, z) in enumerate(points)]


def test_files_with_the_same_bytes(run_model: RunModel) -> None:
    rows = run_model("same_photos", photos=photos("a", "b", "a", None, None, "c", "b", "a"))

    assert rows == [(1, 1), (2, 2), (3, 1), (7, 2), (8, 1)]


def test_only_photographs_with_a_face_count(run_model: RunModel) -> None:
    assert run_model("same_photos", photos=photos("a", "a", status="no_face")) == []


def test_the_same_landmarks_in_different_files(run_model: RunModel) -> None:
    face = [(1.0, 2.0, None), (3.0, 4.0, None)]

    rows = run_model(
        "same_photos",
        photos=photos("a", "b", None, "c"),
        photo_anchors=anchored(1, 2, 3, 4),
        source_landmarks=[
            *landmarks("1", *face),
            *landmarks("2", *face),
            *landmarks("3", *face),
            # The same at the anchors, yet not the same.
            *landmarks("4", face[0], (3.0, 4.5, None)),
        ],
    )

    assert rows == [(1, 1), (2, 1), (3, 1)]


def test_depth_counts_where_it_is_known(run_model: RunModel) -> None:
    rows = run_model(
        "same_photos",
        photos=photos(None, None),
        photo_anchors=anchored(1, 2),
        source_landmarks=[*landmarks("1", (1.0, 2.0, 3.0)), *landmarks("2", (1.0, 2.0, 4.0))],
    )

    assert rows == []


def test_a_face_without_size_or_angle_is_not_compared(run_model: RunModel) -> None:
    face = [(1.0, 2.0, None)]

    rows = run_model(
        "same_photos",
        photos=photos(None, None),
        photo_anchors=anchored(1, 2, alignable=False),
        source_landmarks=[*landmarks("1", *face), *landmarks("2", *face)],
    )

    assert rows == []


def test_bytes_and_landmarks_join_what_they_have_in_common(run_model: RunModel) -> None:
    face = [(1.0, 2.0, 3.0)]

    rows = run_model(
        "same_photos",
        photos=photos("a", "b", "b"),
        photo_anchors=[*anchored(1, 2), *({**row, "forehead_x": 9.0} for row in anchored(3))],
        source_landmarks=[*landmarks("1", *face), *landmarks("2", *face)],
    )

    assert rows == [(1, 1), (2, 1), (3, 1)]
