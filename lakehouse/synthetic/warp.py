"""Smooth warps of the portrait that are driven by its landmarks.

A displacement of the landmarks becomes a displacement of the whole picture by a thin
plate spline through the landmarks and a ring of fixed points around the head. The spline
is linear in the landmarks' displacements, so it is solved once, for a *basis* of
displacements; the field of one photograph is a weighted sum on a coarse grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar, cast

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from lakehouse.opencv import cv2

Grid = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.float64]
Sampled = TypeVar("Sampled", npt.NDArray[np.uint8], npt.NDArray[np.float32])

STEP: Final = 4
"""Spacing of the coarse grid in pixels."""

_RING: Final = 64
_RING_AXES: Final = (1.05, 1.12)
_INVERSE_STEPS: Final = 14


@dataclass(frozen=True, eq=False)
class WarpBasis:
    """Displacement fields of a set of elementary movements.

    Attributes
    ----------
    fields : ndarray of float32, shape (movements, rows, columns, 2)
        x, y displacement in pixels at the grid's nodes, which are `STEP` px apart from
        the picture's origin on.
    points : ndarray of float64, shape (movements, 478, 2)
        Displacement of the landmarks in pixels.
    """

    fields: Grid
    points: Vectors


def warp_basis(points: Vectors, movements: Vectors, width: int, height: int) -> WarpBasis:
    """Spread displacements of the landmarks over the picture.

    Parameters
    ----------
    points : ndarray of float64, shape (478, 2 or more)
        Landmarks in pixels.
    movements : ndarray of float64, shape (movements, 478, 2)
        Elementary displacements of the landmarks, in pixels.
    width, height : int
        Size of the picture in pixels.

    Returns
    -------
    WarpBasis
        Zero outside an ellipse around head and hair.
    """
    plane = points[:, :2]
    centre = (plane.min(axis=0) + plane.max(axis=0)) / 2
    reach = float(np.ptp(plane[:, 1]))
    angle = np.linspace(0.0, 2 * np.pi, _RING, endpoint=False)
    axes = np.array(_RING_AXES) * reach
    ring = centre + axes * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    knots = np.concatenate([plane, ring])
    values = np.zeros((len(knots), 2 * len(movements)))
    values[: len(plane)] = movements.transpose(1, 0, 2).reshape(len(plane), -1)
    columns, rows = np.meshgrid(np.arange(0, width + STEP, STEP), np.arange(0, height + STEP, STEP))
    nodes = np.stack([columns.ravel(), rows.ravel()], axis=1).astype(np.float64)
    # The last bits of a threaded product depend on the number of threads, and the files
    # must not.
    with threadpool_limits(limits=1):
        spread = _thin_plate(knots, values, nodes, smoothing=60.0)
    # The spline vanishes on the ring only; from there outwards it is faded.
    radius = np.hypot(*((nodes - centre) / axes).T)
    spread *= np.clip((1.0 - radius) / 0.25, 0.0, 1.0)[:, None]
    fields = spread.reshape(*columns.shape, len(movements), 2).transpose(2, 0, 1, 3)
    return WarpBasis(np.ascontiguousarray(fields, dtype=np.float32), movements)


def combine(basis: WarpBasis, weights: Vectors) -> tuple[Grid, Vectors]:
    """Add up elementary movements.

    Parameters
    ----------
    basis : WarpBasis
        Elementary movements.
    weights : ndarray of float64, shape (movements,)
        How much of each.

    Returns
    -------
    field : ndarray of float32, shape (rows, columns, 2)
        Displacement in pixels at the grid's nodes.
    moved : ndarray of float64, shape (478, 2)
        Displacement of the landmarks in pixels.
    """
    field = np.einsum("m,mrcd->rcd", weights.astype(np.float32), basis.fields)
    return field, np.einsum("m,mpd->pd", weights, basis.points)


def source_positions(field: Grid, targets: Grid) -> Grid:
    """Invert a displacement: find what comes to lie at given places.

    Parameters
    ----------
    field : ndarray of float32, shape (rows, columns, 2)
        Displacement in pixels at the grid's nodes of the original picture.
    targets : ndarray of float32, shape (height, width, 2)
        Positions x, y in the warped picture, in pixels.

    Returns
    -------
    ndarray of float32, shape (height, width, 2)
        Positions x, y in the original picture, in pixels.

    Notes
    -----
    Fixed point iteration ``s = t - u(s)``, which converges where the displacement changes
    by less than a pixel per pixel, as it does in a warp that does not fold.
    """
    sources = targets
    for _ in range(_INVERSE_STEPS):
        sources = targets - sampled(field, sources / np.float32(STEP))
    return np.asarray(sources, dtype=np.float32)


def sampled(image: Sampled, positions: Grid) -> Sampled:
    """Read an image between its pixels; beyond its edge, the edge goes on.

    Parameters
    ----------
    image : ndarray of uint8 or float32, shape (rows, columns, channels)
        What to read.
    positions : ndarray of float32, shape (height, width, 2)
        Column and row of every place to read.

    Returns
    -------
    ndarray of the image's type, shape (height, width, channels)
        Linearly interpolated values.
    """
    columns, rows = cv2.split(positions)
    read = cv2.remap(image, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cast(Sampled, read)


def jacobian_determinant(field: Grid) -> Grid:
    """Measure how much a displacement enlarges each place.

    Parameters
    ----------
    field : ndarray of float32, shape (rows, columns, 2)
        Displacement in pixels at the grid's nodes.

    Returns
    -------
    ndarray of float32, shape (rows, columns)
        Ratio of areas after and before; not positive where the picture folds.
    """
    dx_dy, dx_dx = np.gradient(field[..., 0], STEP)
    dy_dy, dy_dx = np.gradient(field[..., 1], STEP)
    return np.asarray((1 + dx_dx) * (1 + dy_dy) - dx_dy * dy_dx, dtype=np.float32)


def _thin_plate(knots: Vectors, values: Vectors, nodes: Vectors, smoothing: float) -> Vectors:
    """Thin plate spline through values at knots, evaluated at nodes."""
    count = len(knots)
    affine = np.column_stack([np.ones(count), knots])
    system = np.zeros((count + 3, count + 3))
    system[:count, :count] = _kernel(knots, knots) + smoothing * np.eye(count)
    system[:count, count:] = affine
    system[count:, :count] = affine.T
    solved = np.linalg.solve(system, np.concatenate([values, np.zeros((3, values.shape[1]))]))
    spread = np.empty((len(nodes), values.shape[1]))
    for start in range(0, len(nodes), 4096):
        block = nodes[start : start + 4096]
        design = np.column_stack([_kernel(block, knots), np.ones(len(block)), block])
        spread[start : start + 4096] = design @ solved
    return spread


def _kernel(first: Vectors, second: Vectors) -> Vectors:
    """Radial function r^2 log r^2 of all pairs, in pixels."""
    squared = ((first[:, None] - second[None]) ** 2).sum(axis=2)
    return np.asarray(squared * np.log(np.maximum(squared, 1e-12)), dtype=np.float64)
