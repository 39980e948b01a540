"""A video's frames with their mesh, the curve of the face's movement and a clock."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from lakehouse.figures.canvas import Indices, Pixels, Points, View
from lakehouse.figures.curve import DARK, Curve, Panel
from lakehouse.figures.mesh import line_coverage, overlay
from lakehouse.figures.text import Colour, broken, text_height, write_lines
from lakehouse.opencv import cv2

_WIDEST: Final = 1280
_HIGHEST: Final = 720
_NARROWEST: Final = 800
_PANEL: Final = 220
_CLOCK: Final = 290
_CLOCK_SIZE: Final = 52
_WORDS_SIZE: Final = 20
_EDGE: Final = 16
_MESH: Final[Colour] = (0, 255, 120)
_AT_ONCE_S: Final = 20.0
"""Longer curves are shown piece by piece."""


@dataclass(frozen=True)
class Moment:
    """What is written beside a frame.

    Parameters
    ----------
    time_s : float
        The frame's time.
    lines : tuple of str
        What else is known, each on its line.
    """

    time_s: float
    lines: tuple[str, ...]


class ClipPages:
    """Draws the frames of one video.

    Parameters
    ----------
    shape : tuple of int
        Width and height of its frames.
    edges : ndarray of int, shape (edges, 2)
    last_s : float
        Time of its last frame.
    """

    def __init__(self, shape: tuple[int, int], edges: Indices, curve: Curve, last_s: float) -> None:
        self._edges, self._curve = edges, curve
        self._scale = min(_WIDEST / shape[0], _HIGHEST / shape[1])
        self._shown = tuple(_even(side * self._scale) for side in shape)
        self._last_s = last_s
        self._in_use: tuple[int, Panel] | None = None
        self.size = (max(self._shown[0], _NARROWEST), self._shown[1] + _PANEL)
        """Width and height of what is drawn; even numbers."""

    def draw(self, picture: Pixels, mesh: Points | None, moment: Moment) -> Pixels:
        """Draw a frame.

        Parameters
        ----------
        picture : ndarray of uint8, shape (height, width, 3)
            Upright.
        mesh : ndarray, shape (468, 2), or None
            Pixels of the picture; None where there is no face.

        Returns
        -------
        ndarray of uint8
            Of `size`.
        """
        page = np.empty((self.size[1], self.size[0], 3), dtype=np.uint8)
        page[:] = DARK.ground
        width, height = self._shown
        left = (self.size[0] - width) // 2
        page[:height, left : left + width] = self._with_mesh(picture, mesh)
        page[height:, :_CLOCK] = self._clock(moment)
        page[height:, _CLOCK:] = self._panel(moment.time_s).at([moment.time_s])
        return page

    def _with_mesh(self, picture: Pixels, mesh: Points | None) -> Pixels:
        how = cv2.INTER_AREA if self._scale < 1 else cv2.INTER_LINEAR
        shown = np.asarray(cv2.resize(picture, self._shown, interpolation=how), dtype=np.uint8)
        if mesh is None:
            return shown
        # Of the sides as they are, which were rounded.
        scale = np.array(self._shown) / picture.shape[1::-1]
        coverage = line_coverage((mesh + 0.5) * scale - 0.5, self._edges, View(*self._shown), 1)
        return overlay(shown, coverage, _MESH, 0.5)

    def _panel(self, time_s: float) -> Panel:
        if self._last_s <= 1.25 * _AT_ONCE_S:
            page, shown = 0, (0.0, max(self._last_s, 0.1))
        else:
            page = int(time_s // _AT_ONCE_S)
            shown = (page * _AT_ONCE_S, (page + 1) * _AT_ONCE_S)
        in_use = self._in_use
        if in_use is None or in_use[0] != page:
            in_use = (page, Panel(self._curve, (self.size[0] - _CLOCK, _PANEL), shown, DARK))
            self._in_use = in_use
        return in_use[1]

    def _clock(self, moment: Moment) -> Pixels:
        image = Image.new("RGB", (_CLOCK, _PANEL), DARK.ground)
        clock = [f"{moment.time_s:.3f} s"]
        y = write_lines(image, (_EDGE, _EDGE // 2), clock, _CLOCK_SIZE, colour=DARK.words)
        for line in moment.lines:
            room = int((_PANEL - y) // text_height(1, _WORDS_SIZE))
            if room > 0:
                lines = broken(line, _WORDS_SIZE, _CLOCK - 2 * _EDGE, min(2, room))
                y = write_lines(image, (_EDGE, y), lines, _WORDS_SIZE, colour=DARK.dim)
        return np.asarray(image)


def _even(length: float) -> int:
    return max(2, 2 * round(length / 2))
