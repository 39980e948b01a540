"""With a cue against without, by SciPy's paired tests."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from scipy import stats

from tests.lakehouse.reference.arithmetic import adjusted
from tests.lakehouse.reference.faces import MESH, Vectors
from tests.lakehouse.reference.measures import Measure, Measured
from tests.lakehouse.reference.reliability import Reliability

Row = dict[str, Any]

STILL = 1e-6
"""Aligned pixels: a smaller difference of distances is none."""
EQUAL = 1e-12
"""Of the largest difference, what differences may vary by without varying."""

TOO_FEW = "fewer than 2 participants have both masks"
TOO_FEW_FACES = f"{TOO_FEW} and the neutral face of either condition"
CUE_KEY = ("participant", "expression", "supervised", "grouping", "group_id")
ALL_ZERO = "nobody's two masks differ"
CONSTANT = "the difference is the same for everybody"
OF_T = (
    *("mean_difference", "sd_difference", "difference_low", "difference_high", "t", "t_p"),
    "cohen_dz",
)


class Cue:
    """Relations that compare conditions.

    Parameters
    ----------
    reference : Measured
    """

    RELATIONS: ClassVar = (
        *("supervision_effects", "supervision_point_effects"),
        *("cued_cells", "cued_distances", "cue_distances"),
    )

    def __init__(self, reference: Measured) -> None:
        self._reference = reference

    @cached_property
    def _own_neutrals(self) -> dict[int, Vectors]:
        """By the place of a compared cell, the neutral face of its condition, shape (478, 3)."""
        places = {id(cell): at for at, cell in enumerate(self._reference.cells)}
        neutrals = {
            at: self._reference.own_neutral(self._reference.cells[at])
            for at in self._reference.compared
        }
        return {
            at: self._reference.cell_means[places[id(cell)]]
            for at, cell in neutrals.items()
            if cell is not None
        }

    def _moved(self, at: int) -> Vectors:
        """How far points lie from the neutral face of the cell's condition, shape (468,)."""
        if at not in self._own_neutrals:
            return np.full(MESH, np.nan)
        moved = self._reference.cell_means[at] - self._own_neutrals[at]
        distance: Vectors = np.linalg.norm(
            moved[:MESH, : self._reference.choices.dimensions], axis=1
        )
        return distance

    @property
    def cued_cells(self) -> list[Row]:
        number = self._reference.number_of
        cells = [
            cell
            for cells in self._reference.candidates.values()
            for cell in cells.values()
            if cell.supervised
        ]
        neutral = {cell.participant: cell for cell in cells if cell.mask == "00-01" and cell.photos}
        return [
            {"cell_index": number(cell), "neutral_index": number(neutral[cell.participant])}
            for cell in cells
            if cell.mask != "00-01" and cell.participant in neutral
        ]

    @property
    def cued_distances(self) -> list[Row]:
        cells = self._reference.cells
        return [
            {
                "cell_index": self._reference.number_of(cells[at]),
                "point": point,
                "distance": float(distance),
            }
            for at in self._own_neutrals
            if cells[at].supervised
            for point, distance in enumerate(self._moved(at))
        ]

    @cached_property
    def cue_distances(self) -> list[Row]:
        reference = self._reference
        expressive = [
            row
            for row in reference.feature_rows
            if reference.choices.codes()[row["expression"]] != 0
        ]
        found: dict[tuple[Any, ...], float] = {
            tuple(row[name] for name in CUE_KEY): row["mean_distance"] for row in expressive
        }
        own: dict[tuple[Any, ...], float] = {}
        for at in reference.compared:
            cell = reference.cells[at]
            if reference.choices.codes()[cell.expression] == 0:
                continue
            start = cell.participant, cell.expression, cell.supervised
            known = reference.distances[at]
            whole = float(np.nanmean(known)) if not np.isnan(known).all() else np.nan
            found[*start, "mesh", 0] = whole
            moved = self._moved(at)
            own[*start, "mesh", 0] = (
                float(np.nanmean(moved)) if not np.isnan(moved).all() else np.nan
            )
            for grouping, group, points in reference.each_group():
                own[*start, grouping, group] = float(moved[points].mean())
            for number, measure in enumerate(reference.defined.values()):
                if at in self._own_neutrals:
                    own[*start, "measures", number] = self._change(
                        measure, reference.cell_means[at], self._own_neutrals[at]
                    )
        return [
            dict(zip(CUE_KEY, key, strict=True))
            | {"mask": f"{reference.choices.codes()[key[1]]:02d}-{key[2]:02d}"}
            | {"paper_distance": value, "own_distance": own.get(key, np.nan)}
            for key, value in found.items()
        ]

    def _change(self, measure: Measure, face: Vectors, neutral: Vectors) -> float:
        dimensions = self._reference.choices.dimensions
        value, rest = measure.value(face[:MESH, :dimensions], neutral[:MESH, :dimensions])
        return value - rest

    @property
    def supervision_effects(self) -> list[Row]:
        own = self._effects("own_distance", TOO_FEW_FACES)
        paper = self._effects("paper_distance", TOO_FEW)
        keys = ("grouping", "expression", "group_id")
        return [
            row | {f"paper_{name}": value for name, value in of_paper.items() if name not in keys}
            for row, of_paper in zip(own, paper, strict=True)
        ]

    def _effects(self, measured: str, too_few: str) -> list[Row]:
        values: dict[tuple[Any, ...], dict[bool, dict[str, float]]] = defaultdict(
            lambda: {True: {}, False: {}}
        )
        for row in self.cue_distances:
            distance = np.nan if row[measured] is None else row[measured]
            key = row["grouping"], row["expression"], row["group_id"]
            values[key][row["supervised"]][row["participant"]] = distance
        rows = [
            dict(zip(("grouping", "expression", "group_id"), key, strict=True))
            | _compared_groups(sides[True], sides[False])
            for key, sides in values.items()
        ]
        noises = self._noise(measured)
        for row in rows:
            key = row["grouping"], row["expression"], row["group_id"]
            noise = noises.get(key, np.nan)
            row |= {"noise_difference": noise}
            row |= {"over_noise": row["mean_difference"] / noise if noise > STILL else np.nan}
            if row["reason"] == TOO_FEW:
                row["reason"] = too_few
        _add_intervals(rows)
        for grouping in {row["grouping"] for row in rows}:
            family = [row for row in rows if row["grouping"] == grouping]
            for name in ("t", "wilcoxon"):
                adjusted(family, f"{name}_p", f"{name}_q")
            tests = sum(row["reason"] is None for row in family)
            expressions, groups = (
                len({row[name] for row in family}) for name in ("expression", "group_id")
            )
            words = f"{grouping}: {expressions} expressions × {groups} groups, {tests} tests"
            for row in family:
                row |= {"family": words, "tests": tests}
        return rows

    @cached_property
    def _photographs(self) -> list[Row]:
        """Of groups and measures, by photograph, from either neutral photograph."""
        reference = self._reference
        rows = [
            row | {"paper_distance": row["mean_distance"]}
            for row in Reliability(reference).photo_group_distances
        ]
        own = self._own_changes
        for row in reference.photo_changes:
            key = *(row[name] for name in CUE_KEY), row["place"]
            changes = {
                "paper_distance": row["mean_distance"],
                "own_distance": own.get(key, np.nan),
            }
            rows.append(row | changes)
        return rows

    @property
    def _own_changes(self) -> dict[tuple[Any, ...], float]:
        """Changes of measures from the neutral photograph of the same place and condition."""
        reference, found = self._reference, {}
        for cell, _ in reference.pairs:
            own = reference.own_neutral(cell)
            ordered = [
                sorted(each.photos, key=lambda at: reference.photo_numbers[at])
                for each in (cell, own)
                if each is not None
            ]
            if len(ordered) == 1:
                continue
            for place, (face, still) in enumerate(zip(*ordered, strict=False), start=1):
                for number, measure in enumerate(reference.defined.values()):
                    key = (*(getattr(cell, name) for name in CUE_KEY[:3]), "measures", number)
                    found[*key, place] = self._change(
                        measure, reference.aligned[face], reference.aligned[still]
                    )
        return found

    def _noise(self, measured: str) -> dict[tuple[Any, ...], float]:
        """Mean size of normal differences as variable as those between photographs tell."""
        shown: dict[tuple[Any, ...], dict[int, float]] = defaultdict(dict)
        for row in self._photographs:
            names = ("grouping", "expression", "group_id", "participant", "supervised")
            shown[tuple(row[name] for name in names)][row["place"]] = row[measured]
        variances = defaultdict(list)
        for (*key, who, cue), cued in shown.items():
            uncued = shown.get((*key, who, False), {})
            if cue:
                both = [cued[place] - uncued[place] for place in cued if place in uncued]
                effects = np.array(both)[~np.isnan(both)]
                if len(effects) > 1:
                    variances[tuple(key)].append(effects.var(ddof=1) / len(effects))
        return {
            key: float(stats.halfnorm(scale=np.sqrt(np.mean(of))).mean()) if np.any(of) else 0.0
            for key, of in variances.items()
        }

    @cached_property
    def _people(self) -> list[str]:
        """Everybody who shows an expression besides the neutral one."""
        cells = self._reference.cells
        return sorted({cell.participant for cell in cells if not cell.mask.startswith("00")})

    def _maps(self, measured: str) -> dict[str, Vectors]:
        """Differences by expression, shape (people, 468) each; NaN where a mask is missing."""
        maps: dict[str, dict[bool, Vectors]] = {}
        for at, cell in enumerate(self._reference.cells):
            if not cell.mask.startswith("00"):
                empty = np.full((len(self._people), MESH), np.nan)
                sides = maps.setdefault(cell.expression, {True: empty, False: empty.copy()})
                own = self._people.index(cell.participant)
                sides[cell.supervised][own] = (
                    self._moved(at) if measured == "own" else self._reference.distances[at]
                )
        found = {}
        for expression, sides in sorted(maps.items()):
            difference = sides[True] - sides[False]
            found[expression] = np.where(np.abs(difference) < STILL, 0.0, difference)
        return found

    @property
    def supervision_point_effects(self) -> dict[str, Any]:
        own, paper = self._point_effects("own"), self._point_effects("paper")
        own["reason"] = [
            TOO_FEW_FACES if reason == TOO_FEW else reason for reason in own.get("reason", [])
        ]
        rest = {
            f"paper_{name}": column
            for name, column in paper.items()
            if name not in ("expression", "point")
        }
        return own | rest if paper else {}

    def _point_effects(self, measured: str) -> dict[str, Any]:
        flips = self._reference.choices.permutations
        tables = []
        maps = self._maps(measured)
        of_map, of_all = self._max_t(maps, flips)
        for expression, differences in maps.items():
            known = differences[~np.isnan(differences).any(axis=1)]
            verdicts = [_verdict(column) for column in known.T]
            tests = sum(verdict is None for verdict in verdicts)
            columns = paired_t(known, np.array([verdict is None for verdict in verdicts]))
            tables.append(
                {
                    "expression": [expression] * MESH,
                    "point": np.arange(MESH),
                    "n": np.full(MESH, len(known)),
                    **columns,
                    **dz_interval(columns["t"], np.full(MESH, len(known))),
                    "max_t_p": of_map[expression],
                    "all_max_t_p": of_all[expression],
                    "flips": np.full(MESH, flips),
                    "family": [f"{expression}: {tests} points"] * MESH,
                    "tests": np.full(MESH, tests),
                    "reason": verdicts,
                }
            )
        return {
            name: np.concatenate([np.array(table[name], dtype=object) for table in tables]).tolist()
            for name in (tables[0] if tables else ())
        }

    def _max_t(
        self, maps: dict[str, Vectors], flips: int
    ) -> tuple[dict[str, Vectors], dict[str, Vectors]]:
        """Flip the signs of all differences of a participant at once, and count."""
        random = np.random.default_rng(self._reference.choices.resampling_seed)
        signs = random.choice(np.array([-1.0, 1.0]), size=(flips, len(self._people)))
        observed, maxima = {}, {}
        for expression, differences in maps.items():
            tested = np.array(
                [_verdict(column[~np.isnan(column)]) is None for column in differences.T]
            )
            filled = np.where(np.isnan(differences) | ~tested, 0.0, differences)
            length = np.sqrt((filled**2).sum(axis=0))
            strength = np.abs(filled.sum(axis=0)) / np.where(tested, length, np.nan)
            observed[expression] = strength
            flipped = np.abs(signs @ filled) / np.where(tested, length, 1.0)
            maxima[expression] = flipped.max(axis=1, initial=0.0)
        overall = np.max([np.zeros(flips), *maxima.values()], axis=0)
        return (
            {name: _reached(strength, maxima[name]) for name, strength in observed.items()},
            {name: _reached(strength, overall) for name, strength in observed.items()},
        )


def _reached(observed: Vectors, maxima: Vectors) -> Vectors:
    """Share of arrangements, the observed one among them, whose largest is as large."""
    if not len(maxima):
        return np.full(observed.shape, np.nan)
    counts = (maxima[:, None] >= observed * (1 - 1e-9)).sum(axis=0)
    return np.where(np.isnan(observed), np.nan, (1 + counts) / (1 + len(maxima)))


def _verdict(differences: Vectors) -> str | None:
    if len(differences) < 2:
        return TOO_FEW
    largest = np.abs(differences).max()
    if largest == 0:
        return ALL_ZERO
    return CONSTANT if np.ptp(differences) <= EQUAL * largest else None


def paired_t(differences: Vectors, tested: Vectors) -> dict[str, Vectors]:
    """Test columns of differences without gaps, shape (n, k), those that are to be tested."""
    n, columns = differences.shape
    found = {name: np.full(columns, np.nan) for name in OF_T}
    if n:
        found["mean_difference"] = differences.mean(axis=0)
    if n > 1:
        found["sd_difference"] = differences.std(axis=0, ddof=1)
    if tested.any():
        some = differences[:, tested]
        test = stats.ttest_1samp(some, 0)
        interval = test.confidence_interval(0.95)
        values = {
            "difference_low": interval.low,
            "difference_high": interval.high,
            "t": test.statistic,
            "t_p": test.pvalue,
            "cohen_dz": some.mean(axis=0) / some.std(axis=0, ddof=1),
        }
        for name, column in values.items():
            found[name][tested] = column
    return found


def dz_interval(t: Vectors, n: Vectors) -> dict[str, Vectors]:
    """Find the noncentral t distributions of which t is the 97.5 % and the 2.5 % point."""
    ends = {}
    for name, end in (("dz_low", 0.975), ("dz_high", 0.025)):
        below, above = 2.5 * np.minimum(t, 0) - 6, 2.5 * np.maximum(t, 0) + 6
        for _ in range(50):
            middle = (below + above) / 2
            # The more to the right a distribution lies, the less of it is below t.
            left = stats.nct.cdf(t, n - 1, middle) > end
            below, above = np.where(left, middle, below), np.where(left, above, middle)
        # Of a vast t the cumulative distribution is lost in rounding; there, t is its noncentrality
        # over the deviation's chi.
        df = np.maximum(n - 1, 1)
        chi = stats.chi.ppf(np.where(t > 0, 1 - end, end), df) / np.sqrt(df)
        ends[name] = np.where(np.abs(t) > 1000, t * chi, (below + above) / 2) / np.sqrt(n)
    return ends


def _add_intervals(rows: list[Row]) -> None:
    t, n = (np.array([row[name] for row in rows], float) for name in ("t", "n"))
    for name, column in dz_interval(t, np.maximum(n, 1)).items():
        for row, value in zip(rows, column.tolist(), strict=True):
            row[name] = value


def _compared_groups(cued: dict[str, float], uncued: dict[str, float]) -> Row:
    """Compare two values of everybody who has both."""
    both = np.array([(cued[who], uncued[who]) for who in cued if who in uncued]).reshape(-1, 2)
    x, y = both[~np.isnan(both).any(axis=1)].T
    differences = np.where(np.abs(x - y) < STILL, 0.0, x - y)
    verdict = _verdict(differences)
    row: Row = {
        "n": len(x),
        "supervised_mean": x.mean() if len(x) else None,
        "unsupervised_mean": y.mean() if len(y) else None,
        "wilcoxon_p": None,
        "rank_biserial": None,
        "reason": verdict,
    }
    columns = paired_t(differences[:, None], np.array([verdict is None]))
    row |= {name: column.item() for name, column in columns.items()}
    if verdict in (None, CONSTANT):
        moved = differences[differences != 0]
        ranks = stats.rankdata(np.abs(moved)) * np.sign(moved)
        row["wilcoxon_p"] = float(stats.wilcoxon(differences, zero_method="pratt").pvalue)
        row["rank_biserial"] = float(ranks.sum() / np.abs(ranks).sum())
    return row
