"""The relations of pairs, every point of a face against every other, by broadcasting."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import polars as pl

from tests.lakehouse.reference.arithmetic import mean_known
from tests.lakehouse.reference.faces import MESH, Numbers, Vectors, has_own_neutral
from tests.lakehouse.reference.movement import Reference

MEANS = ("mean_change", "mean_abs_change", "mean_change_from_mean", "mean_abs_change_from_mean")
CELL = ("participant", "expression", "supervised", "mask")
AT_ONCE = 64
"""Participants whose faces the steps take together."""


class Pairs:
    """Relations about the distances between points.

    Parameters
    ----------
    reference : Reference
    muscles : list of dict
        Rows of the relation muscles.
    """

    RELATIONS: ClassVar = (
        *("pair_changes", "pair_changes_once", "pair_changes_by_point", "pair_changes_by_mask"),
        *("pair_changes_by_muscle", "pair_changes_by_muscle_group", "pair_faces"),
        "cell_pair_changes",
    )

    def __init__(self, reference: Reference, muscles: list[dict[str, Any]]) -> None:
        self._reference = reference
        self._muscles = muscles

    def _distances_in(self, face: Vectors) -> Vectors:
        """From every point to every other, shape (468, 468)."""
        axes = [face[:MESH, axis] for axis in range(self._reference.choices.dimensions)]
        squares: Vectors = sum((axis[:, None] - axis[None, :]) ** 2 for axis in axes)  # type: ignore[assignment]
        return np.sqrt(squares)

    @cached_property
    def _mean_neutral(self) -> Vectors:
        reference = self._reference
        faces = list(reference.own_neutrals.values())
        return mean_known(np.array(faces).reshape(-1, *reference.cell_means.shape[1:]))

    @cached_property
    def _results(self) -> tuple[dict[str, dict[str, Vectors]], Vectors]:
        """Sums per mask, and per compared cell the means of its points, shape (cells, 468, 4)."""
        reference = self._reference
        mean_neutral = self._distances_in(self._mean_neutral)
        own = {
            cell.participant: self._distances_in(reference.reference_of(cell.participant))
            for cell in reference.cells
        }
        sums: dict[str, dict[str, Vectors]] = {}
        known_changes: dict[str, list[Vectors]] = {}
        by_point = np.empty((len(reference.compared), MESH, 4))
        for row, at in enumerate(reference.compared):
            cell = reference.cells[at]
            distances = self._distances_in(reference.cell_means[at])
            change, from_mean = distances - own[cell.participant], distances - mean_neutral
            measured = (change, abs(change), from_mean, abs(from_mean))
            by_point[row] = np.stack([matrix.sum(axis=0) / (MESH - 1) for matrix in measured], 1)
            of_mask = sums.setdefault(
                cell.mask, {name: np.zeros((MESH, MESH)) for name in ("change", "size", "people")}
            )
            known = known_changes.setdefault(cell.mask, [])
            if not np.isnan(change).any():
                of_mask["change"] += change
                of_mask["size"] += abs(change)
                of_mask["people"] += 1
                known.append(change)
        for mask, known in known_changes.items():
            several = len(known) > 1
            sums[mask]["sd"] = (
                np.std(known, axis=0, ddof=1) if several else np.full((MESH, MESH), np.nan)
            )
        return sums, by_point

    def _changes(self, point_a: Numbers, point_b: Numbers) -> pl.DataFrame:
        """Mean changes of some pairs in every mask."""
        tables = [pl.DataFrame()]
        for mask, sums in self._results[0].items():
            change, size, people, sd = (part[point_a, point_b] for part in sums.values())
            known = np.where(people > 0, people, np.nan)
            columns = {
                "point_a": point_a,
                "point_b": point_b,
                "mean_change": change / known,
                "mean_abs_change": size / known,
                "sd_change": sd,
                "participants": people.astype(int),
            }
            [keys] = self._reference.mask_rows(mask)
            tables.append(
                pl.DataFrame(columns).with_columns(
                    pl.lit(value).alias(name) for name, value in keys.items()
                )
            )
        return pl.concat(tables, how="diagonal")

    @property
    def pair_changes(self) -> pl.DataFrame:
        point_a, point_b = (axis.ravel() for axis in np.indices((MESH, MESH)))
        return self._changes(point_a, point_b)

    @property
    def pair_changes_once(self) -> pl.DataFrame:
        once = self._changes(*np.triu_indices(MESH))
        return once.drop("expression", "supervised", strict=False)

    @property
    def cell_pair_changes(self) -> dict[str, Any]:
        reference = self._reference
        numbers = [reference.number_of(reference.cells[at]) for at in reference.compared]
        return {
            "cell_index": np.repeat(np.array(numbers, np.intp), MESH),
            "point": np.tile(np.arange(MESH), len(numbers)),
            **dict(zip(MEANS, self._results[1].reshape(-1, 4).T, strict=True)),
        }

    @property
    def pair_faces(self) -> pl.DataFrame:
        reference = self._reference
        rest = reference.choices.reference != "own"
        order = sorted(
            who
            for who, cells in reference.candidates.items()
            if "00-00" in cells or (rest and cells)
        )
        tables = [pl.DataFrame()]
        faces: dict[tuple[int, int, int, str | None], Vectors] = {}
        for cell, face in zip(reference.cells, reference.cell_means, strict=True):
            own = 0
            if cell.participant in reference.own_neutrals:
                own = reference.cell_numbers[cell.participant, "00-00"]
            batch = order.index(cell.participant) // AT_ONCE
            faces[batch, reference.number_of(cell), own, cell.mask] = face
        needed = {
            order.index(who) // AT_ONCE
            for who, cells in reference.candidates.items()
            if rest and not has_own_neutral(cells) and any(mask != "00-00" for mask in cells)
        }
        for batch in needed if reference.face_of_the_rest is not None else ():
            faces[batch, 0, 0, None] = reference.face_of_the_rest
        for key, face in faces.items():
            keys = dict(zip(("batch", "cell_index", "neutral_index", "mask"), key, strict=True))
            columns: dict[str, Any] = {"point": np.arange(MESH)}
            for prefix, of_face in (("", face), ("mean_", self._mean_neutral)):
                columns |= {f"{prefix}{axis}": of_face[:MESH, at] for at, axis in enumerate("xyz")}
            tables.append(
                pl.DataFrame(columns).with_columns(
                    pl.lit(value).alias(name) for name, value in keys.items()
                )
            )
        return pl.concat(tables, how="diagonal")

    @property
    def pair_changes_by_point(self) -> pl.DataFrame:
        keys = pl.DataFrame(self._keys(), schema=CELL)
        cells = keys.select(pl.all().repeat_by(MESH).explode())
        points = {"point": np.tile(np.arange(MESH), len(keys))}
        means = dict(zip(MEANS, self._results[1].reshape(-1, 4).T, strict=True))
        return cells.hstack(pl.DataFrame(points | means))

    def _means_of(self, at: int, points: list[int]) -> dict[str, float]:
        """Mean over some points of a compared cell, by its place among these."""
        means = self._results[1][at, points].mean(axis=0)
        return dict(zip(MEANS, means.tolist(), strict=True))

    def _keys(self) -> list[dict[str, Any]]:
        """Participant and mask of every compared cell."""
        cells = [self._reference.cells[at] for at in self._reference.compared]
        return [{name: getattr(cell, name) for name in CELL} for cell in cells]

    @property
    def pair_changes_by_mask(self) -> list[dict[str, Any]]:
        every = list(range(MESH))
        return [keys | self._means_of(at, every) for at, keys in enumerate(self._keys())]

    @property
    def pair_changes_by_muscle(self) -> list[dict[str, Any]]:
        return self._grouped("muscle", "side")

    @property
    def pair_changes_by_muscle_group(self) -> list[dict[str, Any]]:
        return self._grouped("muscle_group")

    def _grouped(self, *names: str) -> list[dict[str, Any]]:
        groups: dict[tuple[str, ...], set[int]] = {}
        for row in self._muscles:
            groups.setdefault(tuple(row[name] for name in names), set()).add(row["point"])
        return [
            keys
            | dict(zip(names, group, strict=True))
            | {"points": len(points)}
            | self._means_of(at, sorted(points))
            for at, keys in enumerate(self._keys())
            for group, points in groups.items()
        ]
