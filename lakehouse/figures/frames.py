"""The quality video's pictures: a face beside its mask, and the cards between folders."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from lakehouse.figures.aligned_face import Alignment, align_face
from lakehouse.figures.canvas import Indices, Pixels, Points, fitted_view
from lakehouse.figures.mesh import draw_mask
from lakehouse.figures.text import WHITE, Colour, broken, text_height, write_lines

WIDTH: Final = 1920
HEIGHT: Final = 1080

_SIDE: Final = 780
_BETWEEN: Final = WIDTH - 2 * _SIDE
_EDGE: Final = 20
_GROUND: Final[Colour] = (32, 34, 38)
_DIM: Final[Colour] = (165, 170, 178)
_LABEL_SIZE: Final = 28
_ID_SIZE: Final = 52
_GAP: Final = 42


@dataclass(frozen=True)
class Caption:
    """What stands between a face and its mask.

    Parameters
    ----------
    mask : str
        Label of expression and condition, such as 05-00.
    expression, condition, participant, photo : str
        Written between face and mask.
    place : str
        How far the video has come.
    """

    mask: str
    expression: str
    condition: str
    participant: str
    photo: str
    place: str


def draw_frame(
    photograph: Pixels, alignment: Alignment, points: Points, edges: Indices, caption: Caption
) -> Pixels:
    """Show an aligned face on the left, its mask on the right and its ids between them.

    Parameters
    ----------
    photograph : ndarray of uint8, shape (height, width, 3)
        Upright.
    points : ndarray, shape (468, 2)
        The face's mesh, aligned pixels.
    edges : ndarray of int, shape (edges, 2)

    Returns
    -------
    ndarray of uint8, shape (1080, 1920, 3)
    """
    view = fitted_view(points, _SIDE, HEIGHT)
    frame = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
    frame[:, :_SIDE] = align_face(photograph, alignment, points, view)
    frame[:, WIDTH - _SIDE :] = draw_mask(points, edges, view, thickness=2)[..., None]
    frame[:, _SIDE : WIDTH - _SIDE] = _between(caption)
    return frame


def draw_title_card(title: str, lines: list[str]) -> Pixels:
    """Announce the photographs that follow.

    Parameters
    ----------
    lines : list of str
        Below it.

    Returns
    -------
    ndarray of uint8, shape (1080, 1920, 3)
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    y = write_lines(
        image, (WIDTH / 2, 330), broken(title, 150, WIDTH - 200, 1), 150,
        colour=WHITE, align="middle",
    )  # fmt: skip
    for line in lines:
        y = write_lines(
            image, (WIDTH / 2, y), broken(line, 64, WIDTH - 200, 2), 64,
            colour=_DIM, align="middle",
        )  # fmt: skip
    return np.asarray(image)


def _between(caption: Caption) -> Pixels:
    image = Image.new("RGB", (_BETWEEN, HEIGHT), _GROUND)
    width = _BETWEEN - 2 * _EDGE
    said = (
        ("expression/condition", caption.mask, 1),
        ("", caption.expression, 2),
        ("", caption.condition, 1),
        ("participant", caption.participant, 4),
        ("photo", caption.photo, 4),
    )
    y = 110.0
    for label, text, most in said:
        if label:
            y = write_lines(
                image, (_BETWEEN / 2, y + _GAP), [label], _LABEL_SIZE, colour=_DIM, align="middle"
            )
        size = _ID_SIZE if label else _ID_SIZE - 12
        lines = broken(text, size, width, most)
        y = write_lines(image, (_BETWEEN / 2, y), lines, size, colour=WHITE, align="middle")
    foot = HEIGHT - _EDGE - text_height(1, _LABEL_SIZE)
    place = broken(caption.place, _LABEL_SIZE, width, 1)
    write_lines(image, (_BETWEEN / 2, foot), place, _LABEL_SIZE, colour=_DIM, align="middle")
    return np.asarray(image)
