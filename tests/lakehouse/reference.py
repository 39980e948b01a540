"""The study's results computed again from the lake alone: dense NumPy arrays, no SQL.

It shares no code with the warehouse, its steps or its models, so that both can only agree where
both do what DESIGN.md says. Photographs lie in one array of shape (photos, points, 3), masks in
one of shape (cells, points, 3); what is not there is NaN.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.cluster import KMeans

from tests.lakehouse.reference_comparison import ComparedAlignments
from tests.lakehouse.reference_expressions import Expressions, supervision_effects
from tests.lakehouse.reference_faces import MESH, POINTS, Numbers, Vectors
from tests.lakehouse.reference_numbers import add_q, correlation, mean_known

LEFT_EYELID = (362, 382, 381, 380, 374, 373, 390, 249, 463, 341, 256, 252, 253, 254, 339, 255, 359)
RIGHT_EYELID = (33, 7, 163, 144, 145, 153, 154, 155, 133, 112, 26, 22, 23, 24, 110, 25, 130)


class Reference(ComparedAlignments):
    """Results by the names of the warehouse's relations, as Arrow tables.

    Parameters
    ----------
    lake : Path
        Folder of Parquet files.
    choices : Choices
    """

    # Masks

    @property
    def _labels(self) -> list[str]:
        return sorted({cell.mask for cell in self.cells})

    def _of_mask(self, mask: str) -> Numbers:
        return np.array([at for at, cell in enumerate(self.cells) if cell.mask == mask], np.intp)

    @cached_property
    def aligned_landmarks(self) -> pa.Table:
        photos = [at for cell in self.cells for at in cell.photos]
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
        photos = np.array([self._counts(cell.photos) for cell in self.cells]).reshape(-1, POINTS)
        columns = _points(point, self.cell_means[there, point]) | {"photos": photos[there, point]}
        return pa.table(self._cell_keys(there) | columns)

    def _counts(self, photos: list[int]) -> Numbers:
        counts: Numbers = (~np.isnan(self.landmarks[photos, :, 0])).sum(axis=0)
        return counts

    def _cell_keys(self, there: Numbers) -> dict[str, pa.Array]:
        names = ("participant", "expression", "supervised", "mask")
        return {
            name: _spread([getattr(cell, name) for cell in self.cells], there) for name in names
        }

    @cached_property
    def _mask_means(self) -> dict[str, Vectors]:
        return {mask: mean_known(self.cell_means[self._of_mask(mask)]) for mask in self._labels}

    @cached_property
    def mean_masks(self) -> pa.Table:
        tables = []
        for mask, means in self._mask_means.items():
            cells = self._of_mask(mask)
            point = np.flatnonzero(~np.isnan(means[:, 0]))
            people = (~np.isnan(self.cell_means[cells][..., 0])).sum(axis=0)
            columns = _points(point, means[point]) | {"participants": people[point]}
            tables.append(pa.table(self._mask_keys(mask, len(point)) | columns))
        return pa.concat_tables(tables) if tables else pa.table({})

    def _mask_keys(self, mask: str, rows: int) -> dict[str, list[Any]]:
        cell = next(cell for cell in self.cells if cell.mask == mask)
        keys = {"expression": cell.expression, "supervised": cell.supervised, "mask": mask}
        return {name: [value] * rows for name, value in keys.items()}

    # Distances

    @cached_property
    def neutral_distances(self) -> pa.Table:
        there, point = np.nonzero(~np.isnan(self.displacements[self.compared][..., 0]))
        cells = self.compared[there]
        moved = self.displacements[cells, point]
        return pa.table(
            self._cell_keys(cells)
            | {
                "point": point,
                "distance": _floats(np.linalg.norm(moved[:, :2], axis=1)),
                "distance_3d": _floats(np.linalg.norm(moved, axis=1)),
            }
            | {f"d{axis}": _floats(moved[:, at]) for at, axis in enumerate("xyz")}
        )

    @cached_property
    def _averages(self) -> dict[str, Vectors]:
        """Mean over participants per mask but the reference, shape (468,) each."""
        labels = [mask for mask in self._labels if mask != "00-00"]
        return {mask: mean_known(self.distances[self._of_mask(mask)]) for mask in labels}

    @cached_property
    def point_averages(self) -> pa.Table:
        tables = []
        for mask, means in self._averages.items():
            values = self.distances[self._of_mask(mask)]
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
            tables.append(pa.table(self._mask_keys(mask, MESH) | columns))
        return pa.concat_tables(tables) if tables else pa.table({})

    @cached_property
    def mask_averages(self) -> pa.Table:
        tables = []
        for mask, means in self._averages.items():
            known = (~np.isnan(self.distances[self._of_mask(mask)])).sum(axis=0)
            columns = {
                "mean_distance": _floats(mean_known(means)[None]),
                "points_above_average": [int((means > mean_known(means)).sum())],
                "participants": [int(known.max())],
            }
            tables.append(pa.table(self._mask_keys(mask, 1) | columns))
        return pa.concat_tables(tables) if tables else pa.table({})

    @cached_property
    def pav(self) -> Numbers:
        """Points above average in every mask."""
        above = [means > mean_known(means) for means in self._averages.values()]
        return np.flatnonzero(np.logical_and.reduce(above)) if above else np.empty(0, np.intp)

    @cached_property
    def points_above_average(self) -> pa.Table:
        means = np.array([means[self.pav] for means in self._averages.values()])
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
        return pa.table(self._cell_keys(cells) | {"mean_distance": _floats(means)})

    # Groups and correlations

    @cached_property
    def _clusters(self) -> Numbers:
        """Group of each PAV point, numbered by centroid."""
        if not len(self.pav):
            return np.empty(0, np.intp)
        neutral = [means for mask, means in self._mask_means.items() if mask.startswith("00-")]
        places = np.mean(neutral, axis=0)[self.pav, :2]
        k = min(self.choices.k, len(np.unique(places, axis=0)))
        found = KMeans(k, random_state=self.choices.seed, n_init=10).fit(places)
        centroids = [tuple(centre) for centre in found.cluster_centers_]
        number = {at: new for new, at in enumerate(sorted(range(k), key=centroids.__getitem__))}
        return np.array([number[label] for label in found.labels_])

    @cached_property
    def groups(self) -> dict[str, dict[int, list[int]]]:
        """Points of every group by grouping and number."""
        k = self.choices.k
        clusters: dict[int, list[int]] = {}
        for point, group in zip(self.pav.tolist(), self._clusters.tolist(), strict=True):
            clusters.setdefault(group, []).append(point)
        eyelids = {k: list(LEFT_EYELID), k + 1: list(RIGHT_EYELID)}
        return {f"kmeans{k}": clusters, f"kmeans{k}_eyes": clusters | eyelids}

    def _each_group(self) -> Iterator[tuple[str, int, list[int]]]:
        for grouping, groups in self.groups.items():
            for group, points in groups.items():
                yield grouping, group, points

    @cached_property
    def pav_groups(self) -> pa.Table:
        rows = [
            {"grouping": grouping, "group_id": group, "point": point}
            for grouping, group, points in self._each_group()
            for point in points
        ]
        return pa.Table.from_pylist(rows)

    @cached_property
    def group_distances(self) -> pa.Table:
        tables = [
            pa.table(
                self._cell_keys(self.compared)
                | {
                    "grouping": [grouping] * len(self.compared),
                    "group_id": [group] * len(self.compared),
                    "mean_distance": _floats(
                        mean_known(self.distances[np.ix_(self.compared, points)].T)
                    ),
                }
            )
            for grouping, group, points in self._each_group()
        ]
        return pa.concat_tables(tables)

    @cached_property
    def features(self) -> pa.Table:
        rows = [
            {
                "participant": row["participant"],
                "feature": f"{row['mask']}_{row['group_id']}",
                "value": row["mean_distance"],
            }
            for row in self.group_distances.to_pylist()
            if row["grouping"].endswith("_eyes")
        ]
        return pa.Table.from_pylist(rows)

    # Expressions

    @cached_property
    def expressions(self) -> Expressions:
        return Expressions(self)

    @property
    def mean_displacements(self) -> pa.Table:
        return self.expressions.mean_displacements()

    @property
    def expression_regularity(self) -> pa.Table:
        return self.expressions.expression_regularity()

    @cached_property
    def supervision_effects(self) -> pa.Table:
        return supervision_effects(self.group_distances.to_pylist(), self.choices.expressions[0])

    @cached_property
    def _scores(self) -> dict[str, dict[str, float]]:
        """Scores of included participants by instrument; NaN where the answer is missing."""
        scores: dict[str, dict[str, float]] = {}
        for row in self.score_rows:
            if self.included[row["participant"]]:
                value = np.nan if row["score"] is None else row["score"]
                scores.setdefault(row["instrument"], {})[row["participant"]] = value
        return scores

    @cached_property
    def correlations(self) -> pa.Table:
        values: dict[tuple[str, str], dict[str, float]] = {}
        for row in self.group_distances.to_pylist():
            column = values.setdefault((row["grouping"], f"{row['mask']}_{row['group_id']}"), {})
            distance = row["mean_distance"]
            column[row["participant"]] = np.nan if distance is None else distance
        rows = [
            {"grouping": grouping, "feature": feature, "instrument": instrument}
            | correlation(column, scores)
            for (grouping, feature), column in values.items()
            for instrument, scores in self._scores.items()
        ]
        for grouping in self.groups:
            add_q([row for row in rows if row["grouping"] == grouping])
        return pa.Table.from_pylist(rows)

    @cached_property
    def instrument_correlations(self) -> pa.Table:
        rows = [
            {"instrument_a": a, "instrument_b": b} | correlation(self._scores[a], self._scores[b])
            for a in self._scores
            for b in self._scores
            if a < b
        ]
        add_q(rows)
        return pa.Table.from_pylist(rows)


def _spread(values: list[Any], rows: Numbers) -> pa.Array:
    return pa.array(values).take(pa.array(rows))


def _points(point: Numbers, xyz: Vectors) -> dict[str, Any]:
    return {"point": point} | {axis: _floats(xyz[..., at]) for at, axis in enumerate("xyz")}


def _floats(values: Vectors) -> pa.Array:
    return pa.array(values, pa.float64(), from_pandas=True)
