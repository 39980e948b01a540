"""Contact sheets: many photographs on a page, each with its mesh drawn over."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from lakehouse.figures.canvas import Indices, Pixels, Points, View
from lakehouse.figures.mesh import line_coverage, overlay
from lakehouse.figures.text import GREY, Colour, broken, text_height, write_lines
from lakehouse.opencv import cv2

PICTURE: Final = 360
"""Side of a photograph on a page, in pixels."""

_GAP: Final = 16
_CELL: Final = PICTURE + _GAP
_TITLE_SIZE: Final = 28
_ID_SIZE: Final = 22
_NOTE_SIZE: Final = 18
_ID_LINES: Final = 2
_NOTE_LINES: Final = 2
_EMPTY: Final[Colour] = (225, 225, 225)
_MESH: Final[Colour] = (0, 255, 120)
_RED: Final[Colour] = (190, 0, 0)
_TILE: Final = View(PICTURE, PICTURE)
_AROUND: Final = 0.15
"""Of a face's size, shown around it."""


@dataclass(frozen=True)
class Words:
    """What stands below a photograph.

    Parameters
    ----------
    ids : str
        Which photograph it is.
    note : str
        What is known of it.
    alarming : bool
        Whether the note says that something failed.
    """

    ids: str
    note: str
    alarming: bool


def draw_tile(
    photograph: Pixels | None, mesh: Points | None, edges: Indices, *, whole: bool = False
) -> Pixels:
    """Show a photograph around its face, the mesh drawn over.

    Parameters
    ----------
    photograph : ndarray of uint8, shape (height, width, 3), or None
        Upright; None where there is no picture to show.
    mesh : ndarray, shape (468, 2), or None
        Pixels of the photograph; None where no face was found, and the whole picture is shown.
    edges : ndarray of int, shape (edges, 2)
    whole : bool
        Show the whole picture where there is a mesh, too.

    Returns
    -------
    ndarray of uint8, shape (360, 360, 3)
    """
    tile = np.full((PICTURE, PICTURE, 3), _EMPTY, dtype=np.uint8)
    if photograph is None:
        return tile
    height, width = photograph.shape[:2]
    low, high = np.zeros(2), np.array([width, height], dtype=np.float64)
    if mesh is not None and not whole:
        low, high = _around(mesh, high)
    first, last = np.floor(low).astype(int), np.ceil(high).astype(int)
    part = photograph[first[1] : last[1], first[0] : last[0]]
    scale = PICTURE / max(part.shape[:2])
    size = tuple(max(1, round(side * scale)) for side in part.shape[1::-1])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    shown = np.asarray(cv2.resize(part, size, interpolation=how), dtype=np.uint8)
    left, top = (PICTURE - size[0]) // 2, (PICTURE - size[1]) // 2
    tile[top : top + size[1], left : left + size[0]] = shown
    if mesh is None:
        return tile
    places = (mesh - first) * scale + (left - 0.5, top - 0.5)
    coverage = line_coverage(places, edges, _TILE, thickness=1)
    return overlay(tile, coverage, _MESH, 0.5)


def draw_sheet(tiles: list[tuple[Pixels, Words]], columns: int, rows: int, title: str) -> Pixels:
    """Put photographs on a page.

    Parameters
    ----------
    tiles : list of (ndarray of uint8 of shape (360, 360, 3), Words)
        At most columns × rows, in reading order.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
        The same size for every page of so many columns and rows.
    """
    words_height = text_height(_ID_LINES, _ID_SIZE) + text_height(_NOTE_LINES, _NOTE_SIZE)
    top = _GAP + text_height(1, _TITLE_SIZE) + _GAP
    cell_height = _CELL + words_height + _GAP
    page = Image.new("RGB", (columns * _CELL + _GAP, top + rows * cell_height), "white")
    heading = broken(title, _TITLE_SIZE, page.width - 2 * _GAP, 1)
    write_lines(page, (_GAP, _GAP), heading, _TITLE_SIZE)
    for place, (tile, words) in enumerate(tiles):
        row, column = divmod(place, columns)
        x, y = _GAP + column * _CELL, top + row * cell_height
        page.paste(Image.fromarray(tile), (x, y))
        ids = broken(words.ids, _ID_SIZE, PICTURE, _ID_LINES)
        below = write_lines(page, (x, y + PICTURE + 4), ids, _ID_SIZE)
        note = broken(words.note, _NOTE_SIZE, PICTURE, _NOTE_LINES)
        colour = _RED if words.alarming else GREY
        write_lines(page, (x, below), note, _NOTE_SIZE, colour=colour)
    return np.asarray(page)


def _around(mesh: Points, limits: Points) -> tuple[Points, Points]:
    """Give the corners of what is shown around a face, inside the photograph."""
    low, high = mesh.min(axis=0), mesh.max(axis=0)
    around = _AROUND * float((high - low).max())
    # Where the face lies outside the photograph, something of the photograph is shown still.
    first = np.clip(low - around, 0, np.maximum(limits - 1, 0))
    return first, np.clip(high + around, first + 1, limits)
