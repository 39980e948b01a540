"""Which photographs the lake holds, and in which parts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from lakehouse.lake.parts import part_names, read_table
from lakehouse.lake.records import Key
from lakehouse.lake.schemas import KEY
from lakehouse.paths import WarehousePaths

_COLUMNS: Final = (
    *(*KEY, "path", "sha256", "status", "error", "extractor", "model_sha256"),
    *("width", "height", "face_height"),
)


@dataclass(frozen=True, slots=True)
class IndexedPhoto:
    """Where a photograph's rows are, and what they were made from.

    Attributes
    ----------
    part : str
        File name of its part.
    key : tuple
        Participant, expression, supervised, photo.
    path : str
        Relative to the dataset's root.
    sha256, status, error, extractor, model_sha256, width, height, face_height
        As in the lake's `photos`.
    """

    part: str
    key: Key
    path: str
    sha256: str | None
    status: str
    error: str | None
    extractor: str
    model_sha256: str | None
    width: int | None
    height: int | None
    face_height: float | None


def read_photos_index(paths: WarehousePaths, without: Collection[str] = ()) -> list[IndexedPhoto]:
    """Read which photographs the lake holds.

    Parameters
    ----------
    without : collection of str
        Parts to pass over.

    Returns
    -------
    list of IndexedPhoto
        In the order of the parts and their rows; empty where there is no lake.

    Raises
    ------
    LakeError
        If a file of `photos/` is damaged.
    """
    parts = [part for part in part_names(paths) if part not in without]
    return [photo for part in parts for photo in photos_of(paths, part)]


def photos_of(paths: WarehousePaths, part: str) -> Iterator[IndexedPhoto]:
    """Read which photographs a part holds.

    Yields
    ------
    IndexedPhoto

    Raises
    ------
    LakeError
        If its file in `photos/` is damaged.
    """
    table = read_table(paths.photos / part, _COLUMNS)
    columns = [table[name].to_pylist() for name in _COLUMNS]
    for values in zip(*columns, strict=True):
        yield IndexedPhoto(part, tuple(values[:4]), *values[4:])
