"""MediaPipe's own result, as its Python, JavaScript and older interfaces are dumped as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

from lakehouse.importing.coordinates import NoLandmarksError
from lakehouse.importing.readings import Seen, SeenFace, picture_size
from lakehouse.inputs.column_names import size_names

FACES: Final = (
    *("face_landmarks", "faceLandmarks", "multi_face_landmarks", "multiFaceLandmarks"),
    "landmarks",
)
"""Names of what holds the faces: of the Tasks API in Python and JavaScript, of the older
solution in both, and what people call it who dump one face."""

_BLENDSHAPES: Final = ("face_blendshapes", "faceBlendshapes", "blendshapes")
_MATRIXES: Final = (
    *("facial_transformation_matrixes", "facialTransformationMatrixes"),
    "facial_transformation_matrix",
)
_WITHIN_FACE: Final = ("landmark", "landmarks")
_WITHIN_BLENDSHAPES: Final = ("categories", "classification")
_NAME: Final = ("category_name", "categoryName", "label")
_AXES: Final = ("x", "y", "z")
_DIMENSIONS: Final = (2, 3)
_SIDE: Final = 4
_NEAR: Final = 1e-9

_Numbers = npt.NDArray[np.float64]


def is_result(value: object) -> bool:
    """Tell whether a value of JSON is what MediaPipe found in one photograph."""
    if isinstance(value, Mapping):
        return any(name in value for name in FACES)
    return _is_points(value) or (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and all(_is_points(_inner(face)) for face in value)
    )


def seen_of(value: object) -> Seen:
    """Read what MediaPipe found in a photograph.

    Parameters
    ----------
    value : object
        Of JSON: a result with its faces, a list of faces, or the points of one.

    Raises
    ------
    NoLandmarksError
        If it is something else; the message says what was expected.
    """
    if not isinstance(value, Mapping):
        return Seen(_faces(value, (), ()))
    name = next((name for name in FACES if name in value), None)
    if name is None:
        raise NoLandmarksError(f"has no {FACES[0]}, {FACES[1]} or {FACES[2]}")
    sides = [_number(value[side], side) for side in size_names(value)]
    size = picture_size(*[*sides, None, None][:2])
    return Seen(_faces(value[name], _first(value, _BLENDSHAPES), _first(value, _MATRIXES)), size)


def _faces(faces: object, blendshapes: object, matrixes: object) -> list[SeenFace]:
    listed = _sequence(faces, "faces") if faces else []
    if _is_points(listed):
        listed = [listed]
        blendshapes = blendshapes if _is_several(blendshapes) else [blendshapes]
        matrixes = matrixes if _depth(matrixes) > len(_DIMENSIONS) else [matrixes]
    expressive = _parallel(blendshapes, len(listed), "blendshapes")
    turned = _parallel(matrixes, len(listed), "transformation matrixes")
    found = []
    for face, categories, matrix in zip(listed, expressive, turned, strict=True):
        names, scores = _blendshapes(categories)
        turn = None if not matrix else _matrix(matrix)
        found.append(SeenFace(_points(_inner(face)), names, scores, turn))
    return found


def _parallel(values: object, faces: int, name: str) -> Sequence[object]:
    """Give something of each face, or nothing of any."""
    listed = _sequence(values, name) if values else []
    if not any(listed):
        return [None] * faces
    if len(listed) != faces:
        raise NoLandmarksError(f"has {name} of {len(listed):,} faces, but points of {faces:,}")
    return listed


def _points(points: object) -> _Numbers:
    listed = _sequence(points, "points")
    try:
        if listed and isinstance(listed[0], Mapping):
            rows = [[point.get(axis, np.nan) for axis in _AXES] for point in cast(Any, listed)]
            found = np.array(rows, dtype=np.float64)
        else:
            found = np.array(listed, dtype=np.float64)
    except (AttributeError, TypeError, ValueError, OverflowError) as error:
        raise NoLandmarksError("a point is not x, y and z as numbers") from error
    if found.ndim != 2 or found.shape[1] not in _DIMENSIONS:
        raise NoLandmarksError("a point is not x, y and z as numbers")
    complete = np.full((len(found), 3), np.nan)
    complete[:, : found.shape[1]] = found
    return complete


def _blendshapes(given: object) -> tuple[tuple[str, ...], npt.NDArray[np.float32] | None]:
    given = _inner(given, _WITHIN_BLENDSHAPES)
    if not given:
        return (), None
    if isinstance(given, Mapping):
        pairs = list(given.items())
    else:
        categories = [each for each in _sequence(given, "blendshapes") if isinstance(each, Mapping)]
        pairs = [(_first(each, _NAME), each.get("score")) for each in categories]
    try:
        scores = np.array([score for _, score in pairs], dtype=np.float32)
    except (TypeError, ValueError, OverflowError) as error:
        raise NoLandmarksError("a blendshape's score is no number") from error
    names = tuple(str(name) for name, _ in pairs)
    if len({*names}) < len(names) or not all(name for name, _ in pairs) or not pairs:
        raise NoLandmarksError("a blendshape has no name, or that of another")
    return names, scores


def _matrix(given: object) -> _Numbers:
    """Read a matrix; as one list of numbers it may go by rows, or by columns as in JavaScript."""
    given = _inner(given, ("data", "packedData", "packed_data"))
    try:
        found = np.array(given, dtype=np.float64).reshape(_SIDE, _SIDE)
    except (TypeError, ValueError, OverflowError) as error:
        raise NoLandmarksError("a transformation matrix is not 4 × 4 numbers") from error
    # The last row is 0 0 0 1, the last column says where the face is.
    return found if (np.abs(found[3, :3]) < _NEAR).all() else found.T


def _is_points(value: object) -> bool:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return False
    first = value[0]
    if isinstance(first, Mapping):
        return "x" in first and "y" in first
    return (
        isinstance(first, Sequence)
        and len(first) in _DIMENSIONS
        and all(isinstance(each, int | float) for each in first)
    )


def _is_several(blendshapes: object) -> bool:
    """Tell blendshapes of several faces from the categories of one."""
    first = blendshapes[0] if isinstance(blendshapes, Sequence) and blendshapes else None
    return isinstance(first, Sequence) or (
        isinstance(first, Mapping) and not any(name in first for name in _NAME)
    )


def _depth(value: object) -> int:
    """Count how many lists or objects stand in each other."""
    depth = 0
    while isinstance(value, Mapping | Sequence) and not isinstance(value, str) and value:
        value = value[0] if isinstance(value, Sequence) else value.get("data")
        depth += 1
    return depth


def _inner(value: object, names: Sequence[str] = _WITHIN_FACE) -> object:
    """Give what a value is wrapped around, or itself."""
    if isinstance(value, Mapping):
        return next((value[name] for name in names if name in value), value)
    return value


def _first(value: Mapping[str, object], names: Sequence[str]) -> object:
    return next((value[name] for name in names if value.get(name)), None)


def _sequence(value: object, name: str) -> Sequence[object]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    raise NoLandmarksError(f"its {name} are no list")


def _number(value: object, name: str) -> float | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise NoLandmarksError(f"{name} is no number")
