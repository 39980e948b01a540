"""How far points move at each intensity of an expression, as it is measured in photographs.

Landmarks that are found do not move in proportion to what is drawn. So the true course of a
movement is not the planted intensity, but what photographs without sway or noise show at it.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.errors import LakehouseError
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions, Workers
from lakehouse.files.replace import write_bytes
from lakehouse.files.scratch import scratch_folder
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.clips.clip import Clip, fitted
from lakehouse.synthetic.clips.clip_study import ClipStudy
from lakehouse.synthetic.drawing import drawn
from lakehouse.synthetic.expressions import KNOWN_EXPRESSIONS
from lakehouse.synthetic.photographs import encoded_photo
from lakehouse.warehouse.models import load_models

Vectors = npt.NDArray[np.float64]

STEPS: Final = 11
"""Intensities that are looked at, from none to the apex's."""

_MESH: Final = 468
_LAYOUT: Final = "{participant}/{expression}/{supervised}/{photo}"
_QUALITY: Final = 95
_REGIONS: Final = {
    "brow": "brows",
    "eye": "eyes",
    "cheek": "cheeks",
    "nose": "nose",
    "mouth": "mouth",
    "jaw": "jaw",
}
"""By what their parts are called."""


class Basis(NamedTuple):
    """What the alignment procrustes fits.

    Attributes
    ----------
    points : ndarray of int64, shape (n,)
        Mesh points.
    weights : ndarray of float64, shape (n,)
        How much each counts.
    places : ndarray of float64, shape (n, 2)
        Where they are to lie, in aligned pixels.
    """

    points: npt.NDArray[np.int64]
    weights: Vectors
    places: Vectors


def measured_faces(study: ClipStudy, workers: int | None = None) -> list[Vectors | None]:
    """Look at photographs of every moving face of a study, from rest to the apex.

    Parameters
    ----------
    workers : int, optional
        Processes that draw, and that look.

    Returns
    -------
    list of ndarray of float64, shape (STEPS, 468, 2), or None
        Of each clip the mesh's points in aligned pixels, at equal steps of intensity from none to
        its course's amplitude; None where nothing moves.

    Raises
    ------
    LakehouseError
        If a face is not found, or the face model is missing.
    """
    moving = [clip for clip in study.clips if clip.course.amplitude]
    with scratch_folder() as folder:
        photographs = folder / "photographs"
        for _ in drawn(partial(_write_photographs, photographs), moving, workers):
            pass
        paths = WarehousePaths(folder / "warehouse")
        words = {word: word for word in KNOWN_EXPRESSIONS}
        settings = Settings.model_validate({"dataset": {"layout": _LAYOUT, "expressions": words}})
        if moving:
            extract(
                photographs, paths, settings, ExtractionOptions(workers=Workers(number=workers))
            )
        found = _meshes(paths) if moving else {}
    return [
        _of_clip(found, clip, procrustes_basis()) if clip.course.amplitude else None
        for clip in study.clips
    ]


def aligned(points: Vectors, basis: Basis) -> Vectors:
    """Align faces by the weighted similarity that fits their basis best.

    Parameters
    ----------
    points : ndarray of float64, shape (faces, points, 2)
        In pixels.

    Returns
    -------
    ndarray of float64, shape (faces, points, 2)
        In aligned pixels, around the basis's centre.

    References
    ----------
    .. [1] B. K. P. Horn. Closed-form solution of absolute orientation using unit quaternions.
           Journal of the Optical Society of America A 4, 1987; in the plane, with complex numbers.
    """
    plane = points[..., 0] + 1j * points[..., 1]
    places = basis.places[:, 0] + 1j * basis.places[:, 1]
    weights = basis.weights / basis.weights.sum()
    fitted_to = places - weights @ places
    fitted_points = plane[:, basis.points]
    centres = fitted_points @ weights
    spread = fitted_points - centres[:, None]
    turn = (weights * spread.conj() * fitted_to).sum(1) / (weights * np.abs(spread) ** 2).sum(1)
    turned = (plane - centres[:, None]) * turn[:, None]
    return np.stack([turned.real, turned.imag], axis=-1)


@cache
def procrustes_basis() -> Basis:
    """Read the alignment's basis from the models that warehouses are built by."""
    rows = _modelled("procrustes_basis", "select point, weight, x, y from procrustes_basis")
    places = np.stack([rows["x"], rows["y"]], axis=1).astype(np.float64)
    return Basis(rows["point"].astype(np.int64), rows["weight"].astype(np.float64), places)


def point_groups() -> dict[str, list[int]]:
    """Give the mesh points of the face and of its regions, by their names in dynamics_groups."""
    rows = _modelled("face_parts", "select part, point from internal.face_parts order by point")
    groups = {"face": list(range(_MESH))} | {name: [] for name in _REGIONS.values()}
    for part, point in zip(rows["part"].tolist(), rows["point"].tolist(), strict=True):
        # A part is of one side: left_brow.
        if (whole := part.rpartition("_")[2]) in _REGIONS:
            groups[_REGIONS[whole]].append(point)
    return groups


def _modelled(name: str, query: str) -> dict[str, npt.NDArray[Any]]:
    """Ask a model that rests on nothing that was measured."""
    models = load_models()
    below = next(model.rests_on for model in models if model.name == name)
    with duckdb.connect() as connection:
        connection.execute("create schema internal")
        for model in models:
            if model.name == name or model.name in below:
                connection.execute(f"create table {model.relation} as {model.query}")
        return connection.execute(query).fetchnumpy()


def _write_photographs(root: Path, clip: Clip) -> None:
    """Draw a face at each step of intensity, as large as in its clip."""
    for step, intensity in enumerate(np.linspace(0, clip.course.amplitude, STEPS).tolist()):
        picture = fitted(clip.face.still(intensity), clip.filming.size)
        name = _LAYOUT.format(
            participant=clip.participant,
            expression=clip.expression,
            supervised=f"{clip.supervised:02d}",
            photo=f"{step:02d}.jpg",
        )
        write_bytes(root / name, encoded_photo(picture, ".jpg", _QUALITY))


def _meshes(paths: WarehousePaths) -> dict[tuple[str, str, bool, str], Vectors]:
    """Read what was found: the mesh's points in pixels, by mask and step."""
    rows = (
        pl.read_parquet(paths.landmarks / "*.parquet")
        .filter(pl.col("point") < _MESH)
        .sort("participant", "expression", "supervised", "photo", "point")
    )
    keys = rows.select("participant", "expression", "supervised", "photo").gather_every(_MESH)
    meshes = rows.select("x", "y").to_numpy().astype(np.float64).reshape(-1, _MESH, 2)
    return dict(zip(keys.rows(), meshes, strict=True))


def _of_clip(found: dict[tuple[str, str, bool, str], Vectors], clip: Clip, basis: Basis) -> Vectors:
    """Align the faces of one clip's photographs."""
    mask = (clip.participant, clip.expression, clip.supervised)
    steps = [found.get((*mask, f"{step:02d}")) for step in range(STEPS)]
    seen = [mesh for mesh in steps if mesh is not None]
    if len(seen) < STEPS:
        raise LakehouseError(
            f"no face is found in {STEPS - len(seen)} of {STEPS} photographs of "
            f"{clip.participant}'s {clip.expression}",
            fix="draw the clips larger",
        )
    return aligned(np.stack(seen), basis)
