"""`render muscles`: the atlas of muscles on the mean neutral face."""

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from lakehouse.figures.canvas import Indices, Pixels, Points
from lakehouse.figures.encode import encoded
from lakehouse.figures.muscle_atlas import Muscle, draw_muscles
from lakehouse.files.replace import write_bytes
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.rendered import Rendered, RenderError
from lakehouse.rendering.selection import mesh_triangles, require_relation
from lakehouse.vocabulary import MESH_POINTS
from lakehouse.warehouse.query import fetch

GROUPS: Final = ("forehead", "orbital", "nasal", "oral", "ears", "jaw")
"""As anatomists name them, and in the order in which they are drawn; a user's own come after."""

_NEUTRAL: Final = (
    f"select x, y from internal.neutral_face where point < {MESH_POINTS} order by point"  # noqa: S608
)
_MUSCLES: Final = "select muscle, muscle_group, side, point from muscles order by muscle, point"
_UNITS: Final = "select muscle, action_unit from muscle_action_units order by muscle, action_unit"


def render_muscles(paths: WarehousePaths, out: Path) -> Rendered:
    """Draw the points of each muscle on the mean neutral face.

    Parameters
    ----------
    out : Path
        The PNG file to write.

    Raises
    ------
    LakehouseError
        If there is no neutral face to draw on, or the file cannot be written.
    """
    picture, muscles = draw_atlas(paths)
    write_bytes(out, encoded(picture))
    return Rendered({"muscles": muscles}, out)


def draw_atlas(paths: WarehousePaths) -> tuple[Pixels, int]:
    """Draw the atlas of muscles.

    Returns
    -------
    picture : ndarray of uint8, shape (height, width, 3)
        RGB.
    muscles : int
        How many are drawn.

    Raises
    ------
    LakehouseError
        If there is no neutral face to draw on.
    """
    face, muscles = atlas(paths)
    return draw_muscles(face, mesh_triangles(paths), muscles), len(muscles)


def atlas(paths: WarehousePaths) -> tuple[Points, list[Muscle]]:
    """Give the mean neutral face and the muscles, group by group and down the face in each.

    Returns
    -------
    face : ndarray, shape (468, 2)
        Aligned pixels.
    muscles : list of Muscle

    Raises
    ------
    LakehouseError
        If there is no neutral face.
    """
    for relation in ("muscles", "muscle_action_units"):
        require_relation(paths, relation)
    face = fetch(paths, _NEUTRAL).to_numpy()
    if len(face) != MESH_POINTS:
        raise RenderError(
            "the warehouse has no mean neutral face to draw on",
            where=str(paths.database),
            fix="see `lakehouse status` and the relation exclusions",
        )
    return face, _muscles(paths, face)


def _muscles(paths: WarehousePaths, face: Points) -> list[Muscle]:
    units = fetch(paths, _UNITS)
    rows = fetch(paths, _MUSCLES).partition_by("muscle", maintain_order=True)
    muscles = [
        Muscle(
            part["muscle"][0],
            part["muscle_group"][0],
            tuple(units.filter(muscle=part["muscle"][0])["action_unit"]),
            right=_on(part, "right"),
            left=_on(part, "left"),
            midline=_on(part, "midline"),
        )
        for part in rows
    ]

    def order(muscle: Muscle) -> tuple[int, str, float]:
        known = muscle.group in GROUPS
        rank = GROUPS.index(muscle.group) if known else len(GROUPS)
        return rank, muscle.group, float(face[muscle.points, 1].mean())

    return sorted(muscles, key=order)


def _on(rows: pl.DataFrame, side: str) -> Indices:
    return rows.filter(pl.col("side") == side)["point"].to_numpy().astype(np.int64)
