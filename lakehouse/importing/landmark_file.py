"""Reading one landmark file: a table of index, x and y with a row per point of the mesh."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.importing.coordinates import NoLandmarksError, PictureSize, in_pixels
from lakehouse.importing.foreign_points import COUNTS, refusal
from lakehouse.importing.readings import Reading, require_face
from lakehouse.importing.sources import Look, Question
from lakehouse.importing.whole_files import Whole, read_whole
from lakehouse.ingest.result import Status
from lakehouse.inputs.column_names import size_names

MAX_BYTES: Final = 2**20
"""A larger file is no table of 468 points."""

_COLUMNS: Final = ("index", "x", "y")
_DEPTH: Final = "z"
_SIZE: Final = ("width", "height")
_UNNAMED: Final = ("", "unnamed: 0")
"""What pandas calls the column of row numbers that it writes before the others."""

_LARGEST: Final = 2**31 - 1
"""Pixels."""

_SHOWN_CHARACTERS: Final = 60


def read_landmark_file(
    path: Path, *, is_error: bool, known_sha256: str | None, size: PictureSize | None = None
) -> Reading | None:
    """Read a landmark file.

    Parameters
    ----------
    is_error : bool
        Whether by its name it stands for a photograph without a face. Its content means nothing.
    known_sha256 : str or None
        Content that is known already.
    size : PictureSize, optional
        Of the photograph, if the file does not say it.

    Returns
    -------
    Reading or None
        None if the content is the known one. A file that cannot be read is a reading too.
    """
    whole = read_whole(path, known_sha256, at_most=MAX_BYTES)
    if not isinstance(whole, Whole):
        return whole
    sha256, length = whole.sha256, len(whole.content)
    if is_error:
        reason = "no face was found, says an error file"
        return Reading(Status.NO_FACE, reason, sha256, length, faces=0)
    try:
        landmarks, size = parse_landmarks(whole.content, size)
    except NoLandmarksError as error:
        return Reading(Status.UNREADABLE, str(error), sha256, length)
    return Reading(Status.OK, None, sha256, length, landmarks, size, faces=1)


def look_at_landmark_file(path: Path, *, is_error: bool) -> Look:
    """Make a look of a landmark file.

    Parameters
    ----------
    is_error : bool
        Whether by its name it stands for a photograph without a face.
    """

    def look(question: Question) -> Reading | None:
        # The same bytes under another name mean something else.
        same = question.previous and is_error is (question.previous.status == Status.NO_FACE)
        known = question.known_sha256 if same else None
        return read_landmark_file(path, is_error=is_error, known_sha256=known, size=question.size)

    return look


def parse_landmarks(
    content: bytes, size: PictureSize | None = None
) -> tuple[npt.NDArray[np.float32], PictureSize | None]:
    """Read a table of landmarks.

    Parameters
    ----------
    content : bytes
        CSV in UTF-8 with the columns index, x and y, and perhaps z, width and height, in any
        order and case, separated by commas or semicolons, perhaps behind a first column without a
        name; 468 or 478 rows in any order.
    size : PictureSize, optional
        Of the photograph, if there are no columns that say it.

    Returns
    -------
    ndarray of float32, shape (468 or 478, 3)
        x, y and z in pixels, in the order of the points; NaN for z where there is none.
    PictureSize or None
        Of the photograph, where it is known.

    Raises
    ------
    NoLandmarksError
        If it is anything else.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoLandmarksError("is not UTF-8 text") from error
    lines = text.splitlines()
    if len(lines) - 1 not in COUNTS:
        # Blank lines mean nothing: text written twice over on Windows has one after every row.
        lines = [line for line in lines if line.strip()]
    if not lines:
        raise NoLandmarksError("is empty")
    separator = ";" if ";" in lines[0] else ","
    header, rows = _fields(lines[0], separator), lines[1:]
    places = _places(header)
    if len(rows) not in COUNTS:
        raise NoLandmarksError(f"has {refusal(len(rows))}")
    try:
        table = np.loadtxt(rows, delimiter=separator, quotechar='"', comments=None, ndmin=2)
    except ValueError as error:
        raise NoLandmarksError(_first_problem(rows, separator, header)) from error
    if table.shape != (len(rows), len(header)):
        raise NoLandmarksError(_first_problem(rows, separator, header))
    finite = np.isfinite(table).all(axis=1)
    if not finite.all():
        raise NoLandmarksError(f"row {_row(~finite)}: NaN or infinity")
    size = _size(table, places) or size
    columns = [places[name] for name in (*_COLUMNS, _DEPTH) if name in places]
    return in_pixels(_in_order(table[:, columns]), size).astype(np.float32), size


def _fields(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator))
    except csv.Error as error:
        raise NoLandmarksError(f"is not valid CSV ({error})") from error


def _places(header: Sequence[str]) -> dict[str, int]:
    """Find the columns in the header."""
    names = [name.strip().lower() for name in header]
    if names and names[0] in _UNNAMED:
        names[0] = ""
    places = {name: place for place, name in enumerate(names) if name}
    if len(sizes := size_names(places)) == len(_SIZE):
        places |= {name: places.pop(given) for name, given in zip(_SIZE, sizes, strict=True)}
    named = len(names) - (names[:1] == [""])
    if (
        len(places) != named
        or not {*_COLUMNS} <= places.keys() <= {*_COLUMNS, _DEPTH, *_SIZE}
        or len(places.keys() & {*_SIZE}) == 1
    ):
        shown = ", ".join(name.strip() or "(no name)" for name in header)
        raise NoLandmarksError(
            f"has the columns {_shown(shown)}, not index, x, y, and perhaps z, or width and height"
        )
    return places


def _size(table: npt.NDArray[np.float64], places: dict[str, int]) -> PictureSize | None:
    """Read the size that every row gives, if there are such columns."""
    if not places.keys() & {*_SIZE}:
        return None
    sizes = table[:, [places[name] for name in _SIZE]]
    wrong = ((sizes < 1) | (sizes > _LARGEST) | (sizes != np.floor(sizes))).any(axis=1)
    wrong |= (sizes != sizes[0]).any(axis=1)
    if wrong.any():
        raise NoLandmarksError(
            f"row {_row(wrong)}: width and height are no whole numbers, or not those of row 2"
        )
    return PictureSize(*map(int, sizes[0]))


def _in_order(table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Check rows of index, x, y and perhaps z, and put them in the order of the points."""
    index = table[:, 0]
    strange = (index < 0) | (index >= len(index)) | (index != np.floor(index))
    if strange.any():
        raise NoLandmarksError(
            f"row {_row(strange)}: index {index[strange][0]:g} is not a point of the mesh, 0 to "
            f"{len(index) - 1}"
        )
    points = index.astype(np.int64)
    counts = np.bincount(points, minlength=len(index))
    if (counts != 1).any():
        # As many rows as points: where one is missing, another is there twice.
        missing, twice = np.flatnonzero(counts == 0)[0], np.flatnonzero(counts > 1)[0]
        raise NoLandmarksError(f"index {missing} is missing, index {twice} occurs twice")
    landmarks = np.full((len(index), 3), np.nan)
    landmarks[points, : table.shape[1] - 1] = table[:, 1:]
    require_face(landmarks)
    return landmarks


def _row(wrong: npt.ArrayLike) -> int:
    """Give the first wrong row's number in a spreadsheet, where the header is row 1."""
    return int(np.flatnonzero(wrong)[0]) + 2


def _first_problem(rows: Sequence[str], separator: str, header: Sequence[str]) -> str:
    """Say in which row something is no number, or is missing or too much."""
    for number, row in enumerate(rows, start=2):
        values = _fields(row, separator)
        if len(values) != len(header):
            return f"row {number}: {len(values)} values, not {len(header)}"
        for name, value in zip(header, values, strict=True):
            if not _is_number(value):
                shown = _shown(value.strip()) or "empty"
                return f"row {number}: {name.strip() or 'first column'} is {shown}, not a number"
    return "is no proper CSV"


def _is_number(text: str) -> bool:
    """Tell whether NumPy reads a number; Python alone also takes 1_000 and other digits."""
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and "_" not in text


def _shown(text: str) -> str:
    """Make some of a file's text fit for a message."""
    text = text[:_SHOWN_CHARACTERS]
    return text if text.isprintable() else ascii(text)[1:-1]
