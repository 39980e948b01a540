import math

import pytest

from tests.sql.support import Row, RunModel, table

KEY = "photo_index participant expression supervised photo status sha256"
FACE = {
    **{"forehead_x": 3.0, "forehead_y": 4.0, "forehead_z": 5.0, "face_height": 90.0},
    **{"eye_roll": 0.5, "centre_x": 7.0, "centre_y": 8.0, "upper_size": 9.0, "alignable": True},
}


def photos(*hashes: str | None, status: str = "ok") -> list[Row]:
    rows = [(at, str(at), "any", False, "1", status, each) for at, each in enumerate(hashes, 1)]
    return table(KEY, *rows)


def anchored(*faces: Row) -> list[Row]:
    """Photographs that differ from one face in what is given."""
    return [FACE | {"photo_index": at} | face for at, face in enumerate(faces, 1)]


def test_files_with_the_same_bytes(run_model: RunModel) -> None:
    rows = run_model("same_photos", photos=photos("a", "b", "a", None, None, "c", "b", "a"))

    assert rows == [(1, 1), (2, 2), (3, 1), (7, 2), (8, 1)]


def test_only_photographs_with_a_face_count(run_model: RunModel) -> None:
    assert run_model("same_photos", photos=photos("a", "a", status="no_face")) == []


def test_the_same_landmarks_in_different_files(run_model: RunModel) -> None:
    rows = run_model(
        "same_photos",
        photos=photos("a", "b", None, "c", "d", None),
        photo_anchors=anchored(
            {},
            {"centre_x": 7.0 + 1e-12},
            {},
            # The same at forehead, chin and eyes, yet not the same.
            {"centre_x": 7.001},
            {"centre_y": 8.001},
            {"upper_size": 9.001},
        ),
    )

    assert rows == [(1, 1), (2, 1), (3, 1)]


@pytest.mark.parametrize(
    "column", ["forehead_x", "forehead_y", "forehead_z", "face_height", "eye_roll"]
)
def test_whatever_differs_in_its_last_bit_is_another(run_model: RunModel, column: str) -> None:
    other = {column: math.nextafter(FACE[column], math.inf)}

    rows = run_model("same_photos", photos=photos(None, None), photo_anchors=anchored({}, other))

    assert rows == []


def test_landmarks_without_depth_are_compared_too(run_model: RunModel) -> None:
    flat = {"forehead_z": None}

    rows = run_model("same_photos", photos=photos(None, None), photo_anchors=anchored(flat, flat))

    assert rows == [(1, 1), (2, 1)]


def test_a_face_without_size_or_angle_is_not_compared(run_model: RunModel) -> None:
    together = {"alignable": False}

    rows = run_model(
        "same_photos", photos=photos(None, None), photo_anchors=anchored(together, together)
    )

    assert rows == []


def test_bytes_and_landmarks_join_what_they_have_in_common(run_model: RunModel) -> None:
    rows = run_model(
        "same_photos",
        photos=photos("a", "b", "b"),
        photo_anchors=anchored({}, {}, {"forehead_x": 9.0}),
    )

    assert rows == [(1, 1), (2, 1), (3, 1)]
