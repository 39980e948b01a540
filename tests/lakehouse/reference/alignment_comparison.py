"""What the choice of the alignment changes, computed from masks aligned by every method."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from tests.lakehouse.reference.alignments import CHIN, METHODS, sizes
from tests.lakehouse.reference.arithmetic import mean_known
from tests.lakehouse.reference.faces import MESH, Cell, Faces, Numbers, Vectors

NOSE_BASE = 2


class ComparedAlignments(Faces):
    """Mean masks by every method, and what differs between them."""

    @cached_property
    def _cells_of_masks(self) -> dict[str, Numbers]:
        masks = sorted({cell.mask for cell in self.cells})
        return {
            mask: np.array([at for at, cell in enumerate(self.cells) if cell.mask == mask])
            for mask in masks
        }

    @cached_property
    def _means_by_method(self) -> dict[tuple[str, str], Vectors]:
        """Mean mask by method and label, shape (468, 3) each."""
        return {
            (method, mask): mean_known(self.cell_means_of(faces)[cells, :MESH])
            for method, faces in self.aligned_by.items()
            for mask, cells in self._cells_of_masks.items()
        }

    @cached_property
    def alignment_masks(self) -> pa.Table:
        tables = [
            pa.table(
                {name: [value] * MESH for name, value in self._keys(method, mask).items()}
                | {"point": np.arange(MESH)}
                | {
                    axis: pa.array(mean[:, at], pa.float64(), from_pandas=True)
                    for at, axis in enumerate("xyz")
                }
            )
            for (method, mask), mean in self._means_by_method.items()
            # Nobody has a scale of their own there.
            if not np.isnan(mean).all()
        ]
        return pa.concat_tables(tables) if tables else pa.table({})

    def _keys(self, method: str, mask: str) -> dict[str, Any]:
        cell = self._cell(mask)
        return {
            "method": method,
            "expression": cell.expression,
            "supervised": cell.supervised,
            "mask": mask,
        }

    def _cell(self, mask: str) -> Cell:
        return self.cells[self._cells_of_masks[mask][0]]

    @cached_property
    def alignment_comparison(self) -> pa.Table:
        rows = []
        for method in METHODS:
            size = self._sizes_of_cells(method)
            for mask, cells in self._cells_of_masks.items():
                beside = [(at, self._neutral_of(at)) for at in cells]
                if mask == "00-00" or all(neutral is None for _, neutral in beside):
                    continue
                relative = np.array(
                    [size[at] / size[neutral] for at, neutral in beside if neutral is not None]
                )
                spread = float(np.std(relative, ddof=1)) if len(relative) > 1 else None
                rows.append(
                    self._keys(method, mask)
                    | self._shifts(method, mask)
                    | {
                        "participants": len(relative),
                        "upper_face_size": float(relative.mean()),
                        "upper_face_size_sd": spread,
                    }
                )
        return pa.Table.from_pylist(rows)

    def _shifts(self, method: str, mask: str) -> dict[str, float | None]:
        moved = self._means_by_method[method, mask] - self._means_by_method[method, "00-00"]
        distance = np.linalg.norm(moved[:, : self.choices.dimensions], axis=1)
        neutral = self._means_by_method["paper", "00-00"]
        lower = distance[neutral[:, 1] > neutral[NOSE_BASE, 1]].mean()
        upper = distance[self.basis.upper].mean()
        found = {
            "mean_shift": distance.mean(),
            "lower_face_shift": lower,
            "upper_face_shift": upper,
            "upper_to_lower": upper / lower,
            "chin_drop": moved[CHIN, 1],
        }
        return {name: None if np.isnan(value) else float(value) for name, value in found.items()}

    def _sizes_of_cells(self, method: str) -> Vectors:
        faces = self.aligned_by[method]
        found = [sizes(faces[cell.photos], self.basis.upper).mean() for cell in self.cells]
        return np.array(found)

    def _neutral_of(self, at: int) -> int | None:
        who = self.cells[at].participant
        for other in self._cells_of_masks.get("00-00", np.empty(0, np.intp)).tolist():
            if self.cells[other].participant == who:
                return int(other)
        return None
