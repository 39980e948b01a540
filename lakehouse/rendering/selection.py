"""What is drawn: photographs and masks of the warehouse, chosen by participant and expression."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from lakehouse.figures.canvas import Indices, Points
from lakehouse.figures.mesh import edges_of
from lakehouse.ids import canonical
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.rendered import RenderError
from lakehouse.vocabulary import MESH_POINTS
from lakehouse.warehouse.query import fetch

Row = dict[str, Any]

_PHOTOS_AT_ONCE: Final = 256

_PHOTOGRAPHS: Final = """
    select
        photos.photo_index, photos.participant, photos.expression, photos.supervised,
        photos.photo, photos.path, photos.sha256, photos.bytes, photos.status, photos.error,
        photos.faces, photos.face_height, photos.yaw, photos.pitch, photos.roll, photos.retry,
        photo_verdicts.mask, expressions.code,
        photo_alignments.offset_x, photo_alignments.offset_y,
        photo_alignments.scaled_cos, photo_alignments.scaled_sin
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    left join expressions on photos.expression = expressions.expression
    left join internal.photo_alignments on photos.photo_index = photo_alignments.photo_index
    order by photo_verdicts.mask nulls last, photos.photo_index
"""
_CELLS: Final = """
    select
        cells.cell_index, cells.participant, cells.expression, cells.supervised, cells.mask,
        expressions.code
    from internal.cells
    inner join expressions on cells.expression = expressions.expression
    where cells.cell_index in (select cell_points.cell_index from internal.cell_points)
    order by cells.mask, cells.participant
"""


@dataclass(frozen=True)
class Selection:
    """Which participants and expressions are drawn.

    Parameters
    ----------
    participants : tuple of str
        Ids in their one spelling; none for all.
    expressions : tuple of str
        Words such as happiness, or codes such as 05; none for all.
    """

    participants: tuple[str, ...] = ()
    expressions: tuple[str, ...] = ()

    def of(self, rows: pl.DataFrame, what: str) -> pl.DataFrame:
        """Keep the rows of these participants and expressions.

        Parameters
        ----------
        rows : polars.DataFrame
            With columns participant, expression and code.
        what : str
            What a row is, in words.

        Returns
        -------
        polars.DataFrame
            At least one row, in the order of `rows`.

        Raises
        ------
        RenderError
            If there are none, or none of a participant or expression that is named.
        """
        if rows.is_empty():
            raise RenderError(f"the warehouse has no {what}", fix="see `lakehouse status`")
        participants = self._participants(rows, what) if self.participants else []
        for expression in self.expressions:
            if rows.filter(_shows([expression])).is_empty():
                known = ", ".join(map(str, rows["expression"].unique().sort()))
                raise RenderError(
                    f"there is no {what} of expression {expression!r}", fix=f"choose one of {known}"
                )
        kept = rows
        if participants:
            kept = kept.filter(pl.col("participant").is_in(participants))
        if self.expressions:
            kept = kept.filter(_shows(self.expressions))
        if kept.is_empty():
            raise RenderError(
                f"there is no {what} of these expressions by these participants",
                fix="leave out --participant or --expression",
            )
        return kept

    def _participants(self, rows: pl.DataFrame, what: str) -> list[str]:
        """Find the participants, however an earlier lake spells their ids."""
        spelled: dict[str, str] = {canonical(each): each for each in rows["participant"].unique()}
        for participant in self.participants:
            if participant not in spelled:
                raise RenderError(
                    f"there is no {what} of participant {participant!r}",
                    fix="the relation participants lists everybody and who is included",
                )
        return [spelled[participant] for participant in self.participants]


def tag(chosen: tuple[str, ...]) -> str:
    """Tell apart files drawn of a choice from those drawn of everything.

    Parameters
    ----------
    chosen : tuple of str
        Names, in any order.

    Returns
    -------
    str
        Empty where nothing was chosen; else to be put at the end of a file's name.
    """
    if not chosen:
        return ""
    names = json.dumps(sorted(set(chosen)))
    return f"-selection-{hashlib.sha256(names.encode()).hexdigest()[:8]}"


def condition(supervised: bool) -> str:
    """Name a condition."""
    return "supervised" if supervised else "unsupervised"


def photographs(paths: WarehousePaths) -> pl.DataFrame:
    """List all photographs, by expression, condition, participant and photo.

    Returns
    -------
    polars.DataFrame
        Columns of photos, with mask, code and what aligns the face; null where it is not
        aligned.
    """
    return fetch(paths, _PHOTOGRAPHS)


def aligned(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep the photographs that enter a mask.

    Parameters
    ----------
    rows : polars.DataFrame
        As `photographs` gives them.
    """
    return rows.filter(pl.col("scaled_cos").is_not_null())


def with_meshes(
    paths: WarehousePaths, rows: pl.DataFrame, relation: str
) -> Iterator[tuple[Row, Points]]:
    """Go through photographs with their meshes, a few hundred in memory at a time.

    Parameters
    ----------
    rows : polars.DataFrame
        With column photo_index.
    relation : {"internal.aligned_points", "internal.photo_points"}
        Where the meshes stand, in aligned pixels or in those of the photographs.

    Yields
    ------
    row : dict
    points : ndarray, shape (468, 2)

    Raises
    ------
    RenderError
        If a photograph has not just the points of the mesh.
    """
    for start in range(0, len(rows), _PHOTOS_AT_ONCE):
        some = rows.slice(start, _PHOTOS_AT_ONCE)
        indices = some["photo_index"].to_numpy()
        meshes = _meshes(paths, relation, "photo_index", indices)
        yield from zip(some.iter_rows(named=True), meshes, strict=True)


def masks(paths: WarehousePaths, selection: Selection) -> tuple[pl.DataFrame, Points]:
    """Give the masks, by expression, condition and participant.

    Returns
    -------
    cells : polars.DataFrame
        Columns participant, expression, supervised, mask, code; a row per mask.
    points : ndarray, shape (masks, 468, 2)
        Aligned pixels.

    Raises
    ------
    RenderError
        If there are none.
    """
    cells = selection.of(fetch(paths, _CELLS), "mask")
    points = _meshes(paths, "internal.cell_points", "cell_index", cells["cell_index"].to_numpy())
    return cells, points


def mesh_edges(paths: WarehousePaths) -> Indices:
    """Give the sides of the mesh's triangles.

    Returns
    -------
    ndarray of int, shape (edges, 2)

    Raises
    ------
    RenderError
        If the database was built before there was such a relation.
    """
    return edges_of(mesh_triangles(paths))


def mesh_triangles(paths: WarehousePaths) -> Indices:
    """Give the mesh's triangles.

    Returns
    -------
    ndarray of int, shape (triangles, 3)

    Raises
    ------
    RenderError
        If the database was built before there was such a relation.
    """
    require_relation(paths, "triangles")
    triangles = fetch(paths, "select point_a, point_b, point_c from triangles order by triangle")
    return triangles.to_numpy().astype(np.int64)


def require_relation(paths: WarehousePaths, name: str) -> None:
    """Make sure that the database is not older than a relation.

    Raises
    ------
    RenderError
        If it has not.
    """
    known = fetch(paths, "select table_name from duckdb_tables() where schema_name = 'main'")
    if name not in known["table_name"]:
        raise RenderError(
            f"the database has no relation {name}",
            where=str(paths.database),
            fix="run `lakehouse build`",
        )


def _meshes(paths: WarehousePaths, relation: str, key: str, indices: Indices) -> Points:
    """Fetch meshes in the order of their keys' integers given."""
    listed = ", ".join(map(str, indices.tolist()))
    answer = fetch(
        paths,
        f"select x, y from {relation} where point < {MESH_POINTS} and {key} in ({listed}) "  # noqa: S608
        f"order by {key}, point",
    )
    if len(answer) != len(indices) * MESH_POINTS:
        raise RenderError(
            f"a face does not have {MESH_POINTS} points",
            where=relation,
            fix="run `lakehouse check`",
        )
    points: Points = answer.to_numpy().astype(np.float64).reshape(-1, MESH_POINTS, 2)
    in_answer = np.argsort(np.argsort(indices))
    return np.asarray(points[in_answer])


def _shows(expressions: tuple[str, ...] | list[str]) -> pl.Expr:
    named = list(expressions)
    return pl.col("expression").is_in(named) | pl.col("code").is_in(named)
