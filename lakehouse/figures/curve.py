"""A curve over time: how far a face has moved, beside its pictures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from lakehouse.figures.canvas import Pixels
from lakehouse.figures.text import Colour, broken, text_height, text_width, write_lines

Values = npt.NDArray[np.float64]

_SIZE: Final = 18
_EDGE: Final = 12
_FINER: Final = 2
"""Lines are drawn so many times larger, which smooths them."""

_TICKS: Final = 5
_ROOM_ABOVE: Final = 1.08
_DOT: Final = 5


class Ink(NamedTuple):
    """Colours of a drawing."""

    ground: Colour
    words: Colour
    dim: Colour
    line: Colour
    mark: Colour


DARK: Final = Ink((32, 34, 38), (255, 255, 255), (165, 170, 178), (0, 230, 110), (255, 196, 0))
LIGHT: Final = Ink((255, 255, 255), (0, 0, 0), (110, 110, 110), (0, 120, 60), (190, 80, 0))


class Run(NamedTuple):
    """A stretch of a curve: a trial."""

    times: Values
    """Seconds, rising."""

    levels: Values

    begins_s: float = 0.0
    """Its onset; what comes before it is drawn too."""


class Mark(NamedTuple):
    """A time with a name, such as a trial's onset."""

    time_s: float
    name: str


@dataclass(frozen=True, eq=False)
class Curve:
    """What is drawn.

    Parameters
    ----------
    runs : sequence of Run
        Not joined with each other.
    marks : sequence of Mark
    unit : str
        Of the levels.
    """

    runs: Sequence[Run]
    marks: Sequence[Mark] = ()
    unit: str = "aligned px"

    @property
    def top(self) -> float:
        """The highest level; something above 0 where there is none."""
        levels = [float(run.levels.max()) for run in self.runs if len(run.levels)]
        return max([level for level in levels if level > 0], default=1.0)

    def level_at(self, time_s: float) -> float | None:
        """Give the level at a time, between two of its points if need be; None outside."""
        within = [
            run for run in self.runs if len(run.times) and run.times[0] <= time_s <= run.times[-1]
        ]
        # Before a trial begins, the one before it goes on.
        begun = [run for run in within if run.begins_s <= time_s]
        for run in (*reversed(begun), *within):
            return float(np.interp(time_s, run.times, run.levels))
        return None


class Panel:
    """A curve between two times, drawn once, and moments in it.

    Parameters
    ----------
    size : tuple of int
        Width and height, pixels.
    shown_s : tuple of float
        First and last time, seconds.
    """

    def __init__(
        self, curve: Curve, size: tuple[int, int], shown_s: tuple[float, float], ink: Ink
    ) -> None:
        self._curve, self._ink, self._shown = curve, ink, shown_s
        self._size = size
        left = _EDGE + math.ceil(text_width(_number(curve.top), _SIZE)) + _EDGE
        top = _EDGE + text_height(1, _SIZE) + _EDGE // 2
        right, bottom = size[0] - 2 * _EDGE, size[1] - _EDGE - text_height(1, _SIZE) - 4
        self._box = (left, top, right, bottom)
        self._picture = self._drawn()

    def at(self, moments: Sequence[float]) -> Pixels:
        """Show the curve with moments in it: a line and, where there is a level, a dot.

        Parameters
        ----------
        moments : sequence of float
            Seconds.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
        """
        image = self._picture.copy()
        draw = ImageDraw.Draw(image)
        _, top, _, bottom = self._box
        for moment in moments:
            x = self._x(moment)
            draw.line([(x, top), (x, bottom)], self._ink.words, 1)
            level = self._curve.level_at(moment)
            if level is not None:
                y = self._y(level)
                corners = [(x - _DOT, y - _DOT), (x + _DOT, y + _DOT)]
                draw.ellipse(corners, self._ink.line, self._ink.words)
        return np.asarray(image)

    def _x(self, time_s: float) -> float:
        left, _, right, _ = self._box
        first, last = self._shown
        return left + (time_s - first) / max(last - first, 1e-9) * (right - left)

    def _y(self, level: float) -> float:
        _, top, _, bottom = self._box
        return bottom - level / (self._curve.top * _ROOM_ABOVE) * (bottom - top)

    def _drawn(self) -> Image.Image:
        large = Image.new("RGB", (_FINER * self._size[0], _FINER * self._size[1]), self._ink.ground)
        draw = ImageDraw.Draw(large)
        for run in self._curve.runs:
            inside = (run.times >= self._shown[0]) & (run.times <= self._shown[1])
            places = [
                (self._x(time) * _FINER, self._y(level) * _FINER)
                for time, level in zip(run.times[inside], run.levels[inside], strict=True)
            ]
            draw.line(places, self._ink.line, 2 * _FINER, joint="curve")
        image = large.resize(self._size, Image.Resampling.LANCZOS)
        self._write_axes(image)
        self._write_marks(image)
        self._write_unit(image)
        return image

    def _write_axes(self, image: Image.Image) -> None:
        draw = ImageDraw.Draw(image)
        left, top, right, bottom = self._box
        draw.line([(left, top), (left, bottom), (right, bottom)], self._ink.dim, 1)
        colour = self._ink.dim
        step = _step(self._curve.top)
        for number in range(int(self._curve.top * _ROOM_ABOVE / step) + 1):
            y = self._y(number * step)
            draw.line([(left - 4, y), (left, y)], colour, 1)
            text = _number(number * step)
            place = (left - 7 - text_width(text, _SIZE), y - text_height(1, _SIZE) / 2)
            write_lines(image, place, [text], _SIZE, colour=colour)
        first, last = self._shown
        step = _step(last - first)
        for number in range(math.ceil(first / step), int(last / step) + 1):
            x = self._x(number * step)
            draw.line([(x, bottom), (x, bottom + 4)], colour, 1)
            text = f"{_number(number * step)} s"
            x = min(x, self._size[0] - text_width(text, _SIZE) / 2 - 2)
            write_lines(image, (x, bottom + 5), [text], _SIZE, colour=colour, align="middle")

    def _write_unit(self, image: Image.Image) -> None:
        left, top, *_ = self._box
        x, width = left + 6, text_width(self._curve.unit, _SIZE)
        box = [(x, top), (x + width, top + text_height(1, _SIZE))]
        ImageDraw.Draw(image).rectangle(box, self._ink.ground)
        write_lines(image, (x, top), [self._curve.unit], _SIZE, colour=self._ink.dim)

    def _write_marks(self, image: Image.Image) -> None:
        draw = ImageDraw.Draw(image)
        _, top, right, bottom = self._box
        free = 0.0
        for mark in self._curve.marks:
            if not self._shown[0] <= mark.time_s <= self._shown[1]:
                continue
            x = self._x(mark.time_s)
            for y in range(top, bottom, 8):
                draw.line([(x, y), (x, y + 3)], self._ink.mark, 1)
            # Above the curve. A name that would run into the one before is left out.
            if free <= x < right - _SIZE:
                [name] = broken(mark.name, _SIZE, max(right - x, 1), 1) or [""]
                write_lines(image, (x, _EDGE // 2), [name], _SIZE, colour=self._ink.mark)
                free = x + text_width(name, _SIZE) + 2 * _EDGE


def _step(length: float) -> float:
    """Choose a round step for a scale."""
    rough = max(length, 1e-9) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)


def _number(value: float) -> str:
    return f"{value:.4g}"
