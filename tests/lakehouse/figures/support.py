"""A face and its mesh, for pictures that need no warehouse."""

from functools import cache

import duckdb
import numpy as np

from lakehouse.figures.aligned_face import Alignment
from lakehouse.figures.canvas import Indices, Points
from lakehouse.figures.mesh import edges_of
from lakehouse.synthetic.portrait import load_landmarks
from lakehouse.warehouse.models import load_models

FOREHEAD, CHIN, RIGHT_EYE, LEFT_EYE = 10, 152, 133, 362


@cache
def edges() -> Indices:
    """The sides of the mesh's triangles, as the relation `triangles` lists them."""
    [query] = [model.query for model in load_models() if model.name == "triangles"]
    with duckdb.connect() as connection:
        rows = connection.sql(query).fetchnumpy()
    return edges_of(np.column_stack([rows[f"point_{corner}"] for corner in "abc"]).astype(np.int64))


def photographed() -> Points:
    """The portrait's mesh in its own pixels."""
    return load_landmarks()[:468, :2]


def alignment_of(points: Points) -> Alignment:
    """Align a face as the paper does."""
    forehead, chin = points[FOREHEAD], points[CHIN]
    across = points[LEFT_EYE] - points[RIGHT_EYE]
    roll = np.arctan2(across[1], across[0])
    scale = 1500 / np.hypot(*(chin - forehead))
    cos, sin = scale * np.cos(roll), scale * np.sin(roll)
    offset = np.array([1250, 25]) - np.array([[cos, sin], [-sin, cos]]) @ forehead
    return Alignment(*offset, cos, sin)


def aligned(points: Points) -> Points:
    """Give a face in aligned pixels."""
    matrix = alignment_of(points).matrix
    return points @ matrix[:, :2].T + matrix[:, 2]


def mask() -> Points:
    """The portrait's mask."""
    return aligned(photographed())
