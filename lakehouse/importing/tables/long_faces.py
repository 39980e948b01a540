"""Gathering the points of many faces, whose rows come in whatever order."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.importing.coordinates import NoLandmarksError
from lakehouse.importing.foreign_points import COUNTS, refusal
from lakehouse.importing.readings import Seen, SeenFace, picture_size
from lakehouse.importing.tables.batches import Numbers
from lakehouse.vocabulary import ALL_POINTS

_BLOCK: Final = 256
"""Faces that are kept in one array, so that none is ever copied to grow."""

_SLOTS: Final = ALL_POINTS + 1
"""Points are kept by the number that they have; some count from 1."""

_Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Points:
    """The points of a batch of rows.

    Attributes
    ----------
    rows, faces : ndarray of int
        Of each row, its number in a spreadsheet, and the place of its face.
    points : Numbers
        A column: the point's number.
    axes : Numbers
        Two or three columns: x, y and perhaps z.
    sizes : Numbers or None
        Width and height of the picture.
    """

    rows: _Rows
    faces: _Rows
    points: Numbers
    axes: Numbers
    sizes: Numbers | None


class LongFaces:
    """Points by face and number."""

    def __init__(self) -> None:
        self._points: list[npt.NDArray[np.float64]] = []
        self._counts: list[npt.NDArray[np.uint8]] = []
        self._faults: dict[int, str] = {}
        self._sizes: dict[int, tuple[float, float]] = {}

    def add(self, given: Points) -> None:
        """Take the points of some rows."""
        if not len(given.rows):
            return
        self._note_faults(given)
        self._note_sizes(given)
        while len(self._points) * _BLOCK <= given.faces.max():
            self._points.append(np.full((_BLOCK, _SLOTS, 3), np.nan))
            self._counts.append(np.zeros((_BLOCK, _SLOTS), np.uint8))
        number = given.points.values[:, 0]
        sound = (number >= 0) & (number < _SLOTS) & (number == np.floor(number))
        # A face that was not found may have a row without any point.
        empty = np.isnan(number) & np.isnan(given.axes.values).all(axis=1)
        for place in np.flatnonzero(~sound & ~empty).tolist():
            said = "missing" if np.isnan(number[place]) else f"{number[place]:g}"
            self._fault(given, place, f"point is {said}, not 0 to {ALL_POINTS - 1}")
        faces, slots, axes = given.faces[sound], number[sound].astype(int), given.axes.values[sound]
        for block in np.unique(faces // _BLOCK).tolist():
            here = faces // _BLOCK == block
            at = faces[here] % _BLOCK, slots[here]
            self._points[block][*at, : axes.shape[1]] = axes[here]
            counts = np.bincount(at[0] * _SLOTS + at[1], minlength=_BLOCK * _SLOTS)
            counts = counts.reshape(_BLOCK, _SLOTS) + self._counts[block]
            self._counts[block] = np.minimum(counts, 2).astype(np.uint8)

    def seen(self, face: int) -> Seen:
        """Give what all rows say of a face.

        Parameters
        ----------
        face : int
            Its place.

        Raises
        ------
        NoLandmarksError
            If a row is wrong, or points are missing or there twice.
        """
        if face in self._faults:
            raise NoLandmarksError(self._faults[face])
        block, place = divmod(face, _BLOCK)
        points, counts = self._points[block][place], self._counts[block][place]
        size = picture_size(*self._sizes.get(face, (None, None)))
        if np.isnan(points).all():
            return Seen((), size)
        first, count = _extent(counts)
        twice = np.flatnonzero(counts > 1)
        missing = np.flatnonzero(counts[first : first + count] == 0) + first
        if len(twice):
            raise NoLandmarksError(f"point {twice[0]} occurs twice{_more(twice)}")
        if len(missing):
            raise NoLandmarksError(f"point {missing[0]} of {count} is missing{_more(missing)}")
        return Seen((SeenFace(points[first : first + count].copy()),), size)

    def _note_faults(self, given: Points) -> None:
        for found in (given.points, given.axes, given.sizes):
            for place, fault in (found.faults if found else {}).items():
                self._fault(given, place, fault)

    def _note_sizes(self, given: Points) -> None:
        if given.sizes is None:
            return
        sizes = np.nan_to_num(given.sizes.values, nan=-1.0)
        pairs, first = np.unique(np.column_stack([given.faces, sizes]), axis=0, return_index=True)
        for (face, width, height), place in zip(pairs.tolist(), first.tolist(), strict=True):
            if width == height == -1:
                continue
            known = self._sizes.setdefault(int(face), (width, height))
            if known != (width, height):
                self._fault(given, place, "width and height are not those of the rows before")

    def _fault(self, given: Points, place: int, fault: str) -> None:
        self._faults.setdefault(int(given.faces[place]), f"row {given.rows[place]}: {fault}")


def _more(points: _Rows) -> str:
    return f", and {len(points) - 1:,} more" if len(points) > 1 else ""


def _extent(counts: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """Tell the number of the first point, and how many points there should be.

    Raises
    ------
    NoLandmarksError
        If they are another model's.
    """
    there = np.flatnonzero(counts)
    first, last = int(there[0]), int(there[-1])
    if first == 1 and last in COUNTS:
        return 1, last
    if len(there) == last + 1 and len(there) not in COUNTS:
        raise NoLandmarksError(f"has {refusal(len(there))}")
    return 0, next(count for count in COUNTS if count > min(last, ALL_POINTS - 1))
