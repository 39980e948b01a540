"""Words in pictures, in fonts that come with libraries, so that no machine lacks them.

Pillow's own has no accents. What it lacks is written in the one that Matplotlib carries, which
MediaPipe brings along; the library itself is not loaded.
"""

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]

BLACK: Final[Colour] = (0, 0, 0)
GREY: Final[Colour] = (110, 110, 110)
WHITE: Final[Colour] = (255, 255, 255)

_LINE_HEIGHT: Final = 1.25
_GAP: Final = "…"
_MEASURED_AT: Final = 32
_ACCENTED: Final = "mpl-data/fonts/ttf/DejaVuSans.ttf"
_FROM_THE_RIGHT: Final = frozenset({"R", "AL", "AN"})
"""Kinds of letters that only a layout engine could put in their order."""


def readable(text: str) -> str:
    r"""Spell a text with the glyphs there are.

    Parameters
    ----------
    text : str
        Anything, such as an id of a dataset.

    Returns
    -------
    str
        What the fonts lack, and line breaks, stand as in Python: ``\u65e5``, ``\n``.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        letter if _drawable(letter) else letter.encode("unicode_escape").decode()
        for letter in composed
    )


def text_width(text: str, size: int) -> float:
    """Measure a line of text.

    Parameters
    ----------
    size : int
        Of the font, pixels.

    Returns
    -------
    float
        Pixels.
    """
    return _font(text, size).getlength(text)


def text_height(lines: int, size: int) -> int:
    """Measure lines of text.

    Parameters
    ----------
    size : int
        Of the font, pixels.

    Returns
    -------
    int
        Pixels.
    """
    return round(lines * size * _LINE_HEIGHT)


def broken(text: str, size: int, width: float, most: int) -> list[str]:
    """Break a text into lines, at blanks where possible.

    Parameters
    ----------
    size : int
        Of the font, pixels.
    width : float
        Of the lines, pixels.
    most : int
        How many lines; where the text needs more, its middle is left out.

    Returns
    -------
    list of str
        Readable.
    """
    text = readable(text)
    lines = _lines(text, size, width)
    if len(lines) <= most:
        return lines
    too_few, enough = 0, len(text)
    while too_few + 1 < enough:
        removed = (too_few + enough) // 2
        if len(_lines(_without_middle(text, removed), size, width)) > most:
            too_few = removed
        else:
            enough = removed
    return _lines(_without_middle(text, enough), size, width)


def write_lines(
    image: Image.Image,
    at: tuple[float, float],
    lines: list[str],
    size: int,
    *,
    colour: Colour = BLACK,
    align: Literal["left", "middle"] = "left",
) -> float:
    """Write lines of text below each other.

    Parameters
    ----------
    image : Image
        Is written on.
    at : tuple of float
        Top left corner, or top middle, of the first line.
    lines : list of str
        As `broken` gives them.
    size : int
        Of the font, pixels.
    colour : tuple of int
        RGB.
    align : {"left", "middle"}

    Returns
    -------
    float
        Where the next line would begin.
    """
    draw = ImageDraw.Draw(image)
    x, y = at
    fill = colour if image.mode == "RGB" else colour[0]
    for line in lines:
        draw.text((x, y), line, fill, _font(line, size), "la" if align == "left" else "ma")
        y += size * _LINE_HEIGHT
    return y


def _font(text: str, size: int) -> ImageFont.FreeTypeFont:
    """Give the first font that has all letters of a text, or else the last."""
    fonts = _fonts(size)
    return next((font for font in fonts if all(_has(font, each) for each in text)), fonts[-1])


@cache
def _fonts(size: int) -> tuple[ImageFont.FreeTypeFont, ...]:
    own = ImageFont.load_default(size)
    assert isinstance(own, ImageFont.FreeTypeFont)  # noqa: S101 - Pillow's wheels have FreeType
    accented = _accented()
    return (own, ImageFont.truetype(accented, size)) if accented else (own,)


@cache
def _accented() -> Path | None:
    library = find_spec("matplotlib")
    folders = (library.submodule_search_locations if library else None) or []
    files = [Path(folder) / _ACCENTED for folder in folders]
    return next((file for file in files if file.is_file()), None)


@cache
def _drawable(letter: str) -> bool:
    """Whether a letter can be written; the last font is the one with the most."""
    if not letter.isprintable() or unicodedata.bidirectional(letter) in _FROM_THE_RIGHT:
        return False
    return _has(_fonts(_MEASURED_AT)[-1], letter)


@cache
def _has(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    """Whether a font has a letter: what it lacks all looks like what cannot exist."""
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


def _without_middle(text: str, removed: int) -> str:
    """Leave letters out where an id says least: both its ends tell more."""
    left = (len(text) - removed) // 2
    return text[:left] + _GAP + text[left + removed :]


def _lines(text: str, size: int, width: float) -> list[str]:
    lines = []
    while text:
        fitting = len(text)
        if text_width(text, size) > width:
            fitting = _fitting(text, size, width)
            blank = text.rfind(" ", 1, fitting + 1)
            fitting = blank if blank > 0 else fitting
        lines.append(text[:fitting].rstrip())
        text = text[fitting:].lstrip()
    return lines


def _fitting(text: str, size: int, width: float) -> int:
    """Count the letters that a line holds; at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high) if text_width(text[:middle], size) <= width else (low, middle - 1)
        )
    return low
