"""Captions, and masks side by side."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from PIL import Image

from lakehouse.figures.canvas import HEIGHT, WIDTH, Pixels
from lakehouse.figures.text import GREY, broken, text_height, text_width, write_lines

_CAPTION_SIZE: Final = 36
_TITLE_SIZE: Final = 64
_HEADING_SIZE: Final = 44
_EDGE: Final = 40


@dataclass(frozen=True, eq=False)
class Column:
    """One side of a comparison.

    Parameters
    ----------
    heading : str
    ghost, mean : ndarray of uint8, shape (1900, 2500)
        All masks of the group over each other, and their mean.
    """

    heading: str
    ghost: Pixels
    mean: Pixels


def captioned(picture: Pixels, caption: str) -> Pixels:
    """Write a caption into the canvas's lower left corner, where no face reaches.

    Parameters
    ----------
    picture : ndarray of uint8, shape (1900, 2500)
        Grey values.
    caption : str

    Returns
    -------
    ndarray of uint8, shape (1900, 2500)
    """
    image = Image.fromarray(picture)
    lines = broken(caption, _CAPTION_SIZE, WIDTH - 2 * _EDGE, 2)
    top = HEIGHT - _EDGE - text_height(len(lines), _CAPTION_SIZE)
    write_lines(image, (_EDGE, top), lines, _CAPTION_SIZE, colour=GREY)
    return np.asarray(image)


def compare(title: str, columns: list[Column], note: str) -> Pixels:
    """Show groups of masks beside each other, ghost above mean (paper, figure 15).

    Parameters
    ----------
    title : str
    columns : list of Column
    note : str
        Stands below.

    Returns
    -------
    ndarray of uint8, shape (height, width)
        Grey values; each column 1250 pixels wide.
    """
    width, height = WIDTH // 2, HEIGHT // 2
    top = _EDGE + text_height(1, _TITLE_SIZE) + text_height(1, _HEADING_SIZE) + _EDGE
    foot = text_height(1, _CAPTION_SIZE) + _EDGE
    size = (width * len(columns), top + 2 * height + foot)
    image = Image.new("L", size, 255)
    lines = broken(title, _TITLE_SIZE, size[0] - 2 * _EDGE, 1)
    after_title = write_lines(image, (size[0] / 2, _EDGE), lines, _TITLE_SIZE, align="middle")
    for place, column in enumerate(columns):
        middle = (width * (place + 0.5), after_title)
        heading = broken(column.heading, _HEADING_SIZE, width - 2 * _EDGE, 1)
        write_lines(image, middle, heading, _HEADING_SIZE, align="middle")
        for row, picture in enumerate((column.ghost, column.mean)):
            image.paste(_halved(picture), (width * place, top + height * row))
    for row, label in enumerate(("all masks over each other", "mean mask")):
        left = (size[0] - text_width(label, _CAPTION_SIZE)) / 2
        write_lines(image, (left, top + height * row), [label], _CAPTION_SIZE, colour=GREY)
    lines = broken(note, _CAPTION_SIZE, size[0] - 2 * _EDGE, 1)
    write_lines(image, (_EDGE, size[1] - foot), lines, _CAPTION_SIZE, colour=GREY)
    return np.asarray(image)


def _halved(picture: Pixels) -> Image.Image:
    size = (WIDTH // 2, HEIGHT // 2)
    return Image.fromarray(
        np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    )
