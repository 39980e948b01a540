"""The lake's photographs, who is included, and their faces, as dense NumPy arrays.

Part of the independent reference; see `tests.lakehouse.reference`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tests.lakehouse.reference_alignments import (
    METHODS,
    alignable,
    canonical_basis,
    face_heights,
    fitted,
    pinned_at_the_forehead,
)
from tests.lakehouse.reference_numbers import mean_known

Vectors = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]

POINTS, MESH = 478, 468


@dataclass(frozen=True)
class Choices:
    """The settings that results depend on; the paper's by default."""

    expressions: Sequence[str]
    photos_per_mask: int | None = 3
    all_masks: bool = True
    max_faces: int = 1
    method: str = "paper"
    dimensions: int = 2
    k: int = 6
    seed: int = 0


@dataclass
class Cell:
    """A participant's mask: how many photographs were found, and those in its mean."""

    participant: str
    expression: str
    supervised: bool
    mask: str
    found: int = 0
    photos: list[int] = field(default_factory=list)


class Faces:
    """Photographs and masks of a lake.

    Parameters
    ----------
    lake : Path
        Folder of Parquet files.
    choices : Choices
    """

    def __init__(self, lake: Path, choices: Choices) -> None:
        self.choices = choices
        self.photo_rows = _read(lake / "photos").to_pylist()
        self.landmarks = self._dense(_read(lake / "landmarks"))
        scores = lake / "scores.parquet"
        self.score_rows = pq.read_table(scores).to_pylist() if scores.exists() else []
        self.basis = canonical_basis()
        self._alignable = alignable(self.landmarks, self.basis)

    def _dense(self, rows: pa.Table) -> Vectors:
        """Lay landmarks out by photograph, shape (photos, 478, 3)."""
        keys = ("participant", "expression", "supervised", "photo")
        place = {tuple(row[key] for key in keys): at for at, row in enumerate(self.photo_rows)}
        codes, words = [], []
        for key in keys:
            encoded = rows[key].combine_chunks().dictionary_encode()
            codes.append(encoded.indices.to_numpy())
            words.append(encoded.dictionary.to_pylist())
        sizes = [max(1, len(word)) for word in words]
        joint, member = np.unique(np.ravel_multi_index(codes, sizes), return_inverse=True)
        parts = zip(*(part.tolist() for part in np.unravel_index(joint, sizes)), strict=True)
        photo = [
            place[tuple(word[at] for word, at in zip(words, one, strict=True))] for one in parts
        ]
        dense = np.full((len(self.photo_rows), POINTS, 3), np.nan)
        xyz = [rows[axis].to_numpy().astype(np.float64) for axis in "xyz"]
        dense[np.array(photo, dtype=np.intp)[member], rows["point"].to_numpy()] = np.stack(
            xyz, axis=1
        )
        return dense

    def _label(self, expression: str, supervised: bool) -> str | None:
        if expression not in self.choices.expressions:
            return None
        return f"{list(self.choices.expressions).index(expression):02d}-0{int(supervised)}"

    @cached_property
    def _candidates(self) -> dict[str, dict[str, Cell]]:
        """Every cell with a photograph, by participant and mask; usable photographs only in it."""
        cells: dict[str, dict[str, Cell]] = {}
        for at, row in enumerate(self.photo_rows):
            mask = self._label(row["expression"], row["supervised"])
            of_participant = cells.setdefault(row["participant"], {})
            if mask is None:
                continue
            cell = of_participant.setdefault(
                mask, Cell(row["participant"], row["expression"], row["supervised"], mask)
            )
            cell.found += 1
            if self._usable(row) and self._alignable[at]:
                cell.photos.append(at)
        return cells

    def _usable(self, row: dict[str, Any]) -> bool:
        return row["status"] == "ok" and not (row["faces"] or 0) > self.choices.max_faces

    @cached_property
    def included(self) -> dict[str, bool]:
        """Every participant with photographs or scores, and whether results have them."""
        masks_of_the_study = {mask for cells in self._candidates.values() for mask in cells}
        required = masks_of_the_study | {"00-00"} if self.choices.all_masks else {"00-00"}
        verdicts = {row["participant"]: False for row in self.score_rows}
        for participant, cells in self._candidates.items():
            complete = all(mask in cells and cells[mask].photos for mask in required)
            verdicts[participant] = complete and self._photos_as_wanted(cells)
        return verdicts

    def _photos_as_wanted(self, cells: dict[str, Cell]) -> bool:
        wanted = self.choices.photos_per_mask
        if wanted is None:
            return True
        return all(len(cell.photos) == cell.found == wanted for cell in cells.values())

    @cached_property
    def participants(self) -> pa.Table:
        names = sorted(self.included)
        return pa.table({"participant": names, "included": [self.included[n] for n in names]})

    @cached_property
    def cells(self) -> list[Cell]:
        return [
            cell
            for participant, cells in self._candidates.items()
            if self.included[participant]
            for cell in cells.values()
            if cell.photos
        ]

    @cached_property
    def aligned_by(self) -> dict[str, Vectors]:
        """Every usable photograph aligned by each method, shape (photos, 478, 3) each."""
        used = [at for cell in self.cells for at in cell.photos]
        photos = self.landmarks[used]
        heights = face_heights(self.landmarks)
        neutral = {
            cell.participant: heights[cell.photos].mean()
            for cell in self.cells
            if cell.mask == "00-00"
        }
        own = np.array([neutral[cell.participant] for cell in self.cells for _ in cell.photos])
        found = (
            pinned_at_the_forehead(photos, 1500 / heights[used]),
            pinned_at_the_forehead(photos, 1500 / own),
            fitted(photos, self.basis),
        )
        by_method = {}
        for method, faces in zip(METHODS, found, strict=True):
            by_method[method] = np.full(self.landmarks.shape, np.nan)
            by_method[method][used] = faces
        return by_method

    @property
    def aligned(self) -> Vectors:
        """Every usable photograph aligned as chosen, shape (photos, 478, 3)."""
        return self.aligned_by[self.choices.method]

    @cached_property
    def cell_means(self) -> Vectors:
        """Mean over each cell's photographs, shape (cells, 478, 3)."""
        return self.cell_means_of(self.aligned)

    def cell_means_of(self, faces: Vectors) -> Vectors:
        """Mean over each cell's photographs of faces, shape (cells, 478, 3)."""
        means = np.full((len(self.cells), POINTS, 3), np.nan)
        for at, cell in enumerate(self.cells):
            means[at] = mean_known(faces[cell.photos])
        return means

    @cached_property
    def displacements(self) -> Vectors:
        """Mesh of each cell minus its participant's neutral one, shape (cells, 468, 3)."""
        neutral = {
            cell.participant: at for at, cell in enumerate(self.cells) if cell.mask == "00-00"
        }
        own = [neutral[cell.participant] for cell in self.cells]
        return (self.cell_means - self.cell_means[own])[:, :MESH]

    @cached_property
    def compared(self) -> Numbers:
        """Cells other than the reference."""
        return np.array([at for at, cell in enumerate(self.cells) if cell.mask != "00-00"], np.intp)

    @cached_property
    def distances(self) -> Vectors:
        """As the chosen dimensions say, shape (cells, 468)."""
        return np.linalg.norm(self.displacements[..., : self.choices.dimensions], axis=2)


def _read(folder: Path) -> pa.Table:
    files = sorted(path for path in folder.glob("*.parquet") if not path.name.startswith("."))
    return pa.concat_tables(pq.read_table(file, partitioning=None) for file in files)
