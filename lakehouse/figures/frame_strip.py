"""A trial in a few frames: before the face moves, half way and at its most."""

from typing import Final, NamedTuple

import numpy as np
from PIL import Image

from lakehouse.figures.canvas import Indices, Pixels, Points
from lakehouse.figures.contact_sheet import PICTURE, draw_tile
from lakehouse.figures.curve import LIGHT, Curve, Panel
from lakehouse.figures.text import GREY, broken, text_height, write_lines

_GAP: Final = 16
_TITLE_SIZE: Final = 26
_NAME_SIZE: Final = 24
_NOTE_SIZE: Final = 20
_CURVE: Final = 240


class StripFrame(NamedTuple):
    """A frame of the strip."""

    picture: Pixels
    """Upright."""

    mesh: Points | None
    """Pixels of the picture, shape (468, 2)."""

    name: str
    time_s: float
    note: str


def draw_strip(title: str, frames: list[StripFrame], curve: Curve, edges: Indices) -> Pixels:
    """Show frames beside each other, around the face, with the curve that they are taken from.

    Parameters
    ----------
    frames : list of StripFrame
    edges : ndarray of int, shape (edges, 2)

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
    """
    width = len(frames) * (PICTURE + _GAP) + _GAP
    heading = broken(title, _TITLE_SIZE, width - 2 * _GAP, 2)
    top = _GAP + text_height(len(heading), _TITLE_SIZE)
    words = text_height(1, _NAME_SIZE) + text_height(1, _NOTE_SIZE) + _GAP
    page = Image.new("RGB", (width, top + PICTURE + words + _CURVE), "white")
    write_lines(page, (_GAP, _GAP // 2), heading, _TITLE_SIZE)
    for place, frame in enumerate(frames):
        x = _GAP + place * (PICTURE + _GAP)
        page.paste(Image.fromarray(draw_tile(frame.picture, frame.mesh, edges)), (x, top))
        name = broken(frame.name, _NAME_SIZE, PICTURE, 1)
        below = write_lines(page, (x, top + PICTURE + 2), name, _NAME_SIZE)
        note = broken(frame.note, _NOTE_SIZE, PICTURE, 1)
        write_lines(page, (x, below), note, _NOTE_SIZE, colour=GREY)
    times = [run.times for run in curve.runs if len(run.times)]
    shown = (float(times[0][0]), float(times[-1][-1])) if times else (0.0, 1.0)
    panel = Panel(curve, (width, _CURVE), shown, LIGHT).at([frame.time_s for frame in frames])
    page.paste(Image.fromarray(panel), (0, page.height - _CURVE))
    return np.asarray(page)
