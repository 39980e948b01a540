"""The lake's photographs, who is included, and their faces, as dense NumPy arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tests.lakehouse.reference.alignments import (
    METHODS,
    alignable,
    canonical_basis,
    canonical_mesh,
    face_heights,
    fitted,
    pinned_at_the_forehead,
)
from tests.lakehouse.reference.arithmetic import mean_known

Vectors = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]

POINTS, MESH = 478, 468
PHOTO = ("participant", "expression", "supervised", "photo")


@dataclass(frozen=True)
class Choices:
    """The settings that results depend on; the paper's by default.

    Limits are None where there is none. An instrument has its name and its lowest and highest
    score. The primary family has its grouping, method, direction and instruments.
    """

    expressions: Sequence[str]
    photos_per_mask: int | None = 3
    all_masks: bool = True
    max_faces: int = 1
    max_yaw: float | None = None
    max_pitch: float | None = None
    min_face_height: float | None = None
    method: str = "paper"
    dimensions: int = 2
    k: int = 6
    seed: int = 0
    starts: int = 300
    landmarks_kept: bool = True
    permutations: int = 9999
    bootstraps: int = 1000
    resampling_seed: int = 0
    fewest: int = 10
    blocks: str | None = None
    covariates: Sequence[str] = ()
    primary: tuple[str | None, str, str, Sequence[str]] = (None, "spearman", "either", ())
    reference: str = "own"
    neutral: str = "neutral"
    identity: str = "participant"
    feature: str = "distance"
    instruments: Mapping[str, tuple[str, float, float]] = field(default_factory=dict)
    reliabilities: Mapping[str, float | None] = field(default_factory=dict)
    sesoi_r: float | None = None
    sesoi_dz: float | None = None

    def codes(self) -> dict[str, int]:
        """Number the expressions; 0 is the neutral one, even where there is none."""
        absent = self.reference == "canonical" and self.neutral not in self.expressions
        names = [None, *self.expressions] if absent else list(self.expressions)
        return {name: at for at, name in reversed(list(enumerate(names))) if name is not None}


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
        self.lake = lake
        self.choices = choices
        self.photo_rows = read_parts(lake / "photos").to_pylist()
        self.landmarks = self._dense(read_parts(lake / "landmarks"))
        scores = lake / "scores.parquet"
        self.score_rows = pq.read_table(scores).to_pylist() if scores.exists() else []
        self.basis = canonical_basis()
        self.alignable = alignable(self.landmarks, self.basis)

    def _dense(self, rows: pa.Table) -> Vectors:
        """Lay landmarks out by photograph, shape (photos, 478, 3)."""
        place = {tuple(row[key] for key in PHOTO): at for at, row in enumerate(self.photo_rows)}
        codes, words = [], []
        for key in PHOTO:
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
        codes = self.choices.codes()
        return f"{codes[expression]:02d}-0{int(supervised)}" if expression in codes else None

    @cached_property
    def verdicts(self) -> list[tuple[str | None, str | None]]:
        """Of each photograph its mask, and why it does not enter it; None where it does."""
        found = []
        for at, row in enumerate(self.photo_rows):
            mask = self._label(row["expression"], row["supervised"])
            found.append((mask, "unlisted_expression" if mask is None else self._trouble(at, row)))
        return found

    def _trouble(self, at: int, row: dict[str, Any]) -> str | None:
        choices = self.choices
        if row["status"] != "ok":
            return str(row["status"])
        height = row["face_height"]
        wrong = {
            "degenerate_face": not self.alignable[at],
            "several_faces": _beyond(row["faces"], choices.max_faces),
            "turned": _beyond(row["yaw"], choices.max_yaw),
            "raised_or_lowered": _beyond(row["pitch"], choices.max_pitch),
            "small_face": None not in (height, choices.min_face_height)
            and height < choices.min_face_height,
        }
        return next((name for name, so in wrong.items() if so), None)

    @cached_property
    def photo_numbers(self) -> list[int]:
        """Of each photograph its place, from 1, in the order of participant, cell and name."""
        keys = [tuple(row[key] for key in PHOTO) for row in self.photo_rows]
        number = {key: place for place, key in enumerate(sorted(keys), start=1)}
        return [number[key] for key in keys]

    @cached_property
    def candidates(self) -> dict[str, dict[str, Cell]]:
        """Every cell with a photograph, by participant and mask; usable photographs only in it."""
        cells: dict[str, dict[str, Cell]] = {}
        for at, row in enumerate(self.photo_rows):
            mask, trouble = self.verdicts[at]
            of_participant = cells.setdefault(row["participant"], {})
            if mask is None:
                continue
            cell = of_participant.setdefault(
                mask, Cell(row["participant"], row["expression"], row["supervised"], mask)
            )
            cell.found += 1
            if trouble is None:
                cell.photos.append(at)
        return cells

    @cached_property
    def cell_numbers(self) -> dict[tuple[str, str], int]:
        """Of each cell, by participant and mask, its place among all, from 1."""
        every = [cell for cells in self.candidates.values() for cell in cells.values()]
        every.sort(key=lambda cell: (cell.participant, cell.expression, cell.supervised))
        return {(cell.participant, cell.mask): place for place, cell in enumerate(every, start=1)}

    def number_of(self, cell: Cell) -> int:
        """Give the place of a cell among all."""
        return self.cell_numbers[cell.participant, cell.mask]

    def needs(self, participant: str) -> set[str]:
        """Masks without which a participant does not enter the results."""
        cells = self.candidates[participant]
        if self.choices.reference == "own":
            return self._required | {"00-00"}
        if not any(cell.photos for cell in cells.values()):
            return self.known_masks
        if self.choices.reference == "mean" and not self._neutral_somewhere:
            return self._required | {"00-00"}
        return self._required

    @cached_property
    def _required(self) -> set[str]:
        """Masks besides the neutral one that everybody needs."""
        return self.known_masks - {"00-00"} if self.choices.all_masks else set()

    @cached_property
    def _neutral_somewhere(self) -> bool:
        return any(
            has_own_neutral(cells) and self._complete(cells, self._required)
            for cells in self.candidates.values()
        )

    @cached_property
    def known_masks(self) -> set[str]:
        """Masks of the dataset, and the reference."""
        reference = {"00-00"} if 0 in self.choices.codes().values() else set()
        return {mask for cells in self.candidates.values() for mask in cells} | reference

    @cached_property
    def included(self) -> dict[str, bool]:
        """Every participant with photographs or scores, and whether results have them."""
        included = {row["participant"]: False for row in self.score_rows}
        for participant, cells in self.candidates.items():
            included[participant] = self._complete(cells, self.needs(participant))
        return included

    def _complete(self, cells: dict[str, Cell], masks: set[str]) -> bool:
        there = all(mask in cells and cells[mask].photos for mask in masks)
        return there and self._photos_as_wanted(cells)

    def _photos_as_wanted(self, cells: dict[str, Cell]) -> bool:
        wanted = self.choices.photos_per_mask
        if wanted is None:
            return True
        return all(len(cell.photos) == cell.found == wanted for cell in cells.values())

    @cached_property
    def cells(self) -> list[Cell]:
        return [
            cell
            for participant, cells in self.candidates.items()
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
        own = np.array(
            [neutral.get(cell.participant, np.nan) for cell in self.cells for _ in cell.photos]
        )
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
        references = [self.reference_of(cell.participant) for cell in self.cells]
        return (self.cell_means - np.array(references).reshape(-1, POINTS, 3))[:, :MESH]

    @cached_property
    def own_neutrals(self) -> dict[str, Vectors]:
        """Of everybody with a neutral mask, its points, shape (478, 3)."""
        return {
            cell.participant: face
            for cell, face in zip(self.cells, self.cell_means, strict=True)
            if cell.mask == "00-00"
        }

    @cached_property
    def face_of_the_rest(self) -> Vectors | None:
        """What stands for missing neutral masks, shape (478, 3)."""
        if self.choices.reference == "own":
            return None
        if self.choices.reference == "mean":
            known = list(self.own_neutrals.values())
            return mean_known(np.array(known)) if known else None
        face = np.full((POINTS, 3), np.nan)
        face[:MESH] = canonical_mesh()
        return face

    def reference_of(self, participant: str) -> Vectors:
        """What somebody is compared with, shape (478, 3)."""
        own = self.own_neutrals.get(participant)
        if own is not None:
            return own
        assert self.face_of_the_rest is not None
        return self.face_of_the_rest

    @cached_property
    def compared(self) -> Numbers:
        """Cells other than the reference."""
        return np.array([at for at, cell in enumerate(self.cells) if cell.mask != "00-00"], np.intp)

    @cached_property
    def distances(self) -> Vectors:
        """As the chosen dimensions say, shape (cells, 468)."""
        return np.linalg.norm(self.displacements[..., : self.choices.dimensions], axis=2)


def has_own_neutral(cells: Mapping[str, Cell]) -> bool:
    """Tell whether somebody's cells, by mask, have a usable neutral one."""
    return "00-00" in cells and bool(cells["00-00"].photos)


def _beyond(size: float | None, limit: float | None) -> bool:
    return size is not None and limit is not None and abs(size) > limit


def read_parts(folder: Path) -> pa.Table:
    """Read all parts of a folder of the lake."""
    files = sorted(path for path in folder.glob("*.parquet") if not path.name.startswith("."))
    return pa.concat_tables(pq.read_table(file, partitioning=None) for file in files)
