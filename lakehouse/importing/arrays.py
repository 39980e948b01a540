"""NumPy's files: a face in each, or an archive of many with parallel arrays of ids."""

import struct
import tokenize
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt

from lakehouse.importing.coordinates import NoLandmarksError
from lakehouse.importing.held import HeldSource
from lakehouse.importing.id_columns import IdNames, Named
from lakehouse.importing.pictured import EXPECTED, Row
from lakehouse.importing.readings import Seen, SeenFace, picture_size
from lakehouse.importing.refused import RefusedError
from lakehouse.inputs.column_names import size_names
from lakehouse.system.regular_files import require_regular

ENDINGS: Final = (".npy", ".npz")
MAX_BYTES: Final = 2**22
"""A larger file is not of one photograph."""

_WHOSE: Final = f"an archive (.npz) with arrays {EXPECTED} was expected"
_LANDMARKS: Final = ("landmarks", "face_landmarks", "arr_0")
_MATRIXES: Final = ("facial_transformation_matrixes", "facial_transformation_matrix")
_DIMENSIONS: Final = (2, 3)
_PICKLED: Final = (b"P", b"\x93", b"\x80")
"""How files begin that may hold Python's objects: an archive, an array, and the objects alone."""

_CANNOT: Final = (
    *(ValueError, TypeError, EOFError, MemoryError, KeyError, OverflowError, struct.error),
    *(zipfile.BadZipFile, zlib.error, RuntimeError, SyntaxError, tokenize.TokenError),
)
"""What NumPy raises where a file is damaged, or not its own."""

_Array = npt.NDArray[np.generic]


def parse_face(content: bytes) -> Seen:
    """Read the landmarks of one photograph.

    Raises
    ------
    NoLandmarksError
        If it is anything else.
    """
    try:
        with _arrays(BytesIO(content)) as arrays:
            landmarks = _landmarks(arrays)
            if landmarks.ndim == 2:
                landmarks = landmarks[np.newaxis]
            return _Many(landmarks, arrays, with_length=False).seen(0)
    except RefusedError as error:
        raise NoLandmarksError(str(error)) from error


def is_of_one(path: Path, ids: IdNames) -> bool:
    """Tell whether a file holds the landmarks of one photograph, whom only its path can name.

    Parameters
    ----------
    ids : IdNames
        Knows the arrays that may say of which photographs an archive is.

    Raises
    ------
    RefusedError
        If it cannot be read.
    """
    try:
        require_regular(path)
        if path.suffix.lower() == ".npy" and path.stat().st_size > MAX_BYTES:
            raise RefusedError(f"holds landmarks of several photographs, but not whose: {_WHOSE}")
        with path.open("rb") as file, _arrays(file) as arrays:
            if _id_arrays(arrays, ids):
                return False
            landmarks = _landmarks(arrays)
    except OSError as error:
        raise RefusedError(f"cannot be read ({error.strerror})") from error
    if landmarks.ndim == 3 and len(landmarks) > 1:
        raise RefusedError(
            f"holds landmarks of {len(landmarks):,} photographs, but not whose: {_WHOSE}"
        )
    return True


def read_archive(source: HeldSource) -> None:
    """Read an archive of many photographs: ``landmarks`` and arrays of ids beside it.

    Raises
    ------
    RefusedError
        If arrays are missing, of other shapes, or hold Python's objects.
    """
    try:
        with source.path.open("rb") as file, _arrays(file) as arrays:
            landmarks = _landmarks(arrays)
            ids = _id_arrays(arrays, source.photographs.ids)
            many = _Many(landmarks, arrays, with_length=True)
    except OSError as error:
        raise RefusedError(f"cannot be read ({error.strerror})") from error
    for name, values in ids.items():
        if values.shape != landmarks.shape[:1]:
            raise RefusedError(
                f"{name} has the shape {values.shape}, not {landmarks.shape[:1]} as landmarks has "
                "photographs"
            )
    if landmarks.ndim != 3:
        raise RefusedError(f"landmarks has the shape {landmarks.shape}, not (photographs, 478, 3)")
    texts = {name: [*map(_text, values)] for name, values in ids.items()}
    by_name = _by_singular(texts, source.photographs.ids)
    found = source.photographs.ids.find(
        [*map(Named, by_name)],
        lambda rivals: {name: texts[by_name[name]] for name in rivals},
        many.size_names,
    )
    source.photographs.require(found.names)
    source.told += found.told
    for place in range(len(landmarks)):
        row: Row = {field: texts[by_name[name]][place] for field, name in found.names.items()}
        source.add(row, f"photograph {place}", partial(many.seen, place))


class _Many:
    """Arrays of several photographs."""

    def __init__(
        self, landmarks: _Array, arrays: Mapping[str, _Array], *, with_length: bool
    ) -> None:
        count = len(landmarks)

        def of_each(name: str, ndim: int) -> npt.NDArray[np.float64] | None:
            if name not in arrays:
                return None
            values = _numbers(arrays[name], name)
            if not with_length and values.ndim == ndim:
                values = values[np.newaxis]
            elif with_length and values.ndim == ndim:
                # One size for all.
                values = np.broadcast_to(values, (count, *values.shape))
            if values.ndim != ndim + 1 or len(values) != count:
                raise RefusedError(f"{name} has the shape {values.shape}, not one for each face")
            return values

        self._landmarks = _numbers(landmarks, "landmarks")
        self.size_names = size_names(arrays)
        self._sizes = [of_each(name, 0) for name in self.size_names]
        self._scores = of_each("blendshapes", 1)
        self._names = tuple(map(str, arrays["blendshape_names"])) if self._named(arrays) else ()
        matrix = next((name for name in _MATRIXES if name in arrays), "")
        self._matrixes = of_each(matrix, 2)
        if self._scores is not None and len(self._names) != self._scores.shape[1]:
            raise RefusedError("blendshapes has not as many columns as blendshape_names has names")

    @staticmethod
    def _named(arrays: Mapping[str, _Array]) -> bool:
        return "blendshape_names" in arrays and arrays["blendshape_names"].ndim == 1

    def seen(self, place: int) -> Seen:
        points = self._landmarks[place]
        if points.ndim != 2 or points.shape[1] not in _DIMENSIONS:
            shape = self._landmarks.shape[1:]
            raise NoLandmarksError(f"landmarks has the shape {shape}, not (478, 3)")
        sides = [None if each is None else float(each[place]) for each in self._sizes]
        size = picture_size(*[*sides, None, None][:2])
        if np.isnan(points).all():
            return Seen((), size)
        complete = np.full((len(points), 3), np.nan)
        complete[:, : points.shape[1]] = points
        scores = None if self._scores is None else self._scores[place].astype(np.float32)
        matrix = None if self._matrixes is None else self._matrixes[place]
        if matrix is not None and matrix.shape != (4, 4):
            raise NoLandmarksError(
                f"a transformation matrix has the shape {matrix.shape}, not 4 × 4"
            )
        names = () if scores is None else self._names
        return Seen((SeenFace(complete, names, scores, matrix),), size)


@contextmanager
def _arrays(file: BinaryIO) -> Iterator[Mapping[str, _Array]]:
    """Open a file of arrays, and say in plain words what is wrong with it."""
    try:
        with warnings.catch_warnings():
            # Of headers that an old Python wrote, which are read all the same.
            warnings.simplefilter("ignore", UserWarning)
            # Python's objects would run whatever code stands in the file.
            opened = np.load(file, allow_pickle=False)
            if isinstance(opened, np.ndarray):
                yield {_LANDMARKS[0]: opened}
            else:
                with opened:
                    yield opened
    except RefusedError:
        raise
    except _CANNOT as error:
        file.seek(0)
        if "allow_pickle" in str(error) and file.read(1) in _PICKLED:
            raise RefusedError(
                "holds Python's objects (pickle), which are not opened because they can run code: "
                "save arrays of numbers and text"
            ) from error
        raise RefusedError("cannot be read as NumPy's arrays") from error


def _landmarks(arrays: Mapping[str, _Array]) -> _Array:
    name = next((name for name in _LANDMARKS if name in arrays), None)
    if name is None:
        raise RefusedError(f"has no array {_LANDMARKS[0]}")
    return arrays[name]


def _id_arrays(arrays: Mapping[str, _Array], ids: IdNames) -> dict[str, _Array]:
    """Give the arrays that may say which photographs they are; pictures of that name do not."""
    found = {name: arrays[name] for name in _by_singular(arrays, ids).values()}
    return {name: values for name, values in found.items() if values.ndim == 1}


def _by_singular(names: Iterable[str], ids: IdNames) -> dict[str, str]:
    """Find names of ids, which in archives may have a plural, such as paths."""
    names = [*names]
    singular = {name.removesuffix("s"): name for name in names if name.endswith("s")}
    by_name = {name: singular[name] for name in ids.candidates(singular)}
    return by_name | {name: name for name in ids.candidates(names)}


def _numbers(values: _Array, name: str) -> npt.NDArray[np.float64]:
    if values.dtype.kind not in "iuf":
        raise RefusedError(
            f"{name} holds {values.dtype}, not numbers; {EXPECTED} are known by name"
        )
    return values.astype(np.float64, copy=False)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value).lower() if isinstance(value, np.bool_) else str(value)
