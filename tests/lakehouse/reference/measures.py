"""Measures of one's own, each computed by itself from dense arrays."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np

from tests.lakehouse.reference.atlas import Atlas, mirror_images
from tests.lakehouse.reference.faces import PHOTO, Cell, Choices, Vectors
from tests.lakehouse.reference.movement import Reference

Row = dict[str, Any]

OF_TWO_FACES: Final = ("movement", "side_difference")
UNITS: Final = {"ratio": "1", "angle": "deg"}
SIDES: Final = ("left", "right")


class Measure:
    """A measure as the settings give it.

    Parameters
    ----------
    given : dict
        Of its keys, those that are there.
    muscles : list of dict
        Rows of the relation muscles.
    """

    def __init__(self, given: Row, muscles: list[Row]) -> None:
        kinds = ("distance", "ratio", "angle", *OF_TWO_FACES)
        [self.kind] = [kind for kind in kinds if kind in given]
        self.given, said = given, given[self.kind]
        self.muscle = said if isinstance(said, str) else None
        self.sides = [side for _, side in mirror_images()]
        if self.muscle is not None:
            self.points = sorted({row["point"] for row in muscles if row["muscle"] == said})
        elif self.kind == "ratio":
            self.points = sorted({point for pair in [*said, *given["over"]] for point in pair})
        elif self.kind == "side_difference":
            self.points = sorted({*said, *(mirror_images()[point][0] for point in said)})
        else:
            self.points = sorted(said)

    @property
    def parts(self) -> list[tuple[str, int, list[int]]]:
        """What the settings list: part, place and points."""
        if self.muscle is not None:
            return []
        listed = {self.kind: self.given[self.kind], "over": self.given.get("over", [])}
        if self.kind in ("distance", "angle"):
            return [(self.kind, 0, listed[self.kind])]
        together = [(part, item) for part, items in listed.items() for item in items]
        return [
            (part, place, item if isinstance(item, list) else [item])
            for place, (part, item) in enumerate(together)
        ]

    def value(self, face: Vectors, neutral: Vectors | None) -> tuple[float, float]:
        """Give the value of a face and of the neutral one, each of shape (468, d)."""
        if self.kind in OF_TWO_FACES:
            if neutral is None:
                return np.nan, np.nan
            moved = np.linalg.norm(face - neutral, axis=1)
            value = self._moved(moved)
            return value, 0.0 if np.isfinite(value) else np.nan
        return self._of(face), np.nan if neutral is None else self._of(neutral)

    def _moved(self, distances: Vectors) -> float:
        if self.kind == "movement":
            return float(distances[self.points].mean())
        left, right = (
            distances[[point for point in self.points if self.sides[point] == side]].mean()
            for side in SIDES
        )
        return float(left - right)

    def _of(self, face: Vectors) -> float:
        said = self.given[self.kind]
        if self.kind == "angle":
            one, other = face[said[0]] - face[said[1]], face[said[2]] - face[said[1]]
            if not one.any() or not other.any():
                return np.nan
            # Kahan's, which is exact for any angle.
            u, v = one * np.linalg.norm(other), other * np.linalg.norm(one)
            half = np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v))
            return float(np.rad2deg(2 * half))
        lengths = [
            np.mean([np.linalg.norm(face[a] - face[b]) for a, b in pairs])
            for pairs in ([[said]] if self.kind == "distance" else [said, self.given["over"]])
        ]
        return float(lengths[0] if len(lengths) == 1 else lengths[0] / (lengths[1] or np.nan))


class Measured(Reference):
    """Results that know the measures too.

    Parameters
    ----------
    lake : Path
    choices : Choices
    measures : mapping of str to dict
        Of the settings, without what is None.
    of_one_side : dict of str to list of int
        As `Atlas` takes it.
    own_muscles : Path or None
    """

    RELATIONS: ClassVar = (
        *Reference.RELATIONS,
        *("measure_parts", "measure_points", "measure_definitions"),
        *("measured_landmarks", "face_measures", "measures", "photo_measures"),
    )

    def __init__(
        self,
        lake: Path,
        choices: Choices,
        measures: Mapping[str, Row],
        of_one_side: dict[str, list[int]],
        own_muscles: Path | None,
    ) -> None:
        super().__init__(lake, choices)
        self.atlas = Atlas(self.basis, of_one_side, own_muscles)
        muscles = self.atlas.muscles
        self.defined = {name: Measure(given, muscles) for name, given in measures.items()}

    @property
    def measure_parts(self) -> list[Row]:
        return [
            {"measure": name, "part": part, "place": place}
            | dict(zip("abc", [*points, None, None], strict=False))
            for name, measure in self.defined.items()
            for part, place, points in measure.parts
        ]

    @property
    def measure_points(self) -> list[Row]:
        return [
            {"measure": name, "point": point, "side": measure.sides[point]}
            for name, measure in self.defined.items()
            for point in measure.points
        ]

    @cached_property
    def measure_definitions(self) -> list[Row]:
        rows = []
        for number, (name, measure) in enumerate(self.defined.items()):
            sides = {measure.sides[point] for point in measure.points}
            label = measure.given.get("label_en") or " ".join(name.split("_"))
            rows.append(
                {"measure": name, "kind": measure.kind, "group_id": number}
                | {"unit": UNITS.get(measure.kind, "aligned px"), "muscle": measure.muscle}
                | {"points": len(measure.points), "label_en": label}
                | {"side": next((side for side in SIDES if sides == {side}), "both")}
                | {"label_pt": measure.given.get("label_pt") or label}
            )
        return rows

    def _flat(self, face: Vectors) -> Vectors:
        """The mesh in the chosen dimensions."""
        return face[:468, : self.choices.dimensions]

    def _row(self, name: str, face: Vectors, neutral: Vectors | None) -> Row:
        value, rest = self.defined[name].value(
            self._flat(face), None if neutral is None else self._flat(neutral)
        )
        return {"measure": name, "value": value, "neutral_value": rest, "change": value - rest}

    @cached_property
    def measures(self) -> list[Row]:
        rows = []
        for at in self.compared:
            cell = self.cells[at]
            neutral = self.reference_of(cell.participant)
            rows += [
                _keys(cell) | self._row(name, self.cell_means[at], neutral) for name in self.defined
            ]
        return rows

    @cached_property
    def _partners(self) -> dict[int, tuple[int, int]]:
        """Of each photograph that has one, its place and its neutral partner."""
        found = {}
        for cell, neutral in self.pairs:
            both = (
                sorted(each.photos, key=lambda at: self.photo_numbers[at])
                for each in (cell, neutral)
            )
            for place, (photo, still) in enumerate(zip(*both, strict=False), start=1):
                found[photo] = place, still
        return found

    @cached_property
    def photo_measures(self) -> list[Row]:
        rows = []
        for cell in self.cells:
            for photo in cell.photos:
                place, still = self._partners.get(photo, (None, None))
                neutral = None if still is None else self.aligned[still]
                keys = _keys(cell) | {"photo": self.photo_rows[photo]["photo"], "place": place}
                rows += [
                    keys | self._row(name, self.aligned[photo], neutral) for name in self.defined
                ]
        return rows

    @property
    def measured_landmarks(self) -> list[Row]:
        points = sorted({point for measure in self.defined.values() for point in measure.points})
        return [
            {"photo_index": self.photo_numbers[photo], "point": point}
            | dict(zip("xyz", map(float, self.aligned[photo, point]), strict=True))
            for cell in self.cells
            for photo in cell.photos
            for point in points
        ]

    @property
    def face_measures(self) -> list[Row]:
        numbers = {(cell.participant, cell.mask): self.number_of(cell) for cell in self.cells}
        photos = {tuple(row[k] for k in PHOTO): n for row, n in self._numbered_photos()}
        rows = [
            _of_face("mask", numbers[row["participant"], row["mask"]], row) for row in self.measures
        ]
        rows += [
            _of_face("photo", photos[tuple(row[key] for key in PHOTO)], row)
            for row in self.photo_measures
        ]
        references = {}
        for at in self.compared:
            who = self.cells[at].participant
            own = who in self.own_neutrals
            references[numbers[who, "00-00"] if own else 0] = self.reference_of(who)
        rows += [
            _of_face("reference", number, self._row(name, face, None))
            for number, face in references.items()
            for name in self.defined
        ]
        return rows

    def _numbered_photos(self) -> list[tuple[Row, int]]:
        return list(zip(self.photo_rows, self.photo_numbers, strict=True))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.defined)}

    @property
    def feature_rows(self) -> list[Row]:
        return super().feature_rows + [self._as_group(row) for row in self.measures]

    @cached_property
    def photo_changes(self) -> list[Row]:
        placed = [row for row in self.photo_measures if row["place"] is not None]
        return [self._as_group(row) for row in sorted(placed, key=lambda row: row["place"])]

    def _as_group(self, row: Row) -> Row:
        change = row["change"]
        return row | {
            "grouping": "measures",
            "group_id": self._number[row["measure"]],
            "mean_distance": change,
        }


def _keys(cell: Cell) -> Row:
    names = ("participant", "expression", "supervised", "mask")
    return {name: getattr(cell, name) for name in names}


def _of_face(kind: str, index: int, row: Row) -> Row:
    kept = ("measure", "value", "neutral_value", "change")
    return {"face_kind": kind, "face_index": index} | {name: row[name] for name in kept}
