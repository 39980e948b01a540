"""The relations keyed by numbers of photographs and cells, and what aligns each photograph."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import polars as pl

from tests.lakehouse.reference.alignments import (
    FOREHEAD,
    LEFT_EYE,
    METHODS,
    RIGHT_EYE,
    alignable,
    canonical_mesh,
    face_heights,
    fitted,
    sizes,
)
from tests.lakehouse.reference.arithmetic import mean_known
from tests.lakehouse.reference.faces import MESH, POINTS, Cell, Numbers, Vectors, has_own_neutral
from tests.lakehouse.reference.movement import Reference

Row = dict[str, Any]


class Numbered:
    """Relations that join by numbers.

    Parameters
    ----------
    reference : Reference
    """

    RELATIONS: ClassVar = (
        *("photo_anchors", "photo_similarities", "photo_alignments", "aligned_points"),
        *("cell_points", "compared_cells", "cell_displacements", "analysed_distances"),
        *("photo_pairs", "reference_faces", "canonical_face"),
    )

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    @property
    def _used(self) -> list[tuple[Cell, int]]:
        """Photographs that enter their masks, each with its cell."""
        return [(cell, at) for cell in self._reference.cells for at in cell.photos]

    @property
    def photo_anchors(self) -> pl.DataFrame:
        reference, basis = self._reference, self._reference.basis
        there = np.flatnonzero(~np.isnan(reference.landmarks[:, 0, 0]))
        photos = reference.landmarks[there]
        eyes = photos[:, LEFT_EYE, :2] - photos[:, RIGHT_EYE, :2]
        share = basis.weights / basis.weights.sum()
        apart = np.ptp(photos[:, basis.points, :2], axis=1).any(axis=1)
        fits = np.full((len(photos), 2), np.nan)
        for at in np.flatnonzero(apart):
            [whole] = fitted(photos[[at]], basis)
            found = similarity(photos[at], whole)
            fits[at] = found["scaled_cos"], found["scaled_sin"]
        columns = {
            **_places("forehead", photos[:, FOREHEAD]),
            **_places("centre", np.einsum("p,npi->ni", share, photos[:, basis.points])),
            "face_height": face_heights(photos),
            "eye_roll": np.degrees(np.arctan2(eyes[:, 1], eyes[:, 0])),
            "fit_cos": fits[:, 0],
            "fit_sin": fits[:, 1],
            "upper_size": sizes(photos, basis.upper),
            "alignable": alignable(photos, basis),
        }
        numbers = [reference.photo_numbers[at] for at in there]
        return pl.DataFrame({"photo_index": numbers} | columns)

    @cached_property
    def photo_similarities(self) -> list[Row]:
        reference = self._reference
        return [
            {
                "photo_index": reference.photo_numbers[at],
                "cell_index": reference.number_of(cell),
                "method": method,
            }
            | similarity(reference.landmarks[at], reference.aligned_by[method][at])
            for method in METHODS
            for cell, at in self._used
            if method != "neutral_scale" or cell.participant in reference.own_neutrals
        ]

    @property
    def photo_alignments(self) -> list[Row]:
        neutral = {row["cell_index"]: row["neutral_index"] for row in self.compared_cells}
        return [
            {name: value for name, value in row.items() if name != "method"}
            | {"neutral_index": neutral.get(row["cell_index"]) or row["cell_index"]}
            for row in self.photo_similarities
            if row["method"] == self._reference.choices.method
        ]

    @property
    def aligned_points(self) -> pl.DataFrame:
        reference = self._reference
        used = self._used if reference.choices.landmarks_kept else []
        photos = [at for _, at in used]
        there, point = np.nonzero(~np.isnan(reference.landmarks[photos, :, 0]))
        numbers = np.array(
            [(reference.photo_numbers[at], reference.number_of(cell)) for cell, at in used]
        ).reshape(-1, 2)
        return pl.DataFrame(
            {
                "photo_index": numbers[there, 0],
                "cell_index": numbers[there, 1],
                "point": point,
                **_axes("xyz", reference.aligned[photos][there, point]),
            }
        )

    def _numbers_of(self, cells: Numbers) -> Numbers:
        numbers = [self._reference.number_of(cell) for cell in self._reference.cells]
        return np.array(numbers, np.intp)[cells]

    @property
    def cell_points(self) -> pl.DataFrame:
        reference = self._reference
        there, point = np.nonzero(~np.isnan(reference.cell_means[..., 0]))
        return pl.DataFrame(
            {
                "cell_index": self._numbers_of(there),
                "point": point,
                "photos": reference.photos_of_points[there, point],
                "mean_square": self._mean_squares(there, point),
                **_axes("xyz", reference.cell_means[there, point]),
            }
        )

    def _mean_squares(self, there: Numbers, point: Numbers) -> Vectors:
        """Of the photographs' places, in the chosen dimensions."""
        reference = self._reference
        squares = (reference.aligned[..., : reference.choices.dimensions] ** 2).sum(axis=2)
        of_cells = [
            np.where(
                np.isnan(squares[cell.photos]) & ~np.isnan(reference.aligned[cell.photos, :, 0]),
                np.inf,
                squares[cell.photos],
            )
            for cell in reference.cells
        ]
        means = np.array([mean_known(squares) for squares in of_cells]).reshape(-1, POINTS)
        means[np.isinf(means)] = np.nan
        found: Vectors = means[there, point]
        return found

    @property
    def compared_cells(self) -> list[Row]:
        rest = self._reference.choices.reference
        rows: list[Row] = []
        for cells in self._reference.candidates.values():
            if rest != "own" and not has_own_neutral(cells):
                compared = {"neutral_index": 0, "compared_with": rest}
            elif "00-00" in cells:
                number = self._reference.number_of(cells["00-00"])
                compared = {"neutral_index": number, "compared_with": "own"}
            else:
                continue
            rows += [
                {"cell_index": self._reference.number_of(cell)} | compared
                for mask, cell in cells.items()
                if mask != "00-00"
            ]
        return rows

    @property
    def reference_faces(self) -> pl.DataFrame:
        reference = self._reference
        faces = {
            reference.cell_numbers[who, "00-00"]: face
            for who, face in reference.own_neutrals.items()
        }
        if reference.face_of_the_rest is not None:
            faces[0] = reference.face_of_the_rest
        tables = [pl.DataFrame()]
        for number, face in faces.items():
            there = np.flatnonzero(~np.isnan(face[:, 0]))
            columns = {"neutral_index": np.full(len(there), number), "point": there}
            tables.append(pl.DataFrame(columns | _axes("xyz", face[there])))
        return pl.concat(tables, how="diagonal")

    @property
    def canonical_face(self) -> pl.DataFrame:
        return pl.DataFrame({"point": np.arange(MESH), **_axes("xyz", canonical_mesh())})

    def _every_compared_point(self) -> tuple[dict[str, Any], Vectors]:
        cells = self._reference.compared
        keys = {
            "cell_index": np.repeat(self._numbers_of(cells), MESH),
            "point": np.tile(np.arange(MESH), len(cells)),
        }
        return keys, self._reference.displacements[cells].reshape(-1, 3)

    @property
    def cell_displacements(self) -> pl.DataFrame:
        keys, moved = self._every_compared_point()
        lengths = {
            "distance": np.linalg.norm(moved[:, :2], axis=1),
            "distance_3d": np.linalg.norm(moved, axis=1),
        }
        return pl.DataFrame(keys | lengths | _axes(("dx", "dy", "dz"), moved))

    @property
    def analysed_distances(self) -> pl.DataFrame:
        keys, moved = self._every_compared_point()
        axes = self._reference.choices.dimensions
        return pl.DataFrame(keys | {"distance": np.linalg.norm(moved[:, :axes], axis=1)})

    @property
    def photo_pairs(self) -> list[Row]:
        reference = self._reference
        by_cell = {
            (cell.participant, cell.mask): sorted(reference.photo_numbers[at] for at in cell.photos)
            for cell in reference.cells
        }
        return [
            {
                "photo_index": face,
                "cell_index": reference.cell_numbers[who, mask],
                "neutral_photo_index": neutral,
                "place": place,
            }
            for (who, mask), photos in by_cell.items()
            if mask != "00-00" and (who, "00-00") in by_cell
            for place, (face, neutral) in enumerate(
                zip(photos, by_cell[who, "00-00"], strict=False), start=1
            )
        ]


def similarity(photo: Vectors, aligned: Vectors) -> dict[str, float]:
    """Find which turn, scale and shift bring a photograph's mesh to its aligned places.

    By least squares on places as complex numbers, which leaves no residual.
    """
    source, target = (face[:MESH, 0] + 1j * face[:MESH, 1] for face in (photo, aligned))
    from_centre, to_centre = source.mean(), target.mean()
    spread = source - from_centre
    factor = np.vdot(spread, target - to_centre) / np.vdot(spread, spread)
    offset = to_centre - factor * from_centre
    return {
        "roll": float(-np.angle(factor, deg=True)),
        "scale": float(abs(factor)),
        "scaled_cos": float(factor.real),
        "scaled_sin": float(-factor.imag),
        "offset_x": float(offset.real),
        "offset_y": float(offset.imag),
        "offset_z": float((aligned[:MESH, 2] - abs(factor) * photo[:MESH, 2]).mean()),
    }


def _axes(names: Any, vectors: Vectors) -> dict[str, Vectors]:
    return {name: vectors[..., at] for at, name in enumerate(names)}


def _places(name: str, vectors: Vectors) -> dict[str, Vectors]:
    return {f"{name}_{axis}": vectors[..., at] for at, axis in enumerate("xyz")}
