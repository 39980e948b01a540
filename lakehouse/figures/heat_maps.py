"""Heat pictures of the changes of all pairs of points in a mask."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from lakehouse.figures.canvas import Pixels
from lakehouse.figures.text import BLACK, GREY, Colour, broken, text_height, write_lines
from lakehouse.vocabulary import MESH_POINTS

Matrix = npt.NDArray[np.float64]

# Dark towards the ends and light at nothing; after ColorBrewer's RdBu and YlOrRd, which are
# safe for the colour-blind.
_DIVERGING: Final = ("#08306b", "#2166ac", "#92c5de", "#f7f7f7", "#f4a582", "#b2182b", "#67001f")
_SEQUENTIAL: Final = ("#fffff0", "#fed976", "#fd8d3c", "#e31a1c", "#800026", "#3d0014")
_UNKNOWN: Final[Colour] = (190, 190, 190)

_CELL: Final = 2
"""A pair's side in the picture, its pixels."""
_SIDE: Final = _CELL * MESH_POINTS
_EDGE: Final = 40
_STRIP: Final = 18
"""Width of the colours that name the bands."""
_LABELS: Final = 190
_GAP: Final = 70
_BAR: Final = 26
"""Height of a colour scale."""
_TICK: Final = 8
_TITLE_SIZE: Final = 44
_HEADING_SIZE: Final = 30
_LABEL_SIZE: Final = 24
_NOTE_SIZE: Final = 22
_LINE: Final[Colour] = (120, 120, 120)


@dataclass(frozen=True)
class Band:
    """Points that follow each other on both axes.

    Parameters
    ----------
    name : str
        Written beside the band.
    points : int
        How many.
    colour : tuple of int
        RGB.
    """

    name: str
    points: int
    colour: Colour


@dataclass(frozen=True, eq=False)
class HeatMap:
    """A matrix to be shown in colours.

    Parameters
    ----------
    heading : str
        Written above the matrix.
    values : ndarray, shape (468, 468)
        NaN is grey.
    limit : float
        End of the colour scale; what lies beyond has the colour of the end.
    diverging : bool
        Whether the scale goes from -limit, or from 0.
    """

    heading: str
    values: Matrix
    limit: float
    diverging: bool

    @property
    def low(self) -> float:
        """Where the scale begins."""
        return -self.limit if self.diverging else 0.0


def draw_pair_maps(title: str, maps: list[HeatMap], bands: list[Band], note: str) -> Pixels:
    """Draw matrices beside each other, with the bands of their axes and their colour scales.

    Parameters
    ----------
    maps : list of HeatMap
    bands : list of Band
        Of both axes, from the top left corner on; all the 468 points.
    note : str
        Stands below; as many as three lines.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
        RGB.
    """
    top = _EDGE + text_height(1, _TITLE_SIZE) + text_height(1, _HEADING_SIZE) + _STRIP + 22
    under = top + _SIDE + 24
    foot = under + _BAR + _TICK + text_height(1, _LABEL_SIZE) + 16
    width = _EDGE + _LABELS + len(maps) * (_STRIP + _SIDE + _GAP) - _GAP + 2 * _EDGE
    image = Image.new("RGB", (width, foot + text_height(3, _NOTE_SIZE) + _EDGE // 2), "white")
    write_lines(
        image, (_EDGE, _EDGE), broken(title, _TITLE_SIZE, width - 2 * _EDGE, 1), _TITLE_SIZE
    )
    _write_names(image, bands, top)
    for place, shown in enumerate(maps):
        left = _EDGE + _LABELS + _STRIP + place * (_STRIP + _SIDE + _GAP)
        heading = (left, top - _STRIP - 10 - text_height(1, _HEADING_SIZE))
        write_lines(image, heading, broken(shown.heading, _HEADING_SIZE, _SIDE, 1), _HEADING_SIZE)
        cells = _coloured(shown.values, shown).repeat(_CELL, axis=0).repeat(_CELL, axis=1)
        image.paste(Image.fromarray(cells), (left, top))
        _draw_bands(image, bands, left, top)
        _draw_scale(image, shown, left, under)
    lines = broken(note, _NOTE_SIZE, width - 2 * _EDGE, 3)
    write_lines(image, (_EDGE, foot), lines, _NOTE_SIZE, colour=GREY)
    return np.asarray(image)


def _coloured(values: Matrix, shown: HeatMap) -> Pixels:
    stops = [_rgb(colour) for colour in (_DIVERGING if shown.diverging else _SEQUENTIAL)]
    at = np.linspace(shown.low, shown.limit, len(stops))
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    channels = [np.interp(filled, at, channel) for channel in zip(*stops, strict=True)]
    colours: Pixels = np.rint(np.stack(channels, axis=-1)).astype(np.uint8)
    colours[~known] = _UNKNOWN
    return colours


def _rgb(code: str) -> Colour:
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red, green, blue


def _starts(bands: list[Band]) -> list[int]:
    """Say where each band begins, in the picture's pixels from the map's corner."""
    ends = np.cumsum([band.points for band in bands]) * _CELL
    return [0, *ends.tolist()[:-1]]


def _write_names(image: Image.Image, bands: list[Band], top: int) -> None:
    for band, start in zip(bands, _starts(bands), strict=True):
        middle = top + start + (band.points * _CELL - text_height(1, _LABEL_SIZE)) / 2
        name = broken(band.name.replace("_", " "), _LABEL_SIZE, _LABELS - _STRIP, 1)
        write_lines(image, (_EDGE, middle), name, _LABEL_SIZE, colour=band.colour)


def _draw_bands(image: Image.Image, bands: list[Band], left: int, top: int) -> None:
    draw = ImageDraw.Draw(image)
    for band, start in zip(bands, _starts(bands), strict=True):
        end = start + band.points * _CELL
        draw.rectangle((left - _STRIP, top + start, left - 5, top + end - 2), band.colour)
        draw.rectangle((left + start, top - _STRIP, left + end - 2, top - 5), band.colour)
        if start:
            draw.line((left, top + start, left + _SIDE - 1, top + start), _LINE)
            draw.line((left + start, top, left + start, top + _SIDE - 1), _LINE)
    draw.rectangle((left - 1, top - 1, left + _SIDE, top + _SIDE), outline=_LINE)


def _draw_scale(image: Image.Image, shown: HeatMap, left: int, top: int) -> None:
    draw = ImageDraw.Draw(image)
    ramp = np.linspace(shown.low, shown.limit, _SIDE)
    bar = _coloured(np.tile(ramp, (_BAR, 1)), shown)
    image.paste(Image.fromarray(bar), (left, top))
    draw.rectangle((left - 1, top - 1, left + _SIDE, top + _BAR), outline=_LINE)
    for value in np.linspace(shown.low, shown.limit, 5):
        x = left + (value - shown.low) / (shown.limit - shown.low) * (_SIDE - 1)
        draw.line((x, top + _BAR, x, top + _BAR + _TICK), BLACK)
        at = (x, top + _BAR + _TICK + 2)
        write_lines(image, at, [_number(value, shown)], _LABEL_SIZE, align="middle")


def _number(value: float, shown: HeatMap) -> str:
    if value == shown.limit:
        return f"{value:g}+ px"
    return f"{value:g} or less" if value == shown.low < 0 else f"{value:g}"
