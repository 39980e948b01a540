"""How well features agree with themselves, photograph by photograph and half by half."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import combinations, product
from typing import Any, ClassVar

import numpy as np
from scipy import optimize, stats

from tests.lakehouse.reference.faces import Cell, Vectors
from tests.lakehouse.reference.measures import Measured
from tests.lakehouse.reference.names import feature_of

Row = dict[str, Any]
Key = tuple[str, str]

ROUNDING = 1e-9
NO_PAIR = "nobody has two photographs of the mask and of the neutral face"
TOO_FEW = "fewer than 3 participants have that many photographs"
ALIKE = "the same for everybody"
DISAGREE = "halves of the photographs disagree"
NO_MOVEMENT = "movement does not differ"


class Agreement:
    """Relations about the reliability of features.

    Parameters
    ----------
    reference : Measured
    """

    RELATIONS: ClassVar = (
        *("photo_movements", "split_halves", "movement_components", "feature_reliability"),
    )

    def __init__(self, reference: Measured) -> None:
        self._reference = reference
        self.choices = reference.choices

    def _pointwise(self) -> Iterator[tuple[str, int, Vectors]]:
        """Of every feature that is a mean of distances: what each point's counts, shape (468,)."""
        for grouping, group, points in self._reference.each_group():
            yield grouping, group, _shares(points)
        for number, measure in enumerate(self._reference.defined.values()):
            if measure.kind == "movement":
                yield "measures", number, _shares(measure.points)
            if measure.kind == "side_difference":
                left, right = (
                    [point for point in measure.points if measure.sides[point] == side]
                    for side in ("left", "right")
                )
                yield "measures", number, _shares(left) - _shares(right)

    def _valued(self) -> Iterator[tuple[int, str]]:
        for number, (name, measure) in enumerate(self._reference.defined.items()):
            if measure.kind in ("distance", "ratio", "angle"):
                yield number, name

    def _directions(self, cell: Cell) -> Vectors:
        """Which way all others move on average, shape (468, d); NaN where there is nobody else."""
        reference = self._reference
        at = reference.cells.index(cell)
        dimensions = reference.choices.dimensions
        of_others = [
            reference.displacements[other, :, :dimensions]
            for other in reference.of_mask(cell.mask)
            if other != at and not np.isnan(reference.distances[other]).any()
        ]
        if not of_others:
            return np.full((468, dimensions), np.nan)
        mean = np.mean(of_others, axis=0)
        length = np.linalg.norm(mean, axis=1, keepdims=True)
        return mean / np.where(length > 0, length, 1)

    @cached_property
    def photo_movements(self) -> list[Row]:
        rows = []
        for cell, neutral in self._reference.pairs:
            directions = self._directions(cell)
            photographs = map(self._reference.photographs, (cell, neutral))
            for place, (face, still) in enumerate(zip(*photographs, strict=False), start=1):
                along = ((face - still) * directions).sum(axis=1)
                rows += [
                    _keys(cell)
                    | {"grouping": grouping, "group_id": group, "place": place}
                    | {"movement": float((share * along)[share != 0].sum())}
                    for grouping, group, share in self._pointwise()
                ]
        valued = dict(self._valued())
        for row in self._reference.photo_changes:
            if row["group_id"] in valued:
                kept = {name: row[name] for name in (*_KEYS, "grouping", "group_id", "place")}
                rows.append(kept | {"movement": row["mean_distance"]})
        return rows

    @cached_property
    def _names(self) -> dict[tuple[str, str, int], Row]:
        return {_key(row): feature_of(row) for row in self._reference.feature_rows}

    @cached_property
    def movement_components(self) -> list[Row]:
        values: dict[Key, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for row in self.photo_movements:
            movement = row["movement"]
            if movement is not None and not np.isnan(movement):
                feature = self._names[_key(row)]
                people = values[feature["grouping"], feature["feature"]]
                people[row["participant"]].append(movement)
        return [
            {"grouping": grouping, "feature": feature} | _components([*people.values()])
            for (grouping, feature), people in values.items()
        ]

    @cached_property
    def split_halves(self) -> list[Row]:
        reference = self._reference
        by_mask: dict[str, list[tuple[Cell, Cell]]] = defaultdict(list)
        for cell, neutral in sorted(reference.pairs, key=lambda both: reference.number_of(both[0])):
            by_mask[cell.mask].append((cell, neutral))
        rows = []
        for cells in by_mask.values():
            counts = Counter(min(len(part.photos) for part in both) for both in cells)
            k = max((n for n in counts if n > 1), key=lambda n: (counts[n], n), default=0)
            chosen = [both for both in cells if min(len(part.photos) for part in both) >= k]
            if k:
                rows += list(self._of_mask(chosen, k))
        return rows

    def _of_mask(self, cells: list[tuple[Cell, Cell]], k: int) -> Iterator[Row]:
        parcels = [range(first, k, min(k, 3)) for first in range(min(k, 3))]
        faces, neutrals = (
            np.array(
                [
                    [
                        self._reference.photographs(both[side])[list(parcel)].mean(axis=0)
                        for parcel in parcels
                    ]
                    for both in cells
                ]
            )
            for side in (0, 1)
        )
        mask = cells[0][0].mask
        for grouping, group, share in self._pointwise():

            def distance(one: tuple[int, ...], other: tuple[int, ...], share: Vectors = share):
                gone = faces[:, one].mean(axis=1) - neutrals[:, other].mean(axis=1)
                moved = np.linalg.norm(gone, axis=2) * share
                return moved[:, share != 0].sum(axis=1)

            yield self._judged(distance, (grouping, mask, group), len(parcels), k)
        changes = {
            (row["participant"], row["mask"], row["group_id"], row["place"]): row
            for row in self._reference.photo_changes
        }
        for number, _ in self._valued():
            both = np.array(
                [
                    [
                        [
                            np.mean(
                                [
                                    changes[cell.participant, mask, number, at + 1][name]
                                    for at in parcel
                                ]
                            )
                            for parcel in parcels
                        ]
                        for cell, _ in cells
                    ]
                    for name in ("value", "neutral_value")
                ]
            )

            def change(one: tuple[int, ...], other: tuple[int, ...], both: Vectors = both):
                return both[0][:, one].mean(axis=1) - both[1][:, other].mean(axis=1)

            yield self._judged(change, ("measures", mask, number), len(parcels), k)

    def _judged(self, half: Any, key: tuple[str, str, int], parts: int, k: int) -> Row:
        feature = self._names[key]
        choices = self._reference.choices
        found = _Halves(half, parts)
        one, followed = found.judged(np.arange(found.n))
        row: Row = {name: feature[name] for name in ("grouping", "feature")}
        row |= {"n": found.n, "photos": k, "bootstraps": choices.bootstraps}
        random = np.random.default_rng(choices.resampling_seed)
        counts = (
            random.multinomial(
                found.n, np.full(found.n, 1 / max(found.n, 1)), size=choices.bootstraps
            )
            if found.n
            else []
        )
        drawn = np.array(
            [found.judged(np.repeat(np.arange(found.n), times)) for times in counts]
        ).reshape(-1, 2)
        for at, (name, value) in enumerate((("split_half", one), ("reliability", followed))):
            row |= {name: value, f"{name}_low": np.nan, f"{name}_high": np.nan}
            known = drawn[~np.isnan(drawn[:, at]), at]
            if not np.isnan(value) and len(known):
                low, high = np.quantile(known, [0.025, 0.975])
                row |= {f"{name}_low": low, f"{name}_high": high}
        return row

    @property
    def feature_reliability(self) -> list[Row]:
        halves, movements = (
            {(row["grouping"], row["feature"]): row for row in rows}
            for rows in (self.split_halves, self.movement_components)
        )
        rows = []
        for feature in self._names.values():
            key = feature["grouping"], feature["feature"]
            half, movement = halves.get(key), movements.get(key)
            row = dict(feature) | dict.fromkeys(_OF_HALVES, None) | {"n": 0}
            row |= {name: half[name] for name in (*_OF_HALVES, "n")} if half else {}
            row |= dict.fromkeys((*_OF_ICC, *_OF_VARIANCE), None)
            row |= {"movement_n": 0, "movement_incomplete": 0}
            if movement:
                row |= {name: movement[name] for name in _OF_ICC}
                row |= {name: movement[name.removeprefix("movement_")] for name in _OF_VARIANCE}
                row["movement_n"] = movement["n"]
                row["movement_incomplete"] = movement["incomplete"]
                row["photos"] = row["photos"] or movement["photos"]
            row["reason"] = _reason(row)
            rows.append(row)
        return rows


_KEYS = ("participant", "expression", "supervised", "mask")
_OF_HALVES = (
    *("photos", "split_half", "split_half_low", "split_half_high"),
    *("reliability", "reliability_low", "reliability_high", "bootstraps"),
)
_OF_ICC = ("icc_ck", "icc_ck_low", "icc_ck_high")
_OF_VARIANCE = tuple(f"movement_var_{name}" for name in ("participants", "places", "error"))


def _keys(cell: Cell) -> Row:
    return {name: getattr(cell, name) for name in _KEYS}


def _key(row: Row) -> tuple[str, str, int]:
    return row["grouping"], row["mask"], row["group_id"]


def _shares(points: list[int]) -> Vectors:
    shares = np.zeros(468)
    shares[points] = 1 / len(points)
    return shares


def _missing(value: Any) -> bool:
    return value is None or bool(np.isnan(value))


def _reason(row: Row) -> str | None:
    if _missing(row["photos"]):
        return NO_PAIR
    if row["n"] < 3:
        return TOO_FEW
    if _missing(row["reliability"]):
        return ALIKE
    if _missing(row["split_half"]):
        return DISAGREE
    return NO_MOVEMENT if _missing(row["icc_ck"]) else None


class _Halves:
    """Halves of two faces' photographs, each by itself."""

    def __init__(self, half: Any, parts: int) -> None:
        sizes = range(1, parts)
        some = [one for size in sizes for one in combinations(range(parts), size)]
        values = {both: half(*both) for both in product(some, some)}
        everything = tuple(range(parts))
        whole = half(everything, everything)
        known = ~np.isnan(np.column_stack([whole, *values.values()])).any(axis=1)
        self.whole = whole[known]
        self.values = {both: one[known] for both, one in values.items()}
        self.n, self.parts = int(known.sum()), parts
        self.last = (1.5 if parts == 3 else 2.0), True

    def judged(self, people: Vectors) -> tuple[float, float]:
        """Give Spearman and Brown's coefficient, and the one at the noise of the whole."""
        if len(np.unique(people)) < 3:
            return np.nan, np.nan
        values = {both: one[people] - one[people].mean() for both, one in self.values.items()}
        free = len(people) - 1
        products: dict[tuple[float, bool], list[float]] = defaultdict(list)
        spread = {}
        for one, other in combinations(values, 2):
            if any(set(a) & set(b) for a, b in zip(one, other, strict=True)):
                continue
            noise = [sum(1 / len(part) for part in both) for both in (one, other)]
            level = sum(noise) / 2, noise[0] == noise[1]
            products[level].append(values[one] @ values[other] / free)
            if level == self.last:
                spread |= {both: values[both] @ values[both] / free for both in (one, other)}
        noises = {level: float(np.mean(found)) for level, found in products.items()}
        variance, whole = np.mean([*spread.values()]), self.whole[people].var(ddof=1)
        small = (ROUNDING * np.abs(self.whole).max()) ** 2
        if variance <= small or whole <= small:
            return np.nan, np.nan
        between, longer = noises[self.last] / variance, 2.25 if self.parts == 3 else 2
        below = 1 + (longer - 1) * between
        stepped = longer * between / below if below > 0 else np.nan
        if self.parts == 2:
            return stepped, stepped
        curve = np.polyfit([noise for noise, _ in noises], [*noises.values()], 2)
        return stepped, float(np.polyval(curve, 2 / 3) / whole)


def _components(people: list[list[float]]) -> Row:
    counts = Counter(len(values) for values in people)
    k = max((n for n in counts if n > 1), key=lambda n: (counts[n], n), default=None)
    row: Row = {"n": len(people), "photos": k}
    row["incomplete"] = sum(len(values) < k for values in people) if k else 0
    names = ("icc_ck", "icc_ck_low", "icc_ck_high", "var_participants", "var_places", "var_error")
    row |= dict.fromkeys(names, np.nan)
    every = np.concatenate(people)
    if k is None or len(people) < 2 or np.ptp(every) <= ROUNDING * np.abs(every).max():
        return row
    if len(every) <= len(people) + max(map(len, people)) - 1:
        return row
    if all(np.ptp(values) <= ROUNDING * np.ptp(every) for values in people):
        parts = np.array([np.var([values[0] for values in people], ddof=1), 0.0, 0.0])
    else:
        parts = restricted_likelihood(people)
    row |= dict(zip(names[3:], parts, strict=True))
    between, _, error = parts
    row["icc_ck"] = k * between / (k * between + error) if k * between + error > 0 else np.nan
    each = np.array([len(values) for values in people])
    typical = (each.sum() - (each**2).sum() / each.sum()) / (len(each) - 1)
    df = len(each) - 1, each.sum() - len(each) - each.max() + 1
    if error > 0 and df[1] > 0:
        for end, tail in (("low", 0.975), ("high", 0.025)):
            ratio = ((1 + typical * between / error) / stats.f.ppf(tail, *df) - 1) / typical
            row[f"icc_ck_{end}"] = k * ratio / (1 + k * ratio) if k * ratio > -1 else np.nan
    return row


def restricted_likelihood(people: list[list[float]]) -> Vectors:
    """Find the components between people, between places and of error, by dense matrices."""
    y = np.concatenate(people)
    scale = np.ptp(y)
    y = (y - y.mean()) / scale
    who = np.repeat(np.arange(len(people)), [len(values) for values in people])
    place = np.concatenate([np.arange(len(values)) for values in people])
    shared = [np.equal.outer(one, one).astype(float) for one in (who, place)]
    shared.append(np.eye(len(y)))

    def criterion(parts: Vectors) -> tuple[float, Vectors]:
        inverse = np.linalg.inv(sum(part * each for part, each in zip(parts, shared, strict=True)))
        weight = inverse.sum()
        projected = inverse - np.outer(inverse.sum(axis=0), inverse.sum(axis=0)) / weight
        left = projected @ y
        value = -np.linalg.slogdet(inverse)[1] + np.log(weight) + y @ left
        slope = [(projected * each).sum() - left @ each @ left for each in shared]
        return value, np.array(slope)

    # Of few people the likelihood may have more than one top.
    starts = [np.array(shares) * y.var() for shares in ((1, 1, 1), (3, 0.1, 0.1), (0.1, 0.1, 3))]
    tops = [
        optimize.minimize(
            criterion,
            start / 3,
            jac=True,
            method="L-BFGS-B",
            bounds=[(0, None), (0, None), (1e-10, None)],
            options={"maxiter": 2000, "ftol": 1e-15, "gtol": 1e-10},
        )
        for start in starts
    ]
    found = min(tops, key=lambda top: float(top.fun))
    parts: Vectors = found.x * scale**2
    return parts
