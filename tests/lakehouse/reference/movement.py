"""Masks, how far their points move, which move most, and groups of these."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from sklearn.cluster import KMeans

from tests.lakehouse.reference.alignment_comparison import ComparedAlignments
from tests.lakehouse.reference.arithmetic import mean_known
from tests.lakehouse.reference.atlas import (
    LEFT_EYELID,
    RIGHT_EYELID,
    mirror_images,
    tesselation,
)
from tests.lakehouse.reference.faces import MESH, POINTS, Cell, Numbers, Vectors


class Reference(ComparedAlignments):
    """Results by the names of the warehouse's relations, as Arrow tables.

    Parameters
    ----------
    lake : Path
        Folder of Parquet files.
    choices : Choices
    """

    RELATIONS: ClassVar = (
        *("aligned_landmarks", "masks", "mean_masks", "alignment_masks", "alignment_comparison"),
        *("neutral_distances", "point_averages", "mask_averages", "points_above_average"),
        *("pav_mask_means", "mask_histograms", "pav_clusters", "pav_groups", "group_distances"),
        *("neutral_face", "side_differences", "triangle_heat"),
    )

    # Masks

    @property
    def labels(self) -> list[str]:
        """Masks that somebody has, in order."""
        return sorted({cell.mask for cell in self.cells})

    def of_mask(self, mask: str) -> Numbers:
        """Places of a mask's cells."""
        return np.array([at for at, cell in enumerate(self.cells) if cell.mask == mask], np.intp)

    @cached_property
    def aligned_landmarks(self) -> pa.Table:
        photos = [at for cell in self.cells for at in cell.photos if self.choices.landmarks_kept]
        rows = [self.photo_rows[at] for at in photos]
        there, point = np.nonzero(~np.isnan(self.landmarks[photos, :, 0]))
        keys = ("participant", "expression", "supervised", "photo")
        return pa.table(
            {key: _spread([row[key] for row in rows], there) for key in keys}
            | _points(point, self.aligned[photos][there, point])
        )

    @cached_property
    def masks(self) -> pa.Table:
        there, point = np.nonzero(~np.isnan(self.cell_means[..., 0]))
        photos = {"photos": self.photos_of_points[there, point]}
        columns = _points(point, self.cell_means[there, point]) | photos
        return pa.table(self.cell_keys(there) | columns)

    @cached_property
    def photos_of_points(self) -> Numbers:
        """Photographs that each point of a cell is the mean of, shape (cells, 478)."""
        counts = [(~np.isnan(self.landmarks[cell.photos, :, 0])).sum(axis=0) for cell in self.cells]
        return np.array(counts, np.intp).reshape(-1, POINTS)

    def cell_keys(self, there: Numbers) -> dict[str, pa.Array]:
        """Participant and mask of some cells."""
        names = ("participant", "expression", "supervised", "mask")
        return {
            name: _spread([getattr(cell, name) for cell in self.cells], there) for name in names
        }

    def mask_rows(self, mask: str) -> list[dict[str, Any]]:
        """A mask's label as a list of one row."""
        return pa.table(self.mask_keys(mask, 1)).to_pylist()

    @cached_property
    def mask_means(self) -> dict[str, Vectors]:
        """Mean over participants by mask, shape (478, 3) each."""
        return {mask: mean_known(self.cell_means[self.of_mask(mask)]) for mask in self.labels}

    @cached_property
    def mean_masks(self) -> pa.Table:
        tables = []
        for mask, means in self.mask_means.items():
            cells = self.of_mask(mask)
            point = np.flatnonzero(~np.isnan(means[:, 0]))
            people = (~np.isnan(self.cell_means[cells][..., 0])).sum(axis=0)
            columns = _points(point, means[point]) | {"participants": people[point]}
            tables.append(pa.table(self.mask_keys(mask, len(point)) | columns))
        return pa.concat_tables(tables) if tables else pa.table({})

    def mask_keys(self, mask: str, rows: int) -> dict[str, list[Any]]:
        """A mask's label, so many times."""
        cell = next(cell for cell in self.cells if cell.mask == mask)
        keys = {"expression": cell.expression, "supervised": cell.supervised, "mask": mask}
        return {name: [value] * rows for name, value in keys.items()}

    # Photographs

    def photographs(self, cell: Cell) -> Vectors:
        """A cell's usable photographs by name, in the chosen dimensions, shape (photos, 468, d)."""
        ordered = sorted(cell.photos, key=lambda at: self.photo_numbers[at])
        return self.aligned[ordered, :MESH, : self.choices.dimensions]

    @cached_property
    def pairs(self) -> list[tuple[Cell, Cell]]:
        """Each cell but the reference, beside its participant's neutral one, if there is one."""
        neutral = {cell.participant: cell for cell in self.cells if cell.mask == "00-00"}
        return [
            (cell, neutral[cell.participant])
            for cell in self.cells
            if cell.mask != "00-00" and cell.participant in neutral
        ]

    def own_neutral(self, cell: Cell) -> Cell | None:
        """The participant's neutral cell of the condition of a cell of another expression."""
        if cell.mask.startswith("00-"):
            return None
        wanted = (cell.participant, f"00-{cell.supervised:02d}")
        return self._cells_by_name.get(wanted)

    @cached_property
    def _cells_by_name(self) -> dict[tuple[str, str], Cell]:
        return {(cell.participant, cell.mask): cell for cell in self.cells}

    # Distances

    @cached_property
    def neutral_distances(self) -> pa.Table:
        there, point = np.nonzero(~np.isnan(self.displacements[self.compared][..., 0]))
        cells = self.compared[there]
        moved = self.displacements[cells, point]
        return pa.table(
            self.cell_keys(cells)
            | {
                "point": point,
                "distance": _floats(np.linalg.norm(moved[:, :2], axis=1)),
                "distance_3d": _floats(np.linalg.norm(moved, axis=1)),
            }
            | {f"d{axis}": _floats(moved[:, at]) for at, axis in enumerate("xyz")}
            | {"compared_with": _spread([self._compared_with(cell) for cell in self.cells], cells)}
        )

    def _compared_with(self, cell: Cell) -> str:
        return "own" if cell.participant in self.own_neutrals else self.choices.reference

    def without_own_neutral(self, mask: str) -> int:
        """How many show a mask that is compared with another face than their own."""
        cells = [self.cells[at] for at in self.of_mask(mask)]
        return sum(cell.participant not in self.own_neutrals for cell in cells)

    @cached_property
    def averages(self) -> dict[str, Vectors]:
        """Mean over participants per mask but the reference, shape (468,) each."""
        labels = [mask for mask in self.labels if mask != "00-00"]
        return {mask: mean_known(self.distances[self.of_mask(mask)]) for mask in labels}

    @cached_property
    def point_averages(self) -> pa.Table:
        tables = []
        for mask, means in self.averages.items():
            values = self.distances[self.of_mask(mask)]
            known = (~np.isnan(values)).sum(axis=0)
            squares = np.nansum((values - means) ** 2, axis=0)
            spread = np.sqrt(
                np.divide(squares, known - 1, out=np.full(MESH, np.nan), where=known > 1)
            )
            columns = {
                "point": np.arange(MESH),
                "mean_distance": _floats(means),
                "sd_distance": _floats(spread),
                "participants": known,
                "above_average": pa.array(means > mean_known(means), mask=np.isnan(means)),
            }
            tables.append(pa.table(self.mask_keys(mask, MESH) | columns))
        return pa.concat_tables(tables) if tables else pa.table({})

    @cached_property
    def triangle_heat(self) -> pa.Table:
        corners = np.array(tesselation())
        tables = []
        for mask, means in self.averages.items():
            columns = {
                "triangle": np.arange(len(corners)),
                "mean_distance": _floats(means[corners].mean(axis=1)),
            }
            tables.append(pa.table(self.mask_keys(mask, len(corners)) | columns))
        return pa.concat_tables(tables) if tables else pa.table({})

    @cached_property
    def mask_averages(self) -> pa.Table:
        tables = []
        for mask, means in self.averages.items():
            known = (~np.isnan(self.distances[self.of_mask(mask)])).sum(axis=0)
            columns = {
                "mean_distance": _floats(mean_known(means)[None]),
                "points_above_average": [int((means > mean_known(means)).sum())],
                "participants": [int(known.max())],
                "without_own_neutral": [self.without_own_neutral(mask)],
            }
            tables.append(pa.table(self.mask_keys(mask, 1) | columns))
        return pa.concat_tables(tables) if tables else pa.table({})

    @cached_property
    def pav(self) -> Numbers:
        """Points above average in every mask."""
        above = [means > mean_known(means) for means in self.averages.values()]
        return np.flatnonzero(np.logical_and.reduce(above)) if above else np.empty(0, np.intp)

    @cached_property
    def points_above_average(self) -> pa.Table:
        means = np.array([means[self.pav] for means in self.averages.values()])
        return pa.table(
            {
                "point": self.pav,
                "masks_above": np.full(len(self.pav), len(means)),
                "mean_distance": means.mean(axis=0) if len(means) else np.empty(0),
            }
        )

    @cached_property
    def pav_mask_means(self) -> pa.Table:
        cells = self.compared if len(self.pav) else self.compared[:0]
        means = mean_known(self.distances[np.ix_(cells, self.pav)].T)
        return pa.table(self.cell_keys(cells) | {"mean_distance": _floats(means)})

    @cached_property
    def side_differences(self) -> pa.Table:
        sides = np.array([side for _, side in mirror_images()])
        moved = np.linalg.norm(self.displacements[self.compared, :, :2], axis=2)
        left, right = (mean_known(moved[:, sides == side].T) for side in ("left", "right"))
        means = {"mean_left": left, "mean_right": right, "difference": left - right}
        return pa.table(
            self.cell_keys(self.compared)
            | {name: _floats(values) for name, values in means.items()}
        )

    @cached_property
    def mask_histograms(self) -> pa.Table:
        rows = [row for row in self.pav_mask_means.to_pylist() if row["mean_distance"] is not None]
        longest = max((row["mean_distance"] for row in rows), default=0.0)
        tables = []
        for mask in sorted({row["mask"] for row in rows}):
            own = [row["mean_distance"] for row in rows if row["mask"] == mask]
            # Where nothing moves there is no width; everybody is in the first bin all the same.
            counts, _ = np.histogram(own, bins=20, range=(0, longest or 1.0))
            ends = np.linspace(0, longest, 21)
            columns = {"low": ends[:-1], "high": ends[1:], "participants": counts}
            tables.append(pa.table({"mask": [mask] * 20, "bin": np.arange(20)} | columns))
        return pa.concat_tables(tables) if tables else pa.table({})

    # Groups

    @cached_property
    def _places(self) -> Vectors:
        """Of the PAV points in the mean neutral face, shape (points, 2)."""
        return self.neutral_places[self.pav] if len(self.pav) else np.empty((0, 2))

    @cached_property
    def neutral_places(self) -> Vectors:
        """Of all points in the face that groups are made in, shape (478, 2)."""
        neutral = [means for mask, means in self.mask_means.items() if mask.startswith("00-")]
        if not neutral and self.face_of_the_rest is not None:
            neutral = [self.face_of_the_rest]
        return np.mean(neutral or [np.full((POINTS, 3), np.nan)], axis=0)[:, :2]

    @property
    def neutral_face(self) -> pa.Table:
        there = np.flatnonzero(~np.isnan(self.neutral_places[:, 0]))
        places = {axis: self.neutral_places[there, at] for at, axis in enumerate("xy")}
        return pa.table({"point": there} | places)

    @cached_property
    def _clusters(self) -> Numbers:
        """Group of each PAV point, numbered by centroid."""
        if not len(self.pav):
            return np.empty(0, np.intp)
        places = self._places.round(6)
        k = min(self.choices.k, len(np.unique(places, axis=0)))
        seed, starts = self.choices.seed, self.choices.starts
        found = KMeans(k, random_state=seed, n_init=starts).fit(places)
        centroids = [tuple(centre) for centre in found.cluster_centers_]
        number = {at: new for new, at in enumerate(sorted(range(k), key=centroids.__getitem__))}
        return np.array([number[label] for label in found.labels_])

    @property
    def pav_clusters(self) -> pa.Table:
        places = {axis: self._places[:, at] for at, axis in enumerate("xy")}
        return pa.table({"point": self.pav, "group_id": self._clusters} | places)

    @cached_property
    def groups(self) -> dict[str, dict[int, list[int]]]:
        """Points of every group by grouping and number."""
        k = self.choices.k
        clusters: dict[int, list[int]] = {}
        for point, group in zip(self.pav.tolist(), self._clusters.tolist(), strict=True):
            clusters.setdefault(group, []).append(point)
        eyelids = {k: list(LEFT_EYELID), k + 1: list(RIGHT_EYELID)}
        return {f"kmeans{k}": clusters, f"kmeans{k}_eyes": clusters | eyelids}

    def each_group(self) -> Iterator[tuple[str, int, list[int]]]:
        """Name of the grouping, number and points of every group."""
        for grouping, groups in self.groups.items():
            for group, points in groups.items():
                yield grouping, group, points

    @cached_property
    def pav_groups(self) -> pa.Table:
        rows = [
            {"grouping": grouping, "group_id": group, "point": point}
            for grouping, group, points in self.each_group()
            for point in points
        ]
        return pa.Table.from_pylist(rows)

    @cached_property
    def group_distances(self) -> pa.Table:
        tables = [
            pa.table(
                self.cell_keys(self.compared)
                | {
                    "grouping": [grouping] * len(self.compared),
                    "group_id": [group] * len(self.compared),
                    "mean_distance": _floats(
                        mean_known(self.distances[np.ix_(self.compared, points)].T)
                    ),
                }
            )
            for grouping, group, points in self.each_group()
        ]
        return pa.concat_tables(tables)

    @property
    def feature_rows(self) -> list[dict[str, Any]]:
        """Everything that is a feature in some grouping, mean_distance being its value."""
        return self.group_distances.to_pylist()

    @property
    def photo_changes(self) -> list[dict[str, Any]]:
        """What else than the groups' distances there is of photographs; by itself, nothing."""
        return []

    @cached_property
    def features(self) -> pa.Table:
        rows = [
            {
                "participant": row["participant"],
                "feature": "m{}_{}_{}".format(
                    *row["mask"].split("-"), row.get("measure", row["group_id"])
                ),
                "value": row["mean_distance"],
            }
            | {
                name: row[name]
                for name in ("expression", "supervised", "mask", "grouping", "group_id")
            }
            for row in self.feature_rows
            if row["grouping"].endswith("_eyes") or row["grouping"] == "measures"
        ]
        return pa.Table.from_pylist(rows)


def _spread(values: list[Any], rows: Numbers) -> pa.Array:
    return pa.array(values).take(pa.array(rows))


def _points(point: Numbers, xyz: Vectors) -> dict[str, Any]:
    return {"point": point} | {axis: _floats(xyz[..., at]) for at, axis in enumerate("xyz")}


def _floats(values: Vectors) -> pa.Array:
    return pa.array(values, pa.float64(), from_pandas=True)
