"""What is taken of the faces that a source shows."""

import numpy as np
import pytest

from lakehouse.importing.coordinates import PictureSize
from lakehouse.importing.readings import Reading, Seen, SeenFace, to_reading
from tests.lakehouse.importing.trees import Points, face

SIZE = PictureSize(640, 800)
NAMES = tuple(f"shape{number:02d}" for number in range(52))
SCORES = np.linspace(0, 1, 52, dtype=np.float32)


def solid(points: Points | None = None) -> Points:
    points = face() if points is None else points
    return np.column_stack([points, np.linspace(-80, 40, len(points))])


def read(*faces: Points, size: PictureSize | None = SIZE) -> Reading:
    return to_reading(Seen([SeenFace(each) for each in faces]), size)


def test_the_largest_face_is_taken_and_all_are_counted() -> None:
    small = solid() * 0.4 + (400, 0, 0)
    reading = read(small, solid(), solid() * 0.98 + 2)
    assert (reading.status, reading.faces) == ("ok", 2)
    np.testing.assert_array_equal(reading.landmarks, solid().astype(np.float32))


def test_no_face_is_no_failure() -> None:
    reading = read()
    assert (reading.status, reading.faces, reading.landmarks) == ("no_face", 0, None)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (solid()[:68], "has 68 points, not 468 or 478: the 68 points of OpenFace"),
        (solid() * (1, -1, 1), "the face is mirrored: y must run down"),
        (solid() * (-1, 1, 1), "the face is mirrored: y must run down"),
        (np.where(np.arange(468)[:, None] == 7, np.nan, solid()), "x of point 7 is missing, NaN"),
        (np.where(np.arange(468)[:, None] == 7, np.inf, solid()), "x of point 7 is missing, NaN"),
        (solid() * 1e300, "holds a coordinate that is too large"),
    ],
)
def test_what_no_face_has_is_refused(points: Points, reason: str) -> None:
    reading = read(points, size=None)
    assert reading.status == "unreadable"
    assert (reading.error or "").startswith(reason)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_picture_that_lies_or_stands_on_its_head_is_no_mirror(turns: int) -> None:
    turn = np.array([[0, -1], [1, 0]])
    turned = face() @ np.linalg.matrix_power(turn, turns) + 2000
    assert read(solid(turned), size=None).status == "ok"


@pytest.mark.parametrize(
    ("names", "scores", "reason"),
    [
        (NAMES[:-1], SCORES[:-1], "has 51 blendshapes, not 52"),
        (NAMES, SCORES * 1.1, "a blendshape's score is not between 0 and 1"),
        (NAMES, SCORES * np.nan, "a blendshape's score is not between 0 and 1"),
    ],
)
def test_blendshapes_are_those_of_mediapipe(names, scores, reason: str) -> None:
    reading = to_reading(Seen([SeenFace(solid(), names, scores)]), None)
    assert (reading.status, reading.error) == ("unreadable", reason)


def test_a_matrix_gives_the_pose_and_must_hold_a_rotation() -> None:
    def with_matrix(matrix: Points) -> Reading:
        return to_reading(Seen([SeenFace(solid(), matrix=matrix)]), None)

    pose = with_matrix(np.diag([1.1, 1.1, 1.1, 1])).pose
    assert pose is not None
    assert pose == pytest.approx((0, 0, 0))
    for wrong in (np.zeros((4, 4)), np.full((4, 4), np.nan), np.diag([1, 1, -1, 1])):
        assert with_matrix(wrong).error == "its facial transformation matrix holds no rotation"


def test_the_hash_is_that_of_what_is_said() -> None:
    one, same, other = read(solid()), read(solid() / (640, 800, 640)), read(solid() * 1.001)
    assert one.sha256 is not None
    assert one.sha256 != other.sha256
    assert read(solid()).sha256 == one.sha256
    assert same.size == one.size
