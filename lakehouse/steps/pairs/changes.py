"""Changes of the distances between points: every point of a face against every other."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.spatial.distance import cdist, pdist, squareform

from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.packed import packed
from lakehouse.steps.passes import Pass
from lakehouse.steps.registry import batch_step, spread
from lakehouse.vocabulary import MESH_POINTS

Vectors = npt.NDArray[np.float64]

PAIRS: Final = MESH_POINTS * (MESH_POINTS - 1) // 2

_AXES: Final = ("x", "y", "z")
_MEAN_AXES: Final = ("mean_x", "mean_y", "mean_z")
_STRANDS: Final = 4
"""Masks are dealt to so many threads; fixed, so that sums do not depend on the machine."""
_ROWS: Final = MESH_POINTS // 4
"""So many rows of a face's 468 × 468 distances at a time stay in a processor's cache."""

_PAIR_COLUMNS: Final = {
    "mask": pl.String,
    "point_a": pl.Int16,
    "point_b": pl.Int16,
    "mean_change": pl.Float64,
    "mean_abs_change": pl.Float64,
    "sd_change": pl.Float64,
    "participants": pl.Int32,
}
_MEANS: Final = (
    *("mean_change", "mean_abs_change"),
    *("mean_change_from_mean", "mean_abs_change_from_mean"),
)
_POINT_COLUMNS: Schema = {
    "cell_index": pl.Int32,
    "point": pl.Int16,
    **dict.fromkeys(_MEANS, pl.Float64),
}
_PACKED: Final = ("change", "size", "first", "deviation", "square")
_SUMS: Schema = {
    "first_cell": pl.Int32,
    "mask": pl.String,
    "participants": pl.Int32,
    **dict.fromkeys(_PACKED, pl.Binary),
}


@dataclass(frozen=True, eq=False)
class _Person:
    """A participant's faces; arrays have shape (468, dimensions), NaN where nothing is known."""

    neutral: Vectors
    faces: Mapping[int, Vectors]
    """By number of the cell; without the neutral one."""


@dataclass(eq=False)
class _Sums:
    """Sums over participants for each pair, in the order of `scipy.spatial.distance.pdist`."""

    change: Vectors = field(default_factory=lambda: np.zeros(PAIRS))
    size: Vectors = field(default_factory=lambda: np.zeros(PAIRS))
    first: Vectors = field(default_factory=lambda: np.zeros(PAIRS))
    """The first participant's changes. Squares are of the deviations from these, because of the
    changes themselves rounding would leave a spread where there is none."""
    deviation: Vectors = field(default_factory=lambda: np.zeros(PAIRS))
    square: Vectors = field(default_factory=lambda: np.zeros(PAIRS))
    participants: int = 0

    @property
    def squares(self) -> Vectors:
        """Sums of the squared deviations from the mean change."""
        mean = self.deviation / max(self.participants, 1)
        return np.maximum(self.square - self.deviation * mean, 0.0)

    def add(self, other: "_Sums") -> None:
        """Add those of other participants, whose deviations are taken from another's changes."""
        if not self.participants:
            self.first[:] = other.first
        moved = other.first - self.first
        self.square += other.square + moved * (2 * other.deviation + other.participants * moved)
        self.deviation += other.deviation + other.participants * moved
        self.change += other.change
        self.size += other.size
        self.participants += other.participants


@batch_step(dimensions="distance.dimensions")
def mean_pair_changes(
    batches: Iterable[pl.DataFrame], *, dimensions: int
) -> Iterator[pl.DataFrame]:
    """Average, per mask, the change of each distance between two points of a face.

    Parameters
    ----------
    batches : iterable of polars.DataFrame
        Columns cell_index, neutral_index, mask, point (0 to 467), x, y, z (aligned pixels), in
        any order; all faces of a participant are in one batch, and the neutral one is that whose
        cell_index is neutral_index.
    dimensions : int
        2 for the image plane, 3 with z.

    Yields
    ------
    polars.DataFrame
        For each mask, and once without rows before, mask, point_a, point_b, mean_change,
        mean_abs_change, sd_change and participants, by the points; point_a is at most point_b. A
        participant counts where every coordinate of mask and neutral face is known; the means are
        null where nobody does, the standard deviation where fewer than two do.

    Notes
    -----
    The change is the distance in the mask less that in the participant's neutral face.
    """
    sums: dict[str, _Sums] = {}
    with ThreadPoolExecutor(_STRANDS) as pool:
        # Mapped, so that no batch's rows are kept while the next ones come.
        for people, masks in map(partial(_with_masks, dimensions), batches):
            _add_people(pool, sums, people, masks)
    yield from _means_of(sums)


def _sums_of_part(rows: pl.DataFrame, _: None, *, dimensions: int) -> pl.DataFrame:
    """Sum up over some participants."""
    sums: dict[str, _Sums] = {}
    with ThreadPoolExecutor(_STRANDS) as pool:
        _add_people(pool, sums, *_with_masks(dimensions, rows))
    tables = [
        _packed_sums(mask, of_mask, rows["cell_index"].min()) for mask, of_mask in sums.items()
    ]
    return pl.concat([pl.DataFrame(schema=_SUMS), *tables])


def _merged_sums(tables: pl.DataFrame) -> pl.DataFrame:
    """Add sums of one mask."""
    [(mask, sums)] = _unpacked_sums(tables).items()
    return _packed_sums(mask, sums, tables["first_cell"].min())


def _means_of_parts(parts: pl.DataFrame, _: None) -> pl.DataFrame:
    return pl.concat(_means_of(_unpacked_sums(parts)))


def _packed_sums(mask: str, sums: _Sums, first_cell: object) -> pl.DataFrame:
    keys = {"first_cell": [first_cell], "mask": [mask], "participants": [sums.participants]}
    cells = {name: packed(getattr(sums, name)[None]) for name in _PACKED}
    return pl.DataFrame({**keys, **cells}, schema_overrides=_SUMS)


def _unpacked_sums(tables: pl.DataFrame) -> dict[str, _Sums]:
    """Add sums of the same mask, in the order of their first cells."""
    sums: dict[str, _Sums] = {}
    for row in tables.sort("first_cell").iter_rows(named=True):
        arrays = {name: np.frombuffer(row[name]) for name in _PACKED}
        sums.setdefault(row["mask"], _Sums()).add(_Sums(**arrays, participants=row["participants"]))
    return sums


def _means_of(sums: Mapping[str, _Sums]) -> Iterator[pl.DataFrame]:
    yield pl.DataFrame(schema=_PAIR_COLUMNS)
    for mask in sorted(sums):
        yield _pair_means(mask, sums[mask])


@batch_step(dimensions="distance.dimensions")
def point_pair_changes(
    batches: Iterable[pl.DataFrame], *, dimensions: int
) -> Iterator[pl.DataFrame]:
    """Average, per face and point, the changes of the distances to the other points.

    Parameters
    ----------
    batches : iterable of polars.DataFrame
        As `mean_pair_changes` takes them, but the mask, and mean_x, mean_y, mean_z of the same
        point in the mean neutral face.
    dimensions : int
        2 for the image plane, 3 with z.

    Yields
    ------
    polars.DataFrame
        For each batch cell_index, point, mean_change and mean_abs_change, from the participant's
        own neutral face, and mean_change_from_mean and mean_abs_change_from_mean, from the mean
        neutral face. Null where a coordinate of either face is not known.
    """
    # Mapped, so that no batch's rows are kept while the next ones come.
    yield from map(partial(_of_points, _=None, dimensions=dimensions), batches)


def _of_points(rows: pl.DataFrame, _: None, *, dimensions: int) -> pl.DataFrame:
    """Average the changes of some participants."""
    people, mean = _people(rows, dimensions), _mean_neutral(rows, dimensions)
    with ThreadPoolExecutor(_STRANDS) as pool:
        averaged = pool.map(partial(_point_means, mean=cdist(mean, mean)), people)
        cells = [cell for person in people for cell in person.faces]
        means = np.concatenate([np.empty((0, len(_MEANS))), *averaged])
    return pl.DataFrame(
        {
            "cell_index": np.repeat(np.array(cells, np.int32), MESH_POINTS),
            "point": np.tile(np.arange(MESH_POINTS, dtype=np.int16), len(cells)),
            **dict(zip(_MEANS, means.T, strict=True)),
        },
        nan_to_null=True,
    )


def _with_masks(dimensions: int, batch: pl.DataFrame) -> tuple[list[_Person], dict[int, str]]:
    return _people(batch, dimensions), _masks(batch)


def _people(batch: pl.DataFrame, dimensions: int) -> list[_Person]:
    """Lay out a batch participant by participant; who has no neutral face is left out."""
    cells, row_of = np.unique(batch["cell_index"].to_numpy(), return_inverse=True)
    faces = np.full((len(cells), MESH_POINTS, dimensions), np.nan)
    faces[row_of, batch["point"].to_numpy()] = batch.select(_AXES[:dimensions]).to_numpy()
    neutral_of = np.empty(len(cells), np.int64)
    neutral_of[row_of] = batch["neutral_index"].to_numpy()
    by_cell = dict(zip(cells.tolist(), faces, strict=True))
    grouped: dict[int, dict[int, Vectors]] = {}
    for cell, neutral in zip(cells.tolist(), neutral_of.tolist(), strict=True):
        own = grouped.setdefault(neutral, {})
        if cell != neutral:
            own[cell] = by_cell[cell]
    return [
        _Person(by_cell[neutral], own) for neutral, own in grouped.items() if neutral in by_cell
    ]


def _masks(batch: pl.DataFrame) -> dict[int, str]:
    """Name the mask of each cell but the neutral ones."""
    compared = batch.filter(pl.col("cell_index") != pl.col("neutral_index"))
    return dict(compared.select("cell_index", "mask").unique().iter_rows())


def _mean_neutral(batch: pl.DataFrame, dimensions: int) -> Vectors:
    face = np.full((MESH_POINTS, dimensions), np.nan)
    rows = batch.select("point", *_MEAN_AXES[:dimensions]).unique("point")
    face[rows["point"].to_numpy()] = rows.select(_MEAN_AXES[:dimensions]).to_numpy()
    return face


def _add_people(
    pool: ThreadPoolExecutor,
    sums: dict[str, _Sums],
    people: list[_Person],
    masks: Mapping[int, str],
) -> None:
    """Add to the sums of all masks."""
    for mask in sorted(set(masks.values())):
        sums.setdefault(mask, _Sums())
    names = sorted(sums)
    strands = [{mask: sums[mask] for mask in names[first::_STRANDS]} for first in range(_STRANDS)]
    for _ in pool.map(partial(_add, people, masks), strands):
        pass


def _add(people: list[_Person], masks: Mapping[int, str], sums: Mapping[str, _Sums]) -> None:
    """Add to the sums of some masks."""
    neutral, change, work = np.empty(PAIRS), np.empty(PAIRS), np.empty(PAIRS)
    for person in people:
        if np.isnan(person.neutral).any():
            continue
        pdist(person.neutral, out=neutral)
        for cell, face in person.faces.items():
            of_mask = sums.get(masks[cell])
            if of_mask is None or np.isnan(face).any():
                continue
            pdist(face, out=change)
            np.subtract(change, neutral, out=change)
            of_mask.change += change
            np.abs(change, out=work)
            of_mask.size += work
            if of_mask.participants:
                np.subtract(change, of_mask.first, out=change)
                of_mask.deviation += change
                of_mask.square += np.square(change, out=change)
            else:
                of_mask.first[:] = change
            of_mask.participants += 1


def _pair_means(mask: str, sums: _Sums) -> pl.DataFrame:
    # Row by row through the upper triangle, with the diagonal, where nothing changes.
    point_a, point_b = np.triu_indices(MESH_POINTS)
    divisor = sums.participants or np.nan
    freedom = sums.participants - 1 if sums.participants > 1 else np.nan
    return pl.DataFrame(
        {
            "mask": pl.repeat(mask, len(point_a), dtype=pl.String, eager=True),
            "point_a": point_a.astype(np.int16),
            "point_b": point_b.astype(np.int16),
            "mean_change": squareform(sums.change)[point_a, point_b] / divisor,
            "mean_abs_change": squareform(sums.size)[point_a, point_b] / divisor,
            "sd_change": np.sqrt(squareform(sums.squares)[point_a, point_b] / freedom),
            "participants": np.full(len(point_a), sums.participants, np.int32),
        },
        nan_to_null=True,
    )


def _point_means(person: _Person, *, mean: Vectors) -> Vectors:
    """Average over the other points, shape (faces × 468, 4)."""
    neutral = cdist(person.neutral, person.neutral)
    sums = np.empty((len(person.faces), MESH_POINTS, len(_MEANS)))
    distances, change = np.empty((_ROWS, MESH_POINTS)), np.empty((_ROWS, MESH_POINTS))

    def sizes(compared: Vectors) -> Vectors:
        np.subtract(distances, compared, out=change)
        total: Vectors = np.abs(change, out=change).sum(axis=1)
        return total

    for of_face, face in zip(sums, person.faces.values(), strict=True):
        for first in range(0, MESH_POINTS, _ROWS):
            rows = slice(first, first + _ROWS)
            cdist(face[rows], face, out=distances)
            of_face[rows, 0] = of_face[rows, 2] = distances.sum(axis=1)
            of_face[rows, 1] = sizes(neutral[rows])
            of_face[rows, 3] = sizes(mean[rows])
    sums[..., 0] -= neutral.sum(axis=1)
    sums[..., 2] -= mean.sum(axis=1)
    # The point itself is no other point; its distance to itself adds nothing to the sums.
    return sums.reshape(-1, len(_MEANS)) / (MESH_POINTS - 1)


spread(
    mean_pair_changes,
    Pass(
        _sums_of_part,
        _SUMS,
        _means_of_parts,
        keys=("batch",),
        bundled=True,
        merge=("mask",),
        merged=_merged_sums,
    ),
)
spread(point_pair_changes, Pass(_of_points, _POINT_COLUMNS, keys=("batch",)))
