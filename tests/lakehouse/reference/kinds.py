"""Movement measured in three ways, pair of photographs by pair of photographs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import permutations, product
from typing import Any, ClassVar

import numpy as np

from tests.lakehouse.reference.arithmetic import mean_known
from tests.lakehouse.reference.faces import MESH, Cell, Vectors
from tests.lakehouse.reference.measures import Measure, Measured
from tests.lakehouse.reference.names import feature_of

Row = dict[str, Any]

STILL = 1e-6
"""Aligned pixels: who moves less has no direction."""

NO_DISTANCE = "there is no distance"
ALONE = "nobody else moves in a direction"
TWO_FACES = "a difference between the sides is of two faces, so its noise does not cancel"
OTHER_FACE = "compared with another face than the own, so its build counts"
TOO_FEW = (
    "fewer than two photographs of the mask or of the neutral face, or one of them without depth"
)


class Kinds:
    """Relations about the ways to measure movement.

    Parameters
    ----------
    reference : Measured
    """

    RELATIONS: ClassVar = ("features", "movement_features")

    def __init__(self, reference: Measured) -> None:
        self._reference = reference
        self._sums: dict[str, tuple[Vectors, Vectors]] = {}

    @property
    def features(self) -> Any:
        chosen = self._reference.choices.feature
        if chosen == "distance":
            return self._reference.features
        names = ("participant", "feature", "expression", "supervised", "mask")
        return [
            {name: row[name] for name in (*names, "grouping", "group_id")} | {"value": row[chosen]}
            for row in self.movement_features
        ]

    @cached_property
    def movement_features(self) -> list[Row]:
        return [*self._of_points(), *self._of_numbers()]

    def _grouped(self) -> Iterator[tuple[str, int, str | None, list[int]]]:
        """Everything that is made of points that move."""
        for grouping, group, points in self._reference.each_group():
            if grouping.endswith("_eyes"):
                yield grouping, group, None, points
        for number, (name, measure) in enumerate(self._reference.defined.items()):
            if measure.kind == "movement":
                yield "measures", number, name, measure.points

    def _of_points(self) -> Iterator[Row]:
        reference = self._reference
        squares = {at: self._squares(reference.cells[at]) for at in reference.compared}
        for at in reference.compared:
            cell = reference.cells[at]
            moved = reference.displacements[at][:, : reference.choices.dimensions]
            lengths = np.linalg.norm(moved, axis=1)
            along = self._along(at)
            for grouping, group, name, points in self._grouped():
                distance = mean_known(lengths[points])
                unbiased = squares[at]
                yield self._row(
                    cell,
                    (grouping, group, name),
                    distance=float(distance),
                    projected=float(mean_known(along[points])),
                    unbiased=np.nan if unbiased is None else float(unbiased[points].mean()),
                    square=float((lengths[points] ** 2).mean()),
                )

    def _along(self, at: int) -> Vectors:
        """Displacement along the mean one of all others in the mask, shape (468,)."""
        reference = self._reference
        moved = reference.displacements[at][:, : reference.choices.dimensions]
        known = ~np.isnan(moved).any(axis=1, keepdims=True)
        sums, counts = self._summed(reference.cells[at].mask)
        with np.errstate(invalid="ignore"):
            mean = (sums - np.where(known, moved, 0.0)) / (counts - known)
        length = np.linalg.norm(mean, axis=1)
        found: Vectors = np.full(MESH, np.nan)
        some = length > STILL
        found[some] = (moved[some] * mean[some] / length[some, None]).sum(axis=1)
        return found

    def _summed(self, mask: str) -> tuple[Vectors, Vectors]:
        """Displacements of all in a mask, summed, and how many are known, by point."""
        if mask not in self._sums:
            reference = self._reference
            moved = reference.displacements[reference.of_mask(mask)]
            moved = moved[..., : reference.choices.dimensions]
            known = ~np.isnan(moved).any(axis=2, keepdims=True)
            self._sums[mask] = np.where(known, moved, 0.0).sum(axis=0), known.sum(axis=0)
        return self._sums[mask]

    def _squares(self, cell: Cell) -> Vectors | None:
        """Mean product of displacements that share no photograph, shape (468,)."""
        neutral = self._own.get((cell.participant, cell.mask))
        if neutral is None:
            return None
        faces, stills = map(self._reference.photographs, (cell, neutral))
        products = [
            ((faces[a] - stills[b]) * (faces[c] - stills[d])).sum(axis=1)
            for (a, c), (b, d) in product(
                permutations(range(len(faces)), 2), permutations(range(len(stills)), 2)
            )
        ]
        return np.mean(products, axis=0) if products else None

    @cached_property
    def _own(self) -> dict[tuple[str, str], Cell]:
        """The neutral cell of each compared one, by participant and mask."""
        pairs = self._reference.pairs
        return {(cell.participant, cell.mask): neutral for cell, neutral in pairs}

    def _of_numbers(self) -> Iterator[Row]:
        """Measures that are one signed number."""
        reference = self._reference
        numbers = {name: number for number, name in enumerate(reference.defined)}
        cells = {(cell.participant, cell.mask): cell for cell in reference.cells}
        for row in reference.measures:
            measure = reference.defined[row["measure"]]
            if measure.kind == "movement":
                continue
            others = [
                each["change"]
                for each in reference.measures
                if each["mask"] == row["mask"]
                and each["measure"] == row["measure"]
                and each["participant"] != row["participant"]
                and not np.isnan(each["change"])
            ]
            way = np.mean(others) if others else np.nan
            cell = cells[row["participant"], row["mask"]]
            unbiased, square = self._products(measure, cell)
            yield self._row(
                cell,
                ("measures", numbers[row["measure"]], row["measure"]),
                distance=row["change"],
                projected=row["change"] * np.sign(way) if abs(way) > 1e-9 else np.nan,
                unbiased=unbiased,
                square=square,
            )

    def _products(self, measure: Measure, cell: Cell) -> tuple[float, float]:
        """Mean product of the changes between photographs, and square of their mean change."""
        neutral = self._own.get((cell.participant, cell.mask))
        if neutral is None or measure.kind == "side_difference":
            return np.nan, np.nan
        faces, stills = (
            np.array([measure.value(photo, None)[0] for photo in self._reference.photographs(each)])
            for each in (cell, neutral)
        )
        faces, stills = faces[~np.isnan(faces)], stills[~np.isnan(stills)]
        products = [
            (faces[a] - stills[b]) * (faces[c] - stills[d])
            for (a, c), (b, d) in product(
                permutations(range(len(faces)), 2), permutations(range(len(stills)), 2)
            )
        ]
        if not products:
            return np.nan, np.nan
        return float(np.mean(products)), float((faces.mean() - stills.mean()) ** 2)

    def _row(
        self,
        cell: Cell,
        names: tuple[str, int, str | None],
        *,
        distance: float,
        projected: float,
        unbiased: float,
        square: float,
    ) -> Row:
        grouping, group, name = names
        keys: Row = {"participant": cell.participant, "expression": cell.expression}
        keys |= {"supervised": cell.supervised, "mask": cell.mask}
        keys |= {"grouping": grouping, "group_id": group}
        if name is not None:
            keys["measure"] = name
        kind = "" if name is None else self._reference.defined[name].kind
        squared = None
        if np.isnan(distance):
            squared = NO_DISTANCE
        elif kind == "side_difference":
            squared = TWO_FACES
        elif cell.participant not in self._reference.own_neutrals:
            squared = OTHER_FACE
        elif np.isnan(unbiased):
            squared = TOO_FEW
        known = squared is None
        first = NO_DISTANCE if np.isnan(distance) else ALONE if np.isnan(projected) else None
        return (
            {"participant": cell.participant}
            | feature_of(keys)
            | {
                "distance": distance,
                "projected": projected,
                "squared_unbiased": unbiased if known else np.nan,
                "noise_share": 1 - unbiased / square if known and square > STILL**2 else np.nan,
                "projected_reason": first,
                "squared_reason": squared,
            }
        )
