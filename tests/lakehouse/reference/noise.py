"""How far points seem to move where nothing moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from scipy import stats

from tests.lakehouse.reference.arithmetic import mean_known
from tests.lakehouse.reference.faces import MESH, Cell, Vectors
from tests.lakehouse.reference.measures import Measured

Rows = list[dict[str, Any]]

STILL = 1e-6
NOBODY = "nobody has a distance"
OTHERS = "somebody is compared with another face than the own, so its build counts"
NO_PAIR = "nobody has two photographs of the mask and of the neutral face"


class Noise:
    """Relations about noise.

    Parameters
    ----------
    reference : Measured
    """

    RELATIONS: ClassVar = ("cell_noise", "point_noise", "noise_floor")

    def __init__(self, reference: Measured) -> None:
        self._reference = reference

    @cached_property
    def _lengths(self) -> list[tuple[Cell, Vectors]]:
        """Of each cell with photographs enough, what weighted sums leave, (sums, 468) each."""
        found = []
        for cell, neutral in self._reference.pairs:
            sums = [self._sums(part) for part in (cell, neutral)]
            count = min(map(len, sums))
            if count:
                difference = sums[0][:count] - sums[1][:count]
                found.append((cell, np.linalg.norm(difference, axis=2)))
        return found

    def _sums(self, cell: Cell) -> Vectors:
        """Add photographs with weights that cancel what they share, shape (sums, 468, axes)."""
        photos = self._reference.photographs(cell)
        count = len(photos)
        turns = np.exp(2j * np.pi * np.arange(1, count + 1) / max(count, 1))
        found = np.tensordot(turns, photos, axes=1) / max(count, 1)
        if count == 2:
            return found.real[None]
        return np.sqrt(2) * np.stack([found.real, found.imag])[: 2 * (count > 2)]

    @property
    def cell_noise(self) -> dict[str, Any]:
        cells, lengths = zip(*self._lengths, strict=True) if self._lengths else ((), ())
        counts = [len(part) if not np.isnan(part).any() else 1 for part in lengths]
        return {
            "cell_index": np.repeat([self._reference.number_of(cell) for cell in cells], MESH),
            "point": np.tile(np.arange(MESH), len(cells)),
            "noise_distance": np.array([part.mean(axis=0) for part in lengths]).ravel(),
            # Where a photograph came without depth there is no length, which counts as one.
            "sums": np.repeat(counts, MESH),
        }

    @cached_property
    def point_noise(self) -> Rows:
        by_mask = defaultdict(list)
        for cell, lengths in self._lengths:
            if not np.isnan(lengths).any():
                by_mask[cell.mask].append(lengths)
        moved = self._reference.averages
        still = moved.get("00-01", np.full(MESH, np.nan))
        others = {mask: self._reference.without_own_neutral(mask) > 0 for mask in moved}
        rows: Rows = []
        for mask, means in moved.items():
            lengths = by_mask[mask]
            noise = mean_known(np.concatenate([np.empty((0, MESH)), *lengths]))
            rows += [
                {"mask": mask, "point": point, "participants": len(lengths)}
                | _row(*values, others[mask], alike="the photographs do not differ here")
                for point, values in enumerate(zip(means, noise, still, strict=True))
            ]
        return rows

    @property
    def noise_floor(self) -> Rows:
        by_mask = defaultdict(list)
        for row in self.point_noise:
            by_mask[row["mask"]].append(row)
        rows: Rows = []
        for grouping, group, points in self._groups():
            for mask, of_points in by_mask.items():
                means = [
                    float(np.mean([of_points[point][name] for point in points]))
                    for name in ("mean_distance", "noise_distance", "neutral_distance")
                ]
                [keys] = self._reference.mask_rows(mask)
                rows.append(
                    keys
                    | {"grouping": grouping, "group_id": group}
                    | {"participants": of_points[0]["participants"]}
                    | _row(
                        *means,
                        self._reference.without_own_neutral(mask) > 0,
                        alike="the photographs do not differ",
                    )
                )
        return rows + list(self._of_measures())

    def _of_measures(self) -> Iterator[dict[str, Any]]:
        changes, shown = defaultdict(list), defaultdict(list)
        for row in self._reference.measures:
            changes[row["mask"], row["measure"]].append(row["change"])
        for row in self._reference.photo_changes:
            shown[row["mask"], row["measure"], row["participant"]].append(row["change"])
        variances = defaultdict(list)
        for (mask, measure, _), found in shown.items():
            known = np.array(found)[~np.isnan(found)]
            if len(known) > 1:
                variances[mask, measure].append(known.var(ddof=1) / len(known))
        by_point = {(row["mask"], row["point"]): row for row in self.point_noise}
        for number, (measure, defined) in enumerate(self._reference.defined.items()):
            still = mean_known(np.array(changes.get(("00-01", measure), [np.nan])))
            for mask in self._reference.averages:
                noise, people = np.nan, len(variances[mask, measure])
                if defined.kind == "movement":
                    of_points = [by_point[mask, point] for point in defined.points]
                    noise = float(np.mean([row["noise_distance"] for row in of_points]))
                    people = of_points[0]["participants"]
                elif people:
                    scale = np.sqrt(np.mean(variances[mask, measure]))
                    noise = float(scale * stats.halfnorm.mean())
                moved = float(mean_known(np.array(changes[mask, measure])))
                others = self._reference.without_own_neutral(mask) > 0
                alike = "the photographs do not differ"
                row = _row(moved, noise, float(still), others, alike=alike)
                [keys] = self._reference.mask_rows(mask)
                yield (
                    keys
                    | {"grouping": "measures", "group_id": number, "participants": people}
                    | row
                    | {"over_neutral": np.nan}
                )

    def _groups(self) -> Iterator[tuple[str, int, list[int]]]:
        yield from self._reference.each_group()
        yield "mesh", 0, list(range(MESH))


def _row(moved: float, noise: float, still: float, others: bool, *, alike: str) -> dict[str, Any]:
    reason = NOBODY if np.isnan(moved) else NO_PAIR if np.isnan(noise) else None
    if reason is None and others:
        reason = OTHERS
    if reason is None and noise <= STILL:
        reason = alike
    return {
        "mean_distance": moved,
        "noise_distance": noise,
        "neutral_distance": still,
        "over_noise": np.nan if others else _ratio(moved, noise),
        "over_neutral": np.nan if others else _ratio(moved, still),
        "reason": reason,
    }


def _ratio(moved: float, unit: float) -> float:
    return moved / unit if unit > STILL else np.nan
