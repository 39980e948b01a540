"""MediaPipe's own result in JSON, in the shapes that its interfaces give it."""

from typing import Any

import numpy as np
import pytest

from lakehouse.importing.coordinates import NoLandmarksError, PictureSize
from lakehouse.importing.mediapipe_json import is_result, seen_of

POINTS = [[0.1 * n, 0.2 * n, -0.1 * n] for n in range(4)]
NAMED = [dict(zip("xyz", point, strict=True)) for point in POINTS]
TURN = [[0.0, -1.0, 0.0, 5.0], [1.0, 0.0, 0.0, 6.0], [0.0, 0.0, 1.0, 7.0], [0.0, 0.0, 0.0, 1.0]]
CATEGORIES = [{"category_name": "jawOpen", "score": 0.5}, {"category_name": "jawLeft", "score": 0}]


@pytest.mark.parametrize(
    "value",
    [
        {"face_landmarks": [NAMED]},
        {"faceLandmarks": [NAMED], "faceBlendshapes": []},
        {"face_landmarks": [POINTS]},
        {"face_landmarks": POINTS},
        {"landmarks": NAMED},
        {"face_landmarks": [{"landmarks": NAMED}]},
        {"multi_face_landmarks": [{"landmark": NAMED}]},
        {"multiFaceLandmarks": [NAMED]},
        [NAMED],
        [POINTS],
        NAMED,
        POINTS,
        [{"landmark": NAMED}],
    ],
)
def test_points_of_a_face(value: Any) -> None:
    assert is_result(value)
    [face] = seen_of(value).faces
    np.testing.assert_array_equal(face.points, POINTS)


def test_depth_may_be_missing() -> None:
    [face] = seen_of([[point[:2] for point in POINTS]]).faces
    assert np.isnan(face.points[:, 2]).all()


@pytest.mark.parametrize("faces", [[], None])
def test_no_face(faces: Any) -> None:
    assert seen_of({"face_landmarks": faces, "face_blendshapes": []}).faces == []


@pytest.mark.parametrize(
    "blendshapes",
    [
        [CATEGORIES],
        [{"categories": [{"categoryName": "jawOpen", "score": 0.5}, CATEGORIES[1]]}],
        [{"jawOpen": 0.5, "jawLeft": 0}],
        {"jawOpen": 0.5, "jawLeft": 0},
    ],
)
def test_blendshapes(blendshapes: Any) -> None:
    value = {"face_landmarks": NAMED, "face_blendshapes": blendshapes}
    [face] = seen_of(value).faces
    assert face.blendshape_names == ("jawOpen", "jawLeft")
    assert face.blendshapes is not None
    assert face.blendshapes.tolist() == [0.5, 0]


@pytest.mark.parametrize(
    "matrix",
    [
        TURN,
        np.array(TURN).ravel().tolist(),
        np.array(TURN).T.ravel().tolist(),
        {"rows": 4, "columns": 4, "data": np.array(TURN).T.ravel().tolist()},
        {"rows": 4, "cols": 4, "packedData": np.array(TURN).T.ravel().tolist()},
    ],
)
def test_matrixes_by_rows_or_by_columns(matrix: Any) -> None:
    [face] = seen_of({"faceLandmarks": [NAMED], "facialTransformationMatrixes": [matrix]}).faces
    np.testing.assert_array_equal(face.matrix, TURN)


def test_several_faces_keep_what_is_theirs() -> None:
    one, two = seen_of(
        {
            "face_landmarks": [NAMED, NAMED],
            "face_blendshapes": [CATEGORIES, CATEGORIES[::-1]],
            "facial_transformation_matrixes": [TURN, np.eye(4).tolist()],
        }
    ).faces
    assert (one.blendshape_names[0], two.blendshape_names[0]) == ("jawOpen", "jawLeft")
    np.testing.assert_array_equal(two.matrix, np.eye(4))


def test_the_size_may_stand_beside_it() -> None:
    assert seen_of({"face_landmarks": [], "width": 640, "height": 480}).size == PictureSize(
        640, 480
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({}, "has no face_landmarks, faceLandmarks or multi_face_landmarks"),
        (7, "its faces are no list"),
        ({"face_landmarks": "none"}, "its faces are no list"),
        ({"face_landmarks": [7]}, "its points are no list"),
        ({"face_landmarks": [[{"x": "a", "y": 1}]]}, "a point is not x, y and z as numbers"),
        ({"face_landmarks": [[[1, 2, 3], [1, 2]]]}, "a point is not x, y and z as numbers"),
        ({"face_landmarks": [[[1, 2, 10**400]]]}, "a point is not x, y and z as numbers"),
        ({"face_landmarks": [[{"x": 1, "y": 1}, 7]]}, "a point is not x, y and z as numbers"),
        (
            {"face_landmarks": [NAMED], "face_blendshapes": [CATEGORIES, CATEGORIES]},
            "has blendshapes of 2 faces, but points of 1",
        ),
        (
            {"face_landmarks": [NAMED], "face_blendshapes": [[{"score": 1}]]},
            "a blendshape has no name, or that of another",
        ),
        (
            {"face_landmarks": [NAMED], "face_blendshapes": [[{"label": "a", "score": "b"}]]},
            "a blendshape's score is no number",
        ),
        (
            {"face_landmarks": [NAMED], "facial_transformation_matrixes": [[1, 2]]},
            "a transformation matrix is not 4 × 4 numbers",
        ),
        ({"face_landmarks": [], "width": "wide"}, "width is no number"),
        ({"face_landmarks": [], "width": 640}, "width and height are no whole numbers of pixels"),
    ],
)
def test_anything_else_is_refused(value: Any, said: str) -> None:
    with pytest.raises(NoLandmarksError) as raised:
        seen_of(value)
    assert str(raised.value) == said


@pytest.mark.parametrize("value", [{}, [], 7, "text", [1, 2, 3], [["a", "b"]], {"path": "a"}])
def test_other_values_are_no_result(value: Any) -> None:
    assert not is_result(value)
