"""What the Face Landmarker found, as arrays.

MediaPipe makes an object of each of 478 points, which takes a tenth of the time for a picture. The
arrays are copies of the same memory. Where another version lays it out otherwise, its objects are
read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from mediapipe.tasks.python import vision

from lakehouse.system.structures import float_columns

_POINT: Final = ("x", "y", "z")


class Found(NamedTuple):
    """One face.

    Parameters
    ----------
    points : ndarray of float64, shape (points, 3)
        x and z in widths of the picture, y in heights.
    names : tuple of str
        Of the blendshapes.
    scores : ndarray of float32, shape (blendshapes,)
    matrix : ndarray of float64, shape (4, 4)
    """

    points: npt.NDArray[np.float64]
    names: tuple[str, ...]
    scores: npt.NDArray[np.float32]
    matrix: npt.NDArray[np.float64]


@contextmanager
def arrays() -> Iterator[None]:
    """Have MediaPipe's landmarkers give their results as they lie in memory, for `faces`.

    It is for a process that looks for faces in one thread.
    """
    result: Any = vision.FaceLandmarkerResult
    as_objects = result.from_ctypes

    def read(found: Any) -> Any:
        try:
            return _in_memory(found)
        except (AttributeError, TypeError, ValueError):
            return as_objects(found)

    result.from_ctypes = read
    try:
        yield
    finally:
        result.from_ctypes = as_objects


def faces(result: Any) -> list[Found]:
    """Give what a landmarker found, with or without `arrays`."""
    if isinstance(result, list):
        return result
    return [
        Found(
            np.array([(point.x, point.y, point.z) for point in landmarks], dtype=np.float64),
            tuple(category.category_name for category in blendshapes),
            np.array([category.score for category in blendshapes], np.float32),
            np.asarray(matrix, dtype=np.float64),
        )
        for landmarks, blendshapes, matrix in zip(
            result.face_landmarks,
            result.face_blendshapes,
            result.facial_transformation_matrixes,
            strict=True,
        )
    ]


def _in_memory(found: Any) -> list[Found]:
    count = found.face_landmarks_count
    if {found.face_blendshapes_count, found.facial_transformation_matrixes_count} != {count}:
        raise TypeError("faces, blendshapes and matrices are not of the same faces")
    return [
        _face(
            found.face_landmarks[place],
            found.face_blendshapes[place],
            found.facial_transformation_matrixes[place],
        )
        for place in range(count)
    ]


def _face(landmarks: Any, blendshapes: Any, matrix: Any) -> Found:
    points = float_columns(landmarks.landmarks, landmarks.landmarks_count, _POINT)
    shapes, number = blendshapes.categories, blendshapes.categories_count
    return Found(
        np.stack([points[axis] for axis in _POINT], axis=1, dtype=np.float64),
        tuple(shapes[place].category_name.decode() for place in range(number)),
        float_columns(shapes, number, ("score",))["score"].copy(),
        np.asarray(matrix.to_numpy(), dtype=np.float64),
    )
