"""How alike participants show an expression."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from scipy.spatial.distance import cosine

from tests.lakehouse.reference.arithmetic import drawn, mean_known
from tests.lakehouse.reference.faces import MESH, Faces, Vectors

Row = dict[str, Any]

ALONE = "fewer than 2 participants show it"
OF_SAMPLES = tuple(
    f"{name}_{end}" for name in ("ratio", "cosine", "dispersion") for end in ("low", "high")
)


class Regularity:
    """Means and spreads of the displacement fields.

    Parameters
    ----------
    faces : Faces
    """

    RELATIONS: ClassVar = ("mean_displacements", "expression_regularity", "regularity_intervals")

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._moved = faces.displacements
        self._fields = faces.displacements[..., : faces.choices.dimensions]

    @property
    def _by_mask(self) -> dict[str, list[int]]:
        """Places of the cells of each mask, in the order of participants, without gappy ones."""
        by_mask: dict[str, list[int]] = {}
        cells = self._faces.cells
        for at in sorted(self._faces.compared.tolist(), key=lambda at: cells[at].participant):
            by_mask.setdefault(cells[at].mask, [])
            if not np.isnan(self._fields[at]).any():
                by_mask[cells[at].mask].append(at)
        return dict(sorted(by_mask.items()))

    def _keys(self, at: int) -> Row:
        cell = self._faces.cells[at]
        return {name: getattr(cell, name) for name in ("expression", "supervised", "mask")}

    def _means(self, fields: Vectors) -> tuple[Vectors, Vectors, Vectors, Vectors]:
        """Length of the mean and mean length, chance length and variance, shape (468,) each."""
        lengths, n = np.linalg.norm(fields, axis=2), len(fields)
        factor = np.pi / 4 if fields.shape[2] == 2 else 8 / (3 * np.pi)
        chance = np.sqrt(factor * (lengths**2).sum(axis=0)) / n if n > 1 else lengths[0]
        spread = fields.var(axis=0, ddof=1).sum(axis=1) if n > 1 else np.full(MESH, np.nan)
        return np.linalg.norm(fields.mean(axis=0), axis=1), lengths.mean(axis=0), chance, spread

    @property
    def mean_displacements(self) -> list[Row]:
        names = ("dx", "dy", "dz", "mean_shift", "mean_distance", "chance_shift", "variance")
        rows: list[Row] = []
        for cells in self._by_mask.values():
            if cells:
                columns = [*mean_known(self._moved[cells]).T, *self._means(self._fields[cells])]
                keys = self._keys(cells[0]) | {"participants": len(cells)}
                rows += [
                    keys | {"point": point} | dict(zip(names, values, strict=True))
                    for point, values in enumerate(np.array(columns).T.tolist())
                ]
        return rows

    @property
    def regularity_intervals(self) -> list[Row]:
        return [{"mask": mask} | row for mask, row in self._intervals.items()]

    @cached_property
    def _intervals(self) -> dict[str, Row]:
        """Everything that stands in regularity_intervals, by mask."""
        choices = self._faces.choices
        found = {}
        for mask, cells in self._by_mask.items():
            row: Row = dict.fromkeys(("mean_cosine", *OF_SAMPLES), np.nan)
            row |= {"bootstraps": choices.bootstraps, "reason": None}
            if len(cells) < 2:
                found[mask] = row | {"reason": ALONE}
                continue
            fields = self._fields[cells]
            row["mean_cosine"] = mean_cosine(list(range(len(fields))), fields)
            samples = [
                (ratio(people, fields), mean_cosine(people, fields), dispersion(people, fields))
                for people in drawn(len(fields), choices.bootstraps, choices.resampling_seed)
            ]
            if samples:
                ends = np.nanpercentile(samples, [2.5, 97.5], axis=0)
                row |= dict(zip(OF_SAMPLES, ends.T.ravel().tolist(), strict=True))
            found[mask] = row
        return found

    @property
    def expression_regularity(self) -> list[Row]:
        rows: list[Row] = []
        for mask, cells in self._by_mask.items():
            if not cells:
                continue
            shift, distance, chance, spread = (
                part.mean() for part in self._means(self._fields[cells])
            )
            moves = distance > 0
            rows.append(
                self._keys(cells[0])
                | self._intervals[mask]
                | {
                    "participants": len(cells),
                    "mean_shift": shift,
                    "mean_distance": distance,
                    "resultant_ratio": shift / distance if moves else np.nan,
                    "chance_ratio": chance / distance if moves else np.nan,
                    "dispersion": np.sqrt(spread),
                }
            )
        return rows


def mean_cosine(people: list[int], fields: Vectors) -> float:
    """Hold each of a sample beside the mean of all who are somebody else."""
    found = []
    for who in people:
        others = [fields[other].ravel() for other in people if other != who]
        if others and fields[who].any() and np.any(np.mean(others, axis=0)):
            found.append(1 - cosine(fields[who].ravel(), np.mean(others, axis=0)))
    return float(np.mean(found)) if found else np.nan


def ratio(people: list[int], fields: Vectors) -> float:
    """Length of a sample's mean displacement over the mean length."""
    mean_length = np.linalg.norm(fields[people], axis=2).mean()
    shift = np.linalg.norm(fields[people].mean(axis=0), axis=1).mean()
    return float(shift / mean_length) if mean_length > 0 else np.nan


def dispersion(people: list[int], fields: Vectors) -> float:
    """Root mean square distance of a sample from its mean."""
    return float(np.sqrt(fields[people].var(axis=0, ddof=1).sum(axis=1).mean()))
