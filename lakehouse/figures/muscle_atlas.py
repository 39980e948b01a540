"""The atlas of muscles: which points of the mesh lie over which muscle."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from lakehouse.figures.canvas import Indices, Pixels, Points, View
from lakehouse.figures.mesh import edges_of, line_coverage, overlay
from lakehouse.figures.text import BLACK, GREY, Colour, broken, text_height, text_width, write_lines
from lakehouse.opencv import cv2

GROUP_HUES: Final[dict[str, Colour]] = {
    "forehead": (0x9C, 0x4A, 0xA0),
    "orbital": (0x00, 0x68, 0xB0),
    "nasal": (0x00, 0x8A, 0x66),
    "oral": (0xD0, 0x4A, 0x00),
    "ears": (0x38, 0x96, 0xCE),
    "jaw": (0xC0, 0x84, 0x00),
}
"""After Okabe and Ito, whom also colour-blind readers can follow; darkened for use in text."""

_OTHER_HUES: Final[tuple[Colour, ...]] = (
    (0x5B, 0x5B, 0xA8),
    (0x8A, 0x58, 0x3A),
    (0x5F, 0x7A, 0x2E),
)
_MESH: Final[Colour] = (150, 150, 150)
_MESH_OPACITY: Final = 0.6
_TINT: Final = 0.25
"""Opacity of the colour between a muscle's points."""
_LINE: Final = 0.7
"""Opacity of the lines between them."""
_LINE_WIDTH: Final = 2
_SHADE: Final = 0.5
"""Share of black in the colour of points that several muscles have."""

_COLUMNS: Final = 7
_WHOLE: Final = 2
"""Rows and columns that the face with all muscles takes."""
_FACE: Final = (400, 430)
_NAME: Final = 92
"""Height of the words above a face."""
_GAP: Final = 16
_EDGE: Final = 40
_PITCH: Final = (_FACE[0] + _GAP, _NAME + _FACE[1] + _GAP)
"""From one face to the next, across and down."""
_WIDTH: Final = _COLUMNS * _PITCH[0] - _GAP + 2 * _EDGE
_TITLE_SIZE: Final = 48
_LEGEND_SIZE: Final = 28
_NAME_SIZE: Final = 24
_NOTE_SIZE: Final = 20
_DOT: Final = 4.0
_HOLE: Final = 2.0
_WHOLE_DOT: Final = 6.5

_SIGNS: Final = (
    "disc: right or midline   ring: left   dark: of several muscles   R, L: the participant's own"
)
_SHIFT: Final = 4
"""OpenCV takes places as integers; these are sixteenths of a pixel."""


@dataclass(frozen=True, eq=False)
class Muscle:
    """A muscle and its points.

    Parameters
    ----------
    name, group : str
        Muscle and muscle group, as in the relation `muscles`.
    action_units : tuple of str
    right, left, midline : ndarray of int
        Points of the mesh on the participant's own sides.
    """

    name: str
    group: str
    action_units: tuple[str, ...]
    right: Indices
    left: Indices
    midline: Indices

    @property
    def points(self) -> Indices:
        """All its points."""
        return np.concatenate([self.right, self.left, self.midline])


@dataclass(frozen=True, eq=False)
class _Sketch:
    """A face without colour, on which a muscle is drawn."""

    face: Points
    triangles: Indices
    view: View
    mesh: Pixels


def draw_muscles(face: Points, triangles: Indices, muscles: list[Muscle]) -> Pixels:
    """Draw all muscles on one face and then each on its own, coloured by group.

    On the face of all, a point is parted among the groups that it belongs to. On the others,
    points are discs on the participant's right and midline and rings on the left, dark where
    other muscles have them too; lines and triangles between points of the muscle are coloured.

    Parameters
    ----------
    face : ndarray, shape (468, 2)
        Aligned pixels.
    triangles : ndarray of int, shape (triangles, 3)
        Points of the mesh.
    muscles : list of Muscle
        At least one; in the order in which they are drawn.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
        RGB.
    """
    groups = list(dict.fromkeys(muscle.group for muscle in muscles))
    hues = group_hues(groups)
    edges = edges_of(triangles)
    owners = np.bincount(np.concatenate([muscle.points for muscle in muscles]), minlength=len(face))
    cells = _cells(len(muscles))
    rows = max(_WHOLE, 1 + max(row for row, _ in cells))
    legend = _legend(groups)
    under_title = _EDGE + text_height(1, _TITLE_SIZE)
    top = under_title + text_height(len(legend), _LEGEND_SIZE) + _EDGE
    image = Image.new("RGB", (_WIDTH, top + rows * _PITCH[1] + _EDGE), (255, 255, 255))
    _write_title(image, len(muscles), int((owners > 0).sum()), len(face))
    _write_legend(image, legend, hues, under_title)

    whole = _view(face, (_WHOLE * _PITCH[0] - _GAP, _WHOLE * _PITCH[1] - _GAP))
    picture = _mesh(face, edges, whole)
    for point in np.flatnonzero(owners):
        of_point = [muscle.group for muscle in muscles if point in muscle.points]
        colours = [hues[group] for group in dict.fromkeys(of_point)]
        _parted_dot(picture, whole.placed(face[point]), colours)
    image.paste(_with_sides(picture), (_EDGE, top))

    view = _view(face, _FACE)
    sketch = _Sketch(face, triangles, view, _mesh(face, edges, view))
    for muscle, (row, column) in zip(muscles, cells, strict=True):
        left, upper = _EDGE + column * _PITCH[0], top + row * _PITCH[1]
        picture = _coloured(sketch, muscle, hues[muscle.group])
        _draw_dots(picture, view.placed(face), muscle, hues[muscle.group], owners > 1)
        image.paste(_with_sides(picture), (left, upper + _NAME))
        _write_name(image, muscle, hues[muscle.group], (left + _FACE[0] / 2, upper))
    return np.asarray(image)


def group_hues(groups: list[str]) -> dict[str, Colour]:
    """Give groups their colours; those of a user's own take turns with a few more.

    Parameters
    ----------
    groups : list of str

    Returns
    -------
    dict of str to tuple of int
        RGB.
    """
    others = [group for group in groups if group not in GROUP_HUES]
    return GROUP_HUES | {
        group: _OTHER_HUES[number % len(_OTHER_HUES)] for number, group in enumerate(others)
    }


def _cells(number: int) -> list[tuple[int, int]]:
    """Give rows and columns in reading order, beside and below the face of all muscles."""
    rows = range(_WHOLE + number)
    free = [
        (row, column) for row in rows for column in range(_WHOLE if row < _WHOLE else 0, _COLUMNS)
    ]
    return free[:number]


def _view(face: Points, size: tuple[int, int]) -> View:
    """Fit the face into a picture, with some white around it."""
    low, high = face.min(axis=0), face.max(axis=0)
    extent = (high - low) * 1.06
    scale = float((size / extent).min())
    left, top = (low + high) / 2 - np.array(size) / scale / 2
    return View(*size, scale, float(left), float(top))


def _mesh(face: Points, edges: Indices, view: View) -> Pixels:
    white = np.full((view.height, view.width, 3), 255, dtype=np.uint8)
    return overlay(white, line_coverage(face, edges, view, 1), _MESH, _MESH_OPACITY)


def _coloured(sketch: _Sketch, muscle: Muscle, hue: Colour) -> Pixels:
    """Colour what lies between points of a muscle: triangles thinly, their sides more."""
    face, view = sketch.face, sketch.view
    edges = edges_of(sketch.triangles)
    triangles = sketch.triangles[_between(sketch.triangles, muscle)]
    areas = np.zeros(sketch.mesh.shape[:2], dtype=np.uint8)
    for corners in _fixed(view.placed(face)[triangles]):
        cv2.fillConvexPoly(areas, corners, 255, cv2.LINE_AA, _SHIFT)
    lines = line_coverage(face, edges[_between(edges, muscle)], view, _LINE_WIDTH)
    return overlay(overlay(sketch.mesh, areas, hue, _TINT), lines, hue, _LINE)


def _between(corners: Indices, muscle: Muscle) -> npt.NDArray[np.bool_]:
    return np.asarray(np.isin(corners, muscle.points).all(axis=1))


def _draw_dots(
    picture: Pixels, places: Points, muscle: Muscle, hue: Colour, shared: npt.NDArray[np.bool_]
) -> None:
    dark = _mixed(hue, BLACK, _SHADE)
    for points, ring in ((muscle.left, True), (muscle.right, False), (muscle.midline, False)):
        for point in points:
            colour = dark if shared[point] else hue
            _dot(picture, places[point], colour, ring=ring)


def _dot(picture: Pixels, at: Points, colour: Colour, *, ring: bool) -> None:
    for radius, fill in ((_DOT, colour), (_HOLE, (255, 255, 255)))[: 1 + ring]:
        cv2.circle(
            picture, _fixed_point(at), round(radius * 2**_SHIFT), fill,
            cv2.FILLED, cv2.LINE_AA, _SHIFT,
        )  # fmt: skip


def _parted_dot(picture: Pixels, at: Points, colours: list[Colour]) -> None:
    """Draw a disc of equal sectors, from the top on."""
    radius = round(_WHOLE_DOT * 2**_SHIFT)
    for number, colour in enumerate(colours):
        start, end = (360 * turn / len(colours) - 90 for turn in (number, number + 1))
        cv2.ellipse(
            picture, _fixed_point(at), (radius, radius), 0, start, end, colour,
            cv2.FILLED, cv2.LINE_AA, _SHIFT,
        )  # fmt: skip


def _fixed(places: Points) -> npt.NDArray[np.int32]:
    return np.rint(places * 2**_SHIFT).astype(np.int32)


def _fixed_point(at: Points) -> tuple[int, int]:
    x, y = _fixed(at).tolist()
    return x, y


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (
        round(own * (1 - share) + its * share) for own, its in zip(colour, other, strict=True)
    )
    return red, green, blue


def _with_sides(picture: Pixels) -> Image.Image:
    """Name the participant's sides in the picture's upper corners."""
    image = Image.fromarray(picture)
    write_lines(image, (4, 0), ["R"], _NOTE_SIZE, colour=GREY)
    end = image.width - 4 - text_width("L", _NOTE_SIZE)
    write_lines(image, (end, 0), ["L"], _NOTE_SIZE, colour=GREY)
    return image


def _write_title(image: Image.Image, muscles: int, points: int, of_points: int) -> None:
    counted = f"{muscles} muscle{'' if muscles == 1 else 's'}"
    title = f"{counted} of the face, {points} of the mesh's {of_points} points"
    write_lines(image, (_EDGE, _EDGE), [title], _TITLE_SIZE)
    left = _WIDTH - _EDGE - text_width(_SIGNS, _LEGEND_SIZE)
    write_lines(image, (left, _EDGE + _TITLE_SIZE - _LEGEND_SIZE), [_SIGNS], _LEGEND_SIZE)


def _legend(groups: list[str]) -> list[dict[str, float]]:
    """Give each line's groups and where they begin; as many lines as it takes."""
    lines: list[dict[str, float]] = [{}]
    left: float = _EDGE
    for group in groups:
        width = text_width(_words(group), _LEGEND_SIZE)
        if lines[-1] and left + width > _WIDTH - _EDGE:
            lines.append({})
            left = _EDGE
        lines[-1][group] = left
        left += width + 2 * _GAP
    return lines


def _write_legend(
    image: Image.Image, legend: list[dict[str, float]], hues: dict[str, Colour], top: float
) -> None:
    for number, line in enumerate(legend):
        for group, left in line.items():
            at = (left, top + text_height(number, _LEGEND_SIZE))
            write_lines(image, at, [_words(group)], _LEGEND_SIZE, colour=hues[group])


def _words(name: str) -> str:
    return name.replace("_", " ")


def _write_name(
    image: Image.Image, muscle: Muscle, hue: Colour, middle: tuple[float, float]
) -> None:
    name = broken(_words(muscle.name), _NAME_SIZE, _FACE[0], 2)
    below = write_lines(image, middle, name, _NAME_SIZE, colour=hue, align="middle")
    note = broken(", ".join(muscle.action_units), _NOTE_SIZE, _FACE[0], 1)
    write_lines(image, (middle[0], below), note, _NOTE_SIZE, colour=GREY, align="middle")
