"""How well repeated photographs agree, from tables of participants and photographs."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from scipy import stats

from tests.lakehouse.reference.faces import Vectors
from tests.lakehouse.reference.movement import Reference
from tests.lakehouse.reference.names import feature_of

Rows = list[dict[str, Any]]

ROUNDING = 1e-9
"""Of a mean, what its values may differ by without differing."""

NO_PAIR = "nobody has two photographs of the mask and of the neutral face"
TOO_FEW = "fewer than 2 participants have that many photographs"
ALIKE = "the same for everybody in every photograph"
EXACT = "photographs of a person do not differ, so there are no intervals"
NO_MEAN = "people differ by less than their photographs, so the mean has no ICC"
NO_INTERVALS = "people differ by less than their photographs, so there are no intervals"


class Reliability:
    """Relations about repeated photographs.

    Parameters
    ----------
    reference : Reference
    """

    RELATIONS: ClassVar = ("photo_group_distances", "reliability")

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    @cached_property
    def photo_group_distances(self) -> Rows:
        rows: Rows = []
        for cell, neutral in self._reference.pairs:
            photographs = map(self._reference.photographs, (cell, neutral))
            own = self._reference.own_neutral(cell)
            own_faces = [] if own is None else list(self._reference.photographs(own))
            for place, (face, still) in enumerate(zip(*photographs, strict=False), start=1):
                distance = np.linalg.norm(face - still, axis=1)
                own_face = own_faces[place - 1] if place <= len(own_faces) else np.nan
                own_distance = np.linalg.norm(face - own_face, axis=1)
                names = ("participant", "expression", "supervised", "mask")
                keys = {name: getattr(cell, name) for name in names}
                rows += [
                    keys
                    | {
                        "grouping": grouping,
                        "group_id": group,
                        "place": place,
                        "mean_distance": float(distance[points].mean()),
                        "own_distance": float(own_distance[points].mean()),
                    }
                    for grouping, group, points in self._reference.each_group()
                ]
        return rows

    @cached_property
    def reliability(self) -> Rows:
        values: dict[tuple[str, str], dict[str, list[float]]] = {}
        described = {}
        for row in [*self.photo_group_distances, *self._reference.photo_changes]:
            feature = feature_of(row)
            key = row["grouping"], feature["feature"]
            described[key] = feature
            known = values.setdefault(key, {}).setdefault(row["participant"], [])
            if not np.isnan(row["mean_distance"]):
                known.append(row["mean_distance"])
        return [described[key] | _agreement(list(known.values())) for key, known in values.items()]


def _agreement(photos: list[list[float]]) -> dict[str, Any]:
    """Tabulate what each participant's photographs show, and analyse the table."""
    counts = [len(values) for values in photos if len(values) > 1]
    k = max(counts, key=lambda count: (counts.count(count), count), default=0)
    table = np.array([values[:k] for values in photos if k and len(values) >= k])
    n = len(table)
    found: dict[str, Any] = {"n": n, "left_out": len(photos) - n, "photos": k or None}
    numbers = ("mean_distance", "ms_participants", "ms_photos", "ms_error", "sem", "sdc")
    ends = [f"icc_{kind}{end}" for kind in ("a1", "ak") for end in ("", "_low", "_high")]
    found |= dict.fromkeys((*numbers, *ends), np.nan)
    if not k:
        return found | {"reason": NO_PAIR}
    found |= {"mean_distance": table.mean(), "ms_photos": n * table.mean(axis=0).var(ddof=1)}
    if n < 2:
        return found | {"reason": TOO_FEW}
    people = k * table.mean(axis=1).var(ddof=1)
    rest = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean()
    error = (rest**2).sum() / ((n - 1) * (k - 1))
    within = np.sqrt(table.var(axis=1, ddof=1).mean())
    found |= {"ms_participants": people, "ms_error": error}
    found |= {"sem": within, "sdc": stats.norm.ppf(0.975) * np.sqrt(2) * within}
    return found | _coefficients(table, people, found["ms_photos"], error)


def _coefficients(table: Vectors, people: float, places: float, error: float) -> dict[str, Any]:
    """McGraw and Wong's ICC(A,1) and ICC(A,k), as their tables 4 and 7 give them."""
    n, k = table.shape
    small = ROUNDING * abs(table.mean())
    if np.sqrt(people + places + error) <= small:
        return {"reason": ALIKE}
    one = (people - error) / (people + (k - 1) * error + k / n * (places - error))
    between = people + (places - error) / n
    found = {"icc_a1": one, "icc_ak": (people - error) / between if between > 0 else np.nan}
    if np.sqrt(places + error) <= small:
        return found | {"reason": EXACT}
    # Of the degrees of freedom both terms have a factor n (1 - ICC), which cancels.
    a, b = k * one, n * (1 - one) + k * one * (n - 1)
    v = (a * places + b * error) ** 2 / (
        (a * places) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1))
    )
    upper, lower = stats.f.ppf(0.975, n - 1, v), stats.f.ppf(0.975, v, n - 1)
    # An estimate far below 0 leaves so few degrees of freedom that the ends change places.
    if upper >= 1 and lower >= 1:
        rest = k * places + (k * n - k - n) * error
        # Divided by the upper end, which may be so large that nothing may be multiplied by it.
        found |= {
            "icc_a1_low": n * (people / upper - error) / (rest + n * people / upper),
            "icc_a1_high": n * (lower * people - error) / (rest + n * lower * people),
            "icc_ak_low": _if_positive(
                n * (people / upper - error), places - error + n * people / upper
            ),
            "icc_ak_high": _if_positive(
                n * (lower * people - error), places - error + n * lower * people
            ),
        }
    reason = NO_MEAN if not between > 0 else None if upper >= 1 and lower >= 1 else NO_INTERVALS
    return found | {"reason": reason}


def _if_positive(upper: float, lower: float) -> float:
    return upper / lower if lower > 0 else np.nan
