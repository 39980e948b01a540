"""Masks drawn as the lines of their triangles: one, or many over each other."""

from collections import defaultdict
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.figures.canvas import CANVAS, Indices, Pixels, Points, View
from lakehouse.opencv import cv2

THICKNESS: Final = 3
"""Of a line on the whole canvas, in pixels."""

GHOST_THICKNESS: Final = 2
"""Of a line among many."""

_SHIFT: Final = 4
"""OpenCV takes places as integers; these are sixteenths of a pixel."""

_BOLDEST: Final = 0.35
_SHARE_OF_BEFORE: Final = 0.4
_LEFT_OF_WHITE: Final = 0.02


def edges_of(triangles: Indices) -> Indices:
    """Give the sides of triangles, each once.

    Parameters
    ----------
    triangles : ndarray of int, shape (triangles, 3)
        Points of the mesh.

    Returns
    -------
    ndarray of int, shape (edges, 2)
        Points of the mesh, the smaller first, sorted.
    """
    sides = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    return np.unique(np.sort(sides, axis=1), axis=0)


def trails_of(edges: Indices) -> list[Indices]:
    """Join edges end to end, so that few lines draw what many would.

    Parameters
    ----------
    edges : ndarray of int, shape (edges, 2)

    Returns
    -------
    list of ndarray of int
        Points one after the other; each edge is in one of them, and once.
    """
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in edges.tolist():
        beside[one].add(other)
        beside[other].add(one)
    # Begun where an odd number of edges meets, a trail ends at another such point.
    odd = [point for point, others in beside.items() if len(others) % 2]
    trails = []
    for start in (*odd, *beside):
        while beside[start]:
            trail = [start]
            while others := beside[trail[-1]]:
                point = min(others)
                others.remove(point)
                beside[point].remove(trail[-1])
                trail.append(point)
            trails.append(np.array(trail))
    return trails


def line_coverage(
    points: Points, edges: Indices, view: View = CANVAS, thickness: int = THICKNESS
) -> Pixels:
    """Draw a face's mesh.

    Parameters
    ----------
    points : ndarray, shape (468, 2)
        Aligned pixels.
    edges : ndarray of int, shape (edges, 2)
    thickness : int
        Picture pixels.

    Returns
    -------
    ndarray of uint8, shape (view.height, view.width)
        How much of each pixel the lines cover: 0 nothing, 255 all.
    """
    return _drawn(list(_placed(points, view)[edges]), view, thickness)


def _placed(points: Points, view: View) -> npt.NDArray[np.int32]:
    return np.rint(view.placed(points) * 2**_SHIFT).astype(np.int32)


def _drawn(lines: list[npt.NDArray[np.int32]], view: View, thickness: int) -> Pixels:
    picture = np.zeros((view.height, view.width), dtype=np.uint8)
    cv2.polylines(picture, lines, False, 255, thickness, cv2.LINE_AA, _SHIFT)
    return picture


def draw_mask(
    points: Points, edges: Indices, view: View = CANVAS, thickness: int = THICKNESS
) -> Pixels:
    """Draw a mask in black on white.

    Parameters
    ----------
    points : ndarray, shape (468, 2)
        Aligned pixels.
    edges : ndarray of int, shape (edges, 2)
    thickness : int
        Picture pixels.

    Returns
    -------
    ndarray of uint8, shape (view.height, view.width)
        Grey values.
    """
    return 255 - line_coverage(points, edges, view, thickness)


def draw_ghost(
    masks: Points, edges: Indices, view: View = CANVAS, thickness: int = GHOST_THICKNESS
) -> Pixels:
    """Draw masks over each other, so that a pixel is the darker the more lines cross it.

    Every mask is laid on like a thin ink of the same strength. Its strength depends on how many
    masks there are: a line that all share is nearly black, of two masks or of thousands.

    Parameters
    ----------
    masks : ndarray, shape (masks, 468, 2)
        Aligned pixels; at least one mask.
    edges : ndarray of int, shape (edges, 2)
    thickness : int
        Picture pixels.

    Returns
    -------
    ndarray of uint8, shape (view.height, view.width)
        Grey values.
    """
    covered = np.zeros((view.height, view.width), dtype=np.float32)
    trails = trails_of(edges)
    walked, ends = np.concatenate(trails), np.cumsum([len(trail) for trail in trails])
    for points in masks:
        lines = np.split(_placed(points, view)[walked], ends[:-1])
        cv2.accumulate(_drawn(lines, view, thickness), covered)
    white = _white_left(len(masks)) ** (covered / np.float32(255))
    return np.asarray(np.rint(white * 255), dtype=np.uint8)


def draw_change(
    before: Points,
    after: Points,
    edges: Indices,
    view: View = CANVAS,
    thickness: int = THICKNESS,
) -> Pixels:
    """Draw a mask in black over another in light grey.

    Parameters
    ----------
    before, after : ndarray, shape (468, 2)
        Aligned pixels.
    edges : ndarray of int, shape (edges, 2)
    thickness : int
        Picture pixels.

    Returns
    -------
    ndarray of uint8, shape (view.height, view.width)
        Grey values.
    """
    below = 1 - _SHARE_OF_BEFORE * line_coverage(before, edges, view, thickness) / 255
    above = 1 - line_coverage(after, edges, view, thickness) / 255
    return np.asarray(np.rint(255 * below * above), dtype=np.uint8)


def _white_left(masks: int) -> np.float32:
    """Give the share of white that one line leaves."""
    return np.float32(1 - min(_BOLDEST, 1 - _LEFT_OF_WHITE ** (1 / masks)))


def overlay(
    picture: Pixels, coverage: npt.NDArray[np.uint8], colour: tuple[int, int, int], opacity: float
) -> Pixels:
    """Lay drawn lines over a picture.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3)
        RGB.
    coverage : ndarray of uint8, shape (height, width)
        As `line_coverage` gives it.
    colour : tuple of int
        RGB.
    opacity : float
        0 to 1, of a pixel wholly covered.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
    """
    share = coverage[..., None] * np.float32(opacity / 255)
    mixed = picture * (1 - share) + np.asarray(colour, dtype=np.float32) * share
    return np.asarray(np.rint(mixed), dtype=np.uint8)
