"""With a cue against without, and how alike participants show an expression.

Part of the independent reference; see `tests.lakehouse.reference`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import stats
from sklearn.neighbors import NearestCentroid

from tests.lakehouse.reference_faces import MESH, Cell, Faces, Vectors
from tests.lakehouse.reference_numbers import mean_known

CONDITIONS = {"supervised": {True}, "unsupervised": {False}, "pooled": {True, False}}
Row = dict[str, Any]


def paired(first: dict[str, float], second: dict[str, float]) -> Row:
    """Compare two values of everybody who has both."""
    both = [(first[who], second[who]) for who in first if who in second]
    x, y = np.array(both, dtype=np.float64).reshape(-1, 2).T
    known = ~np.isnan(x) & ~np.isnan(y)
    x, y = x[known], y[known]
    differences = x - y
    row: Row = {
        "n": len(x),
        "mean_difference": float(differences.mean()) if len(x) else None,
        **dict.fromkeys(("t_p", "cohen_dz", "wilcoxon_p", "rank_biserial")),
    }
    if len(x) < 2 or np.ptp(differences) == 0:
        return row
    ranks = stats.rankdata(np.abs(differences)) * np.sign(differences)
    return row | {
        "t_p": float(stats.ttest_rel(x, y).pvalue),
        "cohen_dz": float(differences.mean() / differences.std(ddof=1)),
        "wilcoxon_p": float(stats.wilcoxon(x, y, zero_method="pratt").pvalue),
        "rank_biserial": float(ranks.sum() / np.abs(ranks).sum()),
    }


def supervision_effects(groups: list[Row], reference_expression: str) -> pa.Table:
    """Compare the conditions in every group of `group_distances`."""
    keys = ("grouping", "expression", "group_id")
    values: dict[tuple[Any, ...], dict[bool, dict[str, float]]] = {}
    for row in groups:
        if row["expression"] != reference_expression:
            sides = values.setdefault(tuple(row[key] for key in keys), {True: {}, False: {}})
            distance = row["mean_distance"]
            sides[row["supervised"]][row["participant"]] = np.nan if distance is None else distance
    rows = [
        dict(zip(keys, key, strict=True)) | paired(sides[True], sides[False])
        for key, sides in values.items()
    ]
    for grouping, name in product({row["grouping"] for row in rows}, ("t", "wilcoxon")):
        family = [row for row in rows if row["grouping"] == grouping]
        tested = [row for row in family if row[f"{name}_p"] is not None]
        for row in family:
            row[f"{name}_q"] = None
        p = [row[f"{name}_p"] for row in tested]
        for row, q in zip(tested, stats.false_discovery_control(p) if p else (), strict=True):
            row[f"{name}_q"] = float(q)
    return pa.Table.from_pylist(rows)


class Expressions:
    """Means and spreads of the displacement fields, and what is taken for what.

    Parameters
    ----------
    faces : Faces
    """

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        axes = faces.choices.dimensions
        self._moved = faces.displacements
        self._fields = faces.displacements[..., :axes]
        self._cells = [faces.cells[at] for at in faces.compared]
        self._at = dict(zip(map(id, self._cells), faces.compared.tolist(), strict=True))

    def _of(self, cells: list[Cell], values: Vectors) -> Vectors:
        return values[[self._at[id(cell)] for cell in cells]]

    def _by_mask(self, row: Callable[[list[Cell]], list[Row]]) -> pa.Table:
        rows = []
        for mask in sorted({cell.mask for cell in self._cells}):
            cells = [cell for cell in self._cells if cell.mask == mask]
            complete = ~np.isnan(self._of(cells, self._fields)).any(axis=(1, 2))
            cells = [cell for cell, whole in zip(cells, complete, strict=True) if whole]
            if cells:
                names = ("expression", "supervised", "mask")
                keys = {name: getattr(cells[0], name) for name in names}
                rows += [keys | {"participants": len(cells)} | values for values in row(cells)]
        return pa.Table.from_pylist(rows)

    def _means(self, cells: list[Cell]) -> tuple[Vectors, Vectors, Vectors, Vectors]:
        """Length of the mean and mean length, chance length and variance, shape (468,) each."""
        fields = self._of(cells, self._fields)
        lengths, n = np.linalg.norm(fields, axis=2), len(cells)
        factor = np.pi / 4 if fields.shape[2] == 2 else 8 / (3 * np.pi)
        chance = np.sqrt(factor * (lengths**2).sum(axis=0)) / n if n > 1 else lengths[0]
        spread = fields.var(axis=0, ddof=1).sum(axis=1) if n > 1 else np.full(MESH, np.nan)
        return np.linalg.norm(fields.mean(axis=0), axis=1), lengths.mean(axis=0), chance, spread

    def mean_displacements(self) -> pa.Table:
        """Give the relation of that name."""

        def rows(cells: list[Cell]) -> list[Row]:
            means = mean_known(self._of(cells, self._moved))
            columns = [*means.T, *self._means(cells)]
            names = ("dx", "dy", "dz", "mean_shift", "mean_distance", "chance_shift", "variance")
            return [
                {"point": point}
                | {
                    name: None if np.isnan(column[point]) else float(column[point])
                    for name, column in zip(names, columns, strict=True)
                }
                for point in range(MESH)
            ]

        return self._by_mask(rows)

    def expression_regularity(self) -> pa.Table:
        """Give the relation of that name, without intervals."""

        def rows(cells: list[Cell]) -> list[Row]:
            shift, distance, chance, spread = (part.mean() for part in self._means(cells))
            flat = self._of(cells, self._fields).reshape(len(cells), -1)
            cosines = []
            for at, own in enumerate(flat if len(cells) > 1 else ()):
                others = np.delete(flat, at, axis=0).mean(axis=0)
                cosines.append(own @ others / np.linalg.norm(own) / np.linalg.norm(others))
            return [
                {
                    "mean_shift": float(shift),
                    "mean_distance": float(distance),
                    "resultant_ratio": float(shift / distance),
                    "chance_ratio": float(chance / distance),
                    "mean_cosine": float(np.mean(cosines)) if cosines else None,
                    "dispersion": float(np.sqrt(spread)) if len(cells) > 1 else None,
                }
            ]

        return self._by_mask(rows)

    def nearest_centroids(self) -> pa.Table:
        """Give what scikit-learn takes each mask for, by condition, as expression_predictions."""
        reference = self._faces.choices.expressions[0]
        rows: list[Row] = []
        for condition, cues in CONDITIONS.items():
            cells = [
                cell
                for cell in self._cells
                if cell.expression != reference and cell.supervised in cues
            ]
            fields = self._of(cells, self._fields).reshape(len(cells), -1)
            shown = np.array([cell.expression for cell in cells])
            people = np.array([cell.participant for cell in cells])
            for who in np.unique(people):
                own = people == who
                fitted = NearestCentroid().fit(fields[~own], shown[~own])
                predicted = fitted.predict(fields[own]).tolist()
                for cell, taken in zip(np.flatnonzero(own), predicted, strict=True):
                    names = ("participant", "expression", "supervised", "mask")
                    keys = {name: getattr(cells[cell], name) for name in names}
                    rows.append({"condition": condition, **keys, "predicted": taken})
        return pa.Table.from_pylist(rows)
