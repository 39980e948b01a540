"""Which photographs and participants enter the results, and why others do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from tests.lakehouse.reference.faces import Faces, has_own_neutral
from tests.lakehouse.reference.lake import covariate_rows

Row = dict[str, Any]
_Suspicion = tuple[int, str, str, str]
"""What it is sorted by, participant, suspicion and detail."""
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
        *("exclusions", "participants", "covariates", "same_photos", "suspicions"),
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

    @cached_property
    def _sames(self) -> list[list[tuple[int, Row, str | None]]]:
        """Photographs that equal each other, in their order, with number, row and mask."""
        met: dict[object, set[int]] = defaultdict(set)
        group_of: dict[int, set[int]] = {}
        known = {number: (row, mask) for number, row, (mask, _) in self._photos}
        for (number, row, _), face, alignable in zip(
            self._photos, self._faces.landmarks, self._faces.alignable, strict=True
        ):
            marks: list[object] = [face.tobytes()] if alignable else []
            if row["status"] == "ok" and row["sha256"] is not None:
                marks.append(row["sha256"])
            together = {number}.union(*(met[mark] for mark in marks))
            for mark in marks:
                met[mark] = together
            for other in list(together):
                together |= group_of.get(other, set())
            for other in together:
                group_of[other] = together
        groups = {min(group): sorted(group) for group in group_of.values() if len(group) > 1}
        return [[(number, *known[number]) for number in group] for group in groups.values()]

    @property
    def same_photos(self) -> list[Row]:
        return [
            {"photo_index": number, "same_as": group[0][0]}
            for group in self._sames
            for number, _, _ in group
        ]

    @property
    def suspicions(self) -> list[Row]:
        found = [*self._repeated(), *self._not_pixels(), *self._more_photos(), *self._ids_alike()]
        details: dict[tuple[str, str], list[str]] = defaultdict(list)
        for _, who, suspicion, detail in sorted(found):
            details[who, suspicion].append(detail)
        return [
            {"participant": who, "suspicion": suspicion, "detail": ", ".join(listed)}
            for (who, suspicion), listed in details.items()
        ]

    def _repeated(self) -> Iterator[_Suspicion]:
        for group in self._sames:
            used = [(number, row, mask) for number, row, mask in group if mask is not None]
            for number, row, mask in used:
                who, photo = row["participant"], row["photo"]
                own = [(each["photo"], at) for _, each, at in used if each["participant"] == who]
                beside = {
                    ("photo_twice_in_mask", "as"): {name for name, at in own if at == mask},
                    ("photo_in_two_masks", "in"): {at for _, at in own},
                    ("photo_of_two_participants", "of"): {
                        each["participant"] for _, each, _ in used
                    },
                }
                for ((suspicion, word), others), this in zip(
                    beside.items(), (photo, mask, who), strict=True
                ):
                    if len(others) > 1:
                        other = max(others) if this == min(others) else min(others)
                        yield number, who, suspicion, f"{mask} {photo} also {word} {other}"

    def _not_pixels(self) -> Iterator[_Suspicion]:
        heights = np.linalg.norm(
            self._faces.landmarks[:, 10, :2] - self._faces.landmarks[:, 152, :2], axis=1
        )
        for (number, row, (mask, _)), height, alignable in zip(
            self._photos, heights, self._faces.alignable, strict=True
        ):
            if mask is not None and alignable and height < 3:
                yield number, row["participant"], "not_pixels", f"{mask} {row['photo']}"

    def _more_photos(self) -> Iterator[_Suspicion]:
        cells = [cell for cells in self._faces.candidates.values() for cell in cells.values()]
        counts = Counter(cell.found for cell in cells)
        most = [number for number, times in counts.items() if 2 * times > len(cells)]
        for cell in cells:
            if most and cell.found > most[0]:
                detail = f"{cell.mask} has {cell.found}, most have {most[0]}"
                yield int(cell.mask[:2]), cell.participant, "more_photos", detail

    def _ids_alike(self) -> Iterator[_Suspicion]:
        plain: dict[str, set[str]] = defaultdict(set)
        # Without identity, ids are paths.
        known = self._faces.choices.identity == "participant"
        for who in self._faces.included if known else ():
            plain[who.replace(" ", "").lower().lstrip("0")].add(who)
        for alike in plain.values():
            for who in alike if len(alike) > 1 else ():
                other = max(alike) if who == min(alike) else min(alike)
                yield 0, who, "ids_alike", f"also {other}"

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
