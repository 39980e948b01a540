"""Which photographs and participants enter the results, and why others do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from tests.lakehouse.reference.faces import Faces, has_own_neutral
from tests.lakehouse.reference.lake import covariate_rows

Row = dict[str, Any]
POSES: dict[str, Callable[[float], float]] = {"yaw": abs, "pitch": float, "roll": abs}
"""How each angle enters a mean: turning or tilting to either side is alike."""


class Quality:
    """Verdicts on photographs, cells and participants.

    Parameters
    ----------
    faces : Faces
    """

    RELATIONS: ClassVar = (
        *("photo_verdicts", "cells", "mask_labels", "mask_poses"),
        *("exclusions", "participants", "covariates"),
    )

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._photos = list(zip(faces.photo_numbers, faces.photo_rows, faces.verdicts, strict=True))

    @cached_property
    def photo_verdicts(self) -> list[Row]:
        return [
            {"photo_index": number, "mask": mask, "usable": reason is None, "reason": reason}
            for number, _, (mask, reason) in self._photos
        ]

    @property
    def cells(self) -> list[Row]:
        return [
            {
                "cell_index": self._faces.number_of(cell),
                "participant": cell.participant,
                "expression": cell.expression,
                "supervised": cell.supervised,
                "mask": cell.mask,
                "photos": cell.found,
                "usable_photos": len(cell.photos),
            }
            for cells in self._faces.candidates.values()
            for cell in cells.values()
        ]

    @property
    def mask_labels(self) -> list[Row]:
        words = {code: name for name, code in self._faces.choices.codes().items()}
        return [
            {
                "mask": mask,
                "expression": words[int(mask[:2])],
                "supervised": mask.endswith("1"),
                "is_reference": mask == "00-00",
            }
            for mask in self._faces.known_masks
        ]

    @property
    def mask_poses(self) -> list[Row]:
        usable: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
        for _, row, (mask, reason) in self._photos:
            if reason is None:
                usable[row["participant"], mask].append(row)
        return [
            {"participant": who, "mask": mask, "photos": len(rows)} | _mean_poses(rows)
            for (who, mask), rows in usable.items()
        ]

    @property
    def covariates(self) -> list[Row]:
        usable: dict[str, list[Row]] = defaultdict(list)
        for _, row, (_, reason) in self._photos:
            if reason is None:
                usable[row["participant"]].append(row)
        poses = [
            {"participant": who, "covariate": name, "value": value, "category": None}
            for who, rows in usable.items()
            for name, value in _mean_poses(rows).items()
            if value is not None
        ]
        return covariate_rows(self._faces) + poses

    @property
    def participants(self) -> list[Row]:
        faces = self._faces
        scored = {row["participant"] for row in faces.score_rows if row["score"] is not None}
        return [
            {
                "participant": who,
                "included": included,
                "photos": sum(row["participant"] == who for row in faces.photo_rows),
                "masks": sum(bool(cell.photos) for cell in faces.candidates.get(who, {}).values()),
                "has_scores": who in scored,
                "compared_with": self._compared_with(who) if included else None,
            }
            for who, included in faces.included.items()
        ]

    def _compared_with(self, who: str) -> str:
        own = has_own_neutral(self._faces.candidates.get(who, {}))
        return "own" if own else self._faces.choices.reference

    @property
    def exclusions(self) -> list[Row]:
        found = {
            "unusable": self._unusable_photos(),
            "counts": self._photo_counts(),
            "masks": self._missing_masks(),
            "scores": self._scores(),
        }
        names = ("participant", "reason", "scope", "detail")
        return [dict(zip(names, row, strict=True)) for rows in found.values() for row in rows]

    def _unusable_photos(self) -> list[tuple[str, ...]]:
        named: dict[tuple[str, str], list[str]] = defaultdict(list)
        for _, row, (mask, reason) in sorted(self._photos, key=lambda photo: photo[0]):
            if reason is not None:
                name = f"{mask or row['expression']} {row['photo']}"
                named[row["participant"], reason].append(name)
        strict = self._faces.choices.photos_per_mask is not None
        return [
            (
                who,
                reason,
                "participant" if strict and reason != "unlisted_expression" else "photo",
                ", ".join(photos),
            )
            for (who, reason), photos in named.items()
        ]

    def _photo_counts(self) -> list[tuple[str, ...]]:
        wanted = self._faces.choices.photos_per_mask
        found: list[tuple[str, ...]] = []
        for who, cells in self._faces.candidates.items():
            wrong = [
                f"{mask} has {cell.found} of {wanted}"
                for mask, cell in sorted(cells.items())
                if cell.found != wanted
            ]
            if wrong and wanted is not None:
                found.append((who, "photo_count", "participant", ", ".join(wrong)))
        return found

    def _missing_masks(self) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for who, cells in self._faces.candidates.items():
            there = {mask for mask, cell in cells.items() if cell.photos}
            missing = self._faces.known_masks - there
            needed = self._faces.needs(who)
            for scope, masks in (("participant", missing & needed), ("mask", missing - needed)):
                if masks:
                    found.append((who, "missing_mask", scope, ", ".join(sorted(masks))))
        return found

    def _scores(self) -> list[tuple[str, ...]]:
        asked = {row["instrument"] for row in self._faces.score_rows}
        answered: dict[str, set[str]] = defaultdict(set)
        for row in self._faces.score_rows:
            answered[row["participant"]].update(
                [row["instrument"]] if row["score"] is not None else []
            )
        photographed = self._faces.candidates.keys()
        found: list[tuple[str, ...]] = [
            (who, "no_photos", "participant", "scores only")
            for who in answered.keys() - photographed
        ]
        for who in photographed if asked else ():
            if not answered.get(who):
                found.append((who, "no_scores", "correlations", "every instrument"))
        for who, instruments in answered.items():
            if instruments and instruments != asked:
                missing = ", ".join(sorted(asked - instruments))
                found.append((who, "missing_score", "correlations", missing))
        return found


def _mean_poses(rows: list[Row]) -> dict[str, float | None]:
    means = {}
    for name, size in POSES.items():
        known = [size(row[name]) for row in rows if row[name] is not None]
        means[name] = float(np.mean(known)) if known else None
    return means
