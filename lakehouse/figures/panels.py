"""Captions, and pictures of masks side by side."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from lakehouse.figures.canvas import HEIGHT, WIDTH, Pixels
from lakehouse.figures.text import GREY, broken, text_height, text_width, write_lines
from lakehouse.opencv import cv2

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
        Written above the picture.
    pictures : tuple of ndarray of uint8, each of shape (height, width)
        Grey values, from above downwards; all of a comparison of one size.
    note : str
        Stands small below the heading.
    """

    heading: str
    pictures: tuple[Pixels, ...]
    note: str = ""


def captioned(picture: Pixels, caption: str) -> Pixels:
    """Write a caption into the canvas's lower left corner, where no face reaches.

    Parameters
    ----------
    picture : ndarray of uint8, shape (1900, 2500)
        Grey values.

    Returns
    -------
    ndarray of uint8, shape (1900, 2500)
    """
    image = Image.fromarray(picture)
    lines = broken(caption, _CAPTION_SIZE, WIDTH - 2 * _EDGE, 2)
    top = HEIGHT - _EDGE - text_height(len(lines), _CAPTION_SIZE)
    write_lines(image, (_EDGE, top), lines, _CAPTION_SIZE, colour=GREY)
    return np.asarray(image)


def compare(title: str, columns: list[Column], labels: tuple[str, ...], note: str) -> Pixels:
    """Show groups of pictures beside each other, each group a column (paper, figure 15).

    Parameters
    ----------
    columns : list of Column
    labels : tuple of str
        Say what each row of pictures shows; may be empty.
    note : str
        Stands below.

    Returns
    -------
    ndarray of uint8, shape (height, width)
        Grey values.
    """
    height, width = columns[0].pictures[0].shape
    notes = int(any(column.note for column in columns))
    head = text_height(1, _TITLE_SIZE) + text_height(1, _HEADING_SIZE)
    top = _EDGE + head + text_height(notes, _CAPTION_SIZE) + _EDGE
    foot = text_height(1, _CAPTION_SIZE) + _EDGE
    size = (width * len(columns), top + height * len(columns[0].pictures) + foot)
    image = Image.new("L", size, 255)
    lines = broken(title, _TITLE_SIZE, size[0] - 2 * _EDGE, 1)
    after_title = write_lines(image, (size[0] / 2, _EDGE), lines, _TITLE_SIZE, align="middle")
    for place, column in enumerate(columns):
        middle, room = width * (place + 0.5), width - 2 * _EDGE
        lines = broken(column.heading, _HEADING_SIZE, room, 1)
        below = write_lines(image, (middle, after_title), lines, _HEADING_SIZE, align="middle")
        lines = broken(column.note, _CAPTION_SIZE, room, 1)
        write_lines(image, (middle, below), lines, _CAPTION_SIZE, colour=GREY, align="middle")
        for row, picture in enumerate(column.pictures):
            image.paste(Image.fromarray(picture), (width * place, top + height * row))
    for row, label in enumerate(labels):
        left = (size[0] - text_width(label, _CAPTION_SIZE)) / 2
        write_lines(image, (left, top + height * row), [label], _CAPTION_SIZE, colour=GREY)
    lines = broken(note, _CAPTION_SIZE, size[0] - 2 * _EDGE, 1)
    write_lines(image, (_EDGE, size[1] - foot), lines, _CAPTION_SIZE, colour=GREY)
    return np.asarray(image)


def halved(picture: Pixels) -> Pixels:
    """Show a picture at half its size.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width)

    Returns
    -------
    ndarray of uint8, shape (height / 2, width / 2)
    """
    height, width = picture.shape
    smaller = cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, dtype=np.uint8)
