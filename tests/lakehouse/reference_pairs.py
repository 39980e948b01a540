"""The relations of pairs, every point of a face against every other, by broadcasting.

Part of the independent reference; see `tests.lakehouse.reference`.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from tests.lakehouse.reference import Reference
from tests.lakehouse.reference_faces import MESH, Choices, Numbers, Vectors
from tests.lakehouse.reference_numbers import mean_known

MEANS = ("mean_change", "mean_abs_change", "mean_change_from_mean", "mean_abs_change_from_mean")


class PairedReference(Reference):
    """Results by the names of the warehouse's relations, as Arrow tables.

    Parameters
    ----------
    lake : Path
        Folder of Parquet files.
    choices : Choices
    muscles : list of dict
        Rows of the relation muscles, which are no result but given.
    """

    def __init__(self, lake: Path, choices: Choices, muscles: list[dict[str, Any]]) -> None:
        super().__init__(lake, choices)
        self.muscles = muscles

    def _distances_in(self, face: Vectors) -> Vectors:
        """From every point to every other, shape (468, 468)."""
        axes = [face[:MESH, axis] for axis in range(self.choices.dimensions)]
        squares: Vectors = sum((axis[:, None] - axis[None, :]) ** 2 for axis in axes)  # type: ignore[assignment]
        return np.sqrt(squares)

    @cached_property
    def _pair_results(self) -> tuple[dict[str, dict[str, Vectors]], Vectors]:
        """Sums per mask, and per compared cell the means of its points, shape (cells, 468, 4)."""
        references = {
            cell.participant: face
            for cell, face in zip(self.cells, self.cell_means, strict=True)
            if cell.mask == "00-00"
        }
        faces = np.array([*references.values()]).reshape(-1, *self.cell_means.shape[1:])
        mean_neutral = self._distances_in(mean_known(faces))
        own = {who: self._distances_in(face) for who, face in references.items()}
        sums: dict[str, dict[str, Vectors]] = {}
        by_point = np.empty((len(self.compared), MESH, 4))
        for row, at in enumerate(self.compared):
            cell = self.cells[at]
            distances = self._distances_in(self.cell_means[at])
            change, from_mean = distances - own[cell.participant], distances - mean_neutral
            measured = (change, abs(change), from_mean, abs(from_mean))
            by_point[row] = np.stack([matrix.sum(axis=0) / (MESH - 1) for matrix in measured], 1)
            of_mask = sums.setdefault(
                cell.mask, {name: np.zeros((MESH, MESH)) for name in ("change", "size", "people")}
            )
            if not np.isnan(change).any():
                of_mask["change"] += change
                of_mask["size"] += abs(change)
                of_mask["people"] += 1
        return sums, by_point

    @cached_property
    def pair_changes(self) -> pa.Table:
        tables = []
        point_a, point_b = (axis.ravel() for axis in np.indices((MESH, MESH)))
        for mask, sums in self._pair_results[0].items():
            people = sums["people"].ravel()
            known = np.where(people > 0, people, np.nan)
            columns = {
                "point_a": point_a,
                "point_b": point_b,
                "mean_change": _floats(sums["change"].ravel() / known),
                "mean_abs_change": _floats(sums["size"].ravel() / known),
                "participants": people.astype(int),
            }
            tables.append(pa.table(self._mask_keys(mask, MESH * MESH) | columns))
        return pa.concat_tables(tables) if tables else pa.table({})

    def _means_of(self, points: list[int]) -> dict[str, pa.Array]:
        """Mean over some points for each compared cell."""
        means = self._pair_results[1][:, points].mean(axis=1)
        return {name: _floats(column) for name, column in zip(MEANS, means.T, strict=True)}

    @cached_property
    def pair_changes_by_point(self) -> pa.Table:
        cells: Numbers = np.repeat(self.compared, MESH)
        means = self._pair_results[1].reshape(-1, 4).T
        return pa.table(
            self._cell_keys(cells)
            | {"point": np.tile(np.arange(MESH), len(self.compared))}
            | {name: _floats(column) for name, column in zip(MEANS, means, strict=True)}
        )

    @cached_property
    def pair_changes_by_mask(self) -> pa.Table:
        return pa.table(self._cell_keys(self.compared) | self._means_of(list(range(MESH))))

    @cached_property
    def pair_changes_by_muscle(self) -> pa.Table:
        sides: dict[tuple[str, str], list[int]] = {}
        for row in self.muscles:
            sides.setdefault((row["muscle"], row["side"]), []).append(row["point"])
        return self._grouped(("muscle", "side"), sides)

    @cached_property
    def pair_changes_by_muscle_group(self) -> pa.Table:
        groups: dict[tuple[str, ...], set[int]] = {}
        for row in self.muscles:
            groups.setdefault((row["muscle_group"],), set()).add(row["point"])
        return self._grouped(
            ("muscle_group",), {name: sorted(points) for name, points in groups.items()}
        )

    def _grouped(self, names: tuple[str, ...], groups: dict[Any, list[int]]) -> pa.Table:
        cells = len(self.compared)
        tables = [
            pa.table(
                self._cell_keys(self.compared)
                | {name: [value] * cells for name, value in zip(names, group, strict=True)}
                | {"points": np.full(cells, len(points))}
                | self._means_of(points)
            )
            for group, points in groups.items()
        ]
        return pa.concat_tables(tables)


def _floats(values: Vectors) -> pa.Array:
    return pa.array(values, pa.float64(), from_pandas=True)
