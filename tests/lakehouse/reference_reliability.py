"""Reliability, noise and smiles computed again from the lake alone: dense NumPy arrays, no SQL.

Part of the independent reference; see `tests.lakehouse.reference`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from tests.lakehouse.reference import Reference
from tests.lakehouse.reference_faces import MESH, Cell, Vectors
from tests.lakehouse.reference_numbers import mean_known

Rows = list[dict[str, Any]]

STILL = 1e-6
# Outer corner, upper lid, upper lid, inner corner, lower lid, lower lid; corner of the mouth.
EYES = {"left": (263, 387, 385, 362, 380, 373), "right": (33, 160, 158, 133, 153, 144)}
CORNERS = {"left": 291, "right": 61}
CHEEKS = {"left": [280, 346, 347], "right": [50, 117, 118]}
SMILE = ("corner_rise", "eye_narrowing", "cheek_rise", "jaw_opening")


class ReliabilityReference(Reference):
    """Results by the names of the warehouse's relations, as rows."""

    def _photographs(self, cell: Cell) -> Vectors:
        """A cell's usable photographs by name, in the chosen dimensions, shape (photos, 468, d)."""
        ordered = sorted(cell.photos, key=lambda at: str(self.photo_rows[at]["photo"]))
        return self.aligned[ordered, :MESH, : self.choices.dimensions]

    @cached_property
    def _pairs(self) -> list[tuple[Cell, Cell]]:
        """Each cell but the reference, beside its participant's neutral one."""
        neutral = {cell.participant: cell for cell in self.cells if cell.mask == "00-00"}
        return [(cell, neutral[cell.participant]) for cell in self.cells if cell.mask != "00-00"]

    @cached_property
    def photo_group_distances(self) -> Rows:
        rows: Rows = []
        for cell, neutral in self._pairs:
            faces = zip(self._photographs(cell), self._photographs(neutral), strict=False)
            for place, (face, still) in enumerate(faces, start=1):
                distance = np.linalg.norm(face - still, axis=1)
                rows += [
                    {
                        "participant": cell.participant,
                        "mask": cell.mask,
                        "grouping": grouping,
                        "group_id": group,
                        "place": place,
                        "mean_distance": float(distance[points].mean()),
                    }
                    for grouping, group, points in self._each_group()
                ]
        return rows

    @cached_property
    def reliability(self) -> Rows:
        values: dict[tuple[str, str], dict[str, list[float]]] = {}
        for row in self.photo_group_distances:
            key = row["grouping"], f"{row['mask']}_{row['group_id']}"
            known = values.setdefault(key, {}).setdefault(row["participant"], [])
            if not np.isnan(row["mean_distance"]):
                known.append(row["mean_distance"])
        return [
            {"grouping": grouping, "feature": feature} | _mean_squares(list(known.values()))
            for (grouping, feature), known in values.items()
        ]

    @cached_property
    def point_noise(self) -> Rows:
        moved = self._averages
        still = moved.get("00-01", np.full(MESH, np.nan))
        rows: Rows = []
        for mask, means in moved.items():
            lengths = [
                length
                for cell, neutral in self._pairs
                if cell.mask == mask
                for length in self._noise_lengths(cell, neutral)
            ]
            noise = mean_known(np.array(lengths).reshape(-1, MESH))
            rows += [
                {
                    "mask": mask,
                    "point": point,
                    "mean_distance": means[point],
                    "noise_distance": noise[point],
                    "neutral_distance": still[point],
                    "over_noise": _ratio(means[point], noise[point]),
                    "over_neutral": _ratio(means[point], still[point]),
                }
                for point in range(MESH)
            ]
        return rows

    def _noise_lengths(self, cell: Cell, neutral: Cell) -> list[Vectors]:
        """Lengths of what two weighted sums of photographs leave, shape (468,) each."""
        sums = []
        for photos in (self._photographs(cell), self._photographs(neutral)):
            count = len(photos)
            if count < 2:
                return []
            turns = np.exp(2j * np.pi * np.arange(1, count + 1) / count)
            size = np.sqrt(2) if count > 2 else 1
            found = np.tensordot(turns, photos, axes=1) * size / count
            sums.append((found.real, found.imag if count > 2 else None))
        (real, imaginary), (other_real, other_imaginary) = sums
        lengths = [np.linalg.norm(real - other_real, axis=1)]
        if imaginary is not None and other_imaginary is not None:
            lengths.append(np.linalg.norm(imaginary - other_imaginary, axis=1))
        return lengths

    @cached_property
    def noise_floor(self) -> Rows:
        rows: Rows = []
        for grouping, group, points in [*self._each_group(), ("mesh", 0, list(range(MESH)))]:
            for mask in self._averages:
                part = [row for row in self.point_noise if row["mask"] == mask]
                means = {
                    name: float(np.mean([part[point][name] for point in points]))
                    for name in ("mean_distance", "noise_distance", "neutral_distance")
                }
                rows.append(
                    {"mask": mask, "grouping": grouping, "group_id": group}
                    | means
                    | {
                        "over_noise": _ratio(means["mean_distance"], means["noise_distance"]),
                        "over_neutral": _ratio(means["mean_distance"], means["neutral_distance"]),
                    }
                )
        return rows

    @cached_property
    def smile_measures(self) -> Rows:
        means = {
            (cell.participant, cell.mask): mean
            for cell, mean in zip(self.cells, self.cell_means, strict=True)
        }
        by_condition: dict[tuple[str, str], dict[str, Vectors]] = {}
        for cell, _ in self._pairs:
            if cell.expression == "happiness":
                condition = "supervised" if cell.supervised else "unsupervised"
                face = means[cell.participant, cell.mask]
                by_condition[cell.participant, condition] = _smile(
                    face, means[cell.participant, "00-00"]
                )
        for who in {who for who, _ in by_condition}:
            both = [by_condition.get((who, name)) for name in ("supervised", "unsupervised")]
            if both[0] is not None and both[1] is not None:
                by_condition[who, "both"] = {
                    side: (both[0][side] + both[1][side]) / 2 for side in both[0]
                }
        return [
            {"participant": who, "condition": condition, "side": side}
            | dict(zip(SMILE, values.tolist(), strict=True))
            for (who, condition), sides in by_condition.items()
            for side, values in sides.items()
        ]


def _smile(face: Vectors, neutral: Vectors) -> dict[str, Vectors]:
    """Rise of the corner, narrowing, rise of the cheek and opening of the jaw, by side."""
    found = {}
    for side, eye in EYES.items():
        heights, ratios = [], []
        for points in (face[:, :2], neutral[:, :2]):
            level = points[[133, 362], 1].mean()
            places = (points[CORNERS[side], 1], points[CHEEKS[side], 1].mean(), points[152, 1])
            heights.append(np.array(places) - level)
            outer, first_up, second_up, inner, second_low, first_low = points[list(eye)]
            opening = np.linalg.norm(first_up - first_low) + np.linalg.norm(second_up - second_low)
            ratios.append(opening / (2 * np.linalg.norm(outer - inner)))
        corner, cheek, chin = heights[1] - heights[0]
        found[side] = np.array([corner, 1 - ratios[0] / ratios[1], cheek, -chin])
    found["mean"] = (found["left"] + found["right"]) / 2
    found["difference"] = found["left"] - found["right"]
    # The jaw is in the middle, so its sides do not differ.
    found["difference"][3] = found["left"][3]
    return found


def _mean_squares(photos: list[list[float]]) -> dict[str, Any]:
    """Analyse what each participant's photographs show: n, left_out, k, sums and coefficients."""
    counts = [len(values) for values in photos if len(values) > 1]
    k = max(counts, key=lambda count: (counts.count(count), count), default=0)
    table = np.array([values[:k] for values in photos if k and len(values) >= k])
    n = len(table)
    found: dict[str, Any] = {"n": n, "left_out": len(photos) - n, "photos": k or None}
    if n < 2:
        return found | dict.fromkeys(("ms_participants", "ms_error", "icc_a1", "sem"))
    by_person = k * table.mean(axis=1).var(ddof=1)
    by_place = n * table.mean(axis=0).var(ddof=1)
    total = table.var(ddof=1) * (n * k - 1)
    rest = (total - by_person * (n - 1) - by_place * (k - 1)) / ((n - 1) * (k - 1))
    person, place = (by_person - rest) / k, (by_place - rest) / n
    return found | {
        "ms_participants": by_person,
        "ms_error": rest,
        "icc_a1": person / (person + place + rest),
        "sem": np.sqrt(place + rest),
    }


def _ratio(moved: float, unit: float) -> float:
    return moved / unit if unit > STILL else np.nan
