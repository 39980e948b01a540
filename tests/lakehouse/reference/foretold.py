"""Scores foretold from movement by ridge regression in the plainest way, fold by fold."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from scipy import stats

from tests.lakehouse.reference.arithmetic import drawn
from tests.lakehouse.reference.faces import Faces, Numbers, Vectors
from tests.lakehouse.reference.permutations import among, share_reached
from tests.lakehouse.reference.quality import Quality
from tests.lakehouse.reference.variables import Variables

Row = dict[str, Any]

PENALTIES = (0.01, 0.1, 1.0, 10.0, 100.0, 1000.0, 10000.0)
FOLDS, REPEATS = 5, 4
NUMBERS = (
    *("r", "r_low", "r_high", "r_squared", "r_squared_low", "r_squared_high"),
    *("error", "baseline_error", "penalty", "permutation_p", "permutation_p_alone"),
)


class Foretold:
    """Relations about what movement says of scores.

    Parameters
    ----------
    faces : Faces
    variables : Variables
    quality : Quality
    """

    RELATIONS: ClassVar = ("movement_products", "score_prediction")

    def __init__(self, faces: Faces, variables: Variables, quality: Quality) -> None:
        self._faces, self._variables, self._quality = faces, variables, quality

    @cached_property
    def _fields(self) -> dict[str, Vectors]:
        """All displacements of everybody who has every mask, as one vector, by participant."""
        found: dict[str, dict[str, Vectors]] = {}
        dimensions = self._faces.choices.dimensions
        for at in self._faces.compared:
            cell, moved = self._faces.cells[at], self._faces.displacements[at, :, :dimensions]
            found.setdefault(cell.participant, {})[cell.mask] = moved.ravel()
        masks = sorted({mask for own in found.values() for mask in own})
        whole = {
            who: np.concatenate([own[mask] for mask in masks])
            for who, own in sorted(found.items())
            if own.keys() == set(masks)
        }
        return {who: field for who, field in whole.items() if not np.isnan(field).any()}

    @property
    def movement_products(self) -> list[Row]:
        return [
            {"participant_a": a, "participant_b": b, "product": x @ y}
            for a, x in self._fields.items()
            for b, y in self._fields.items()
            if a <= b
        ]

    def _given(self) -> dict[str, list[float]]:
        """Covariates of everybody, a column for each level but the first of a category."""
        names = self._faces.choices.covariates
        rows = [row for row in self._quality.covariates if row["covariate"] in names]
        by_person = {(row["participant"], row["covariate"]): row for row in rows}
        levels = {
            name: sorted(
                {
                    row["category"]
                    for row in rows
                    if row["covariate"] == name and row["category"] is not None
                }
            )
            for name in names
        }
        columns: dict[str, list[float]] = {}
        for who in self._fields:
            own: list[float] = []
            for name in names:
                row = by_person.get((who, name), {"value": None, "category": None})
                known = row["category"] is not None or row["value"] is not None
                if not known:
                    own.append(np.nan)
                elif levels[name]:
                    own += [float(row["category"] == level) for level in levels[name][1:]]
                else:
                    own.append(row["value"])
            columns[who] = own
        return columns

    @property
    def score_prediction(self) -> list[Row]:
        choices = self._faces.choices
        people = list(self._fields)
        given = self._given()
        rows: list[Row] = []
        judged: dict[str, tuple[Row, Callable[[Numbers], float], Numbers]] = {}
        for instrument, scores in sorted(self._variables.scores.items()):
            able = [
                at
                for at, who in enumerate(people)
                if not np.isnan(scores.get(who, np.nan)) and not np.isnan(given[who]).any()
            ]
            answered = sum(not np.isnan(score) for score in scores.values())
            row: Row = {
                "instrument": instrument,
                "covariates": ", ".join(choices.covariates) or None,
                "n": len(able),
                "left_out": answered - len(able),
                "bootstraps": choices.bootstraps,
                "permutations": -(-choices.permutations // 10),
                "reason": None,
            } | dict.fromkeys(NUMBERS, np.nan)
            rows.append(row)
            x = np.array([self._fields[people[at]] for at in able])
            y = np.array([scores[people[at]] for at in able])
            z = np.array([[1.0, *given[people[at]]] for at in able])
            folds = self._folds(len(people), able)
            row["reason"] = self._trouble(x, y, z, folds)
            if row["reason"] is None:
                coordinates, strength, _ = np.linalg.svd(x, full_matrices=False)
                seen = coordinates * strength
                self._fill(row, *_foretell(seen, y, z, folds))
                judged[instrument] = (row, _under(seen, y, z, folds), np.array(able, np.intp))
        self._permute(rows, judged, len(people))
        return rows

    def _folds(self, people: int, able: list[int]) -> Vectors:
        rng = np.random.default_rng([self._faces.choices.resampling_seed, 1])
        dealt = []
        for _ in range(REPEATS):
            places = rng.permutation(people)[able]
            dealt.append(stats.rankdata(places) - 1)
        return np.array(dealt) % FOLDS

    def _trouble(self, x: Vectors, y: Vectors, z: Vectors, folds: Vectors) -> str | None:
        if self._faces.choices.identity == "photo":
            return "dataset.identity is photo, so the others may hold the same person"
        if len(y) < (fewest := self._faces.choices.fewest):
            return f"fewer than {fewest} participants have the score, every mask and all covariates"
        spare = [
            (of != fold).sum() - _rank(z[of != fold]) for of in folds for fold in np.unique(of)
        ]
        if min(spare) < 2:
            return "too few participants to learn from"
        rest = x - z @ np.linalg.lstsq(z, x)[0]
        if (rest**2).sum() <= 1e-12 * (x**2).sum():
            return "nobody's movement differs, or the covariates explain all of it"
        if np.ptp(y) == 0:
            return "the score is the same for everybody"
        centred = y - y.mean()
        left = centred - z @ np.linalg.lstsq(z, centred)[0]
        gone = np.linalg.norm(left) <= 1e-8 * np.linalg.norm(centred)
        return "the covariates explain all of the score" if gone else None

    def _fill(self, row: Row, predicted: Vectors, left: Vectors, penalties: list[float]) -> None:
        choices = self._faces.choices
        row |= _accuracy(predicted, left)
        row["error"] = np.sqrt(np.mean((left - predicted) ** 2))
        row["baseline_error"] = np.sqrt(np.mean(left**2))
        row["penalty"] = np.median(penalties)
        samples = [
            _accuracy(predicted[sample], left[sample])
            for sample in drawn(len(left), choices.bootstraps, choices.resampling_seed)
        ]
        for name in ("r", "r_squared") if samples else ():
            values = [found[name] for found in samples]
            row[f"{name}_low"], row[f"{name}_high"] = np.nanpercentile(values, [2.5, 97.5])

    def _permute(self, rows: list[Row], judged: dict[str, Any], people: int) -> None:
        choices = self._faces.choices
        count = -(-choices.permutations // 10)
        random = np.random.default_rng(choices.resampling_seed)
        orders = random.permuted(np.tile(np.arange(people), (count, 1)), axis=1)
        found = {
            name: [strength(among(order, able)) for order in orders]
            for name, (_, strength, able) in judged.items()
        }
        strongest = np.max([*found.values()], axis=0) if found else []
        for row in rows:
            row["tests"] = len(judged)
            if row["instrument"] in found:
                observed = row["r"] * np.sqrt(row["n"])
                row["permutation_p"] = _reached(observed, strongest)
                row["permutation_p_alone"] = _reached(observed, found[row["instrument"]])


def _reached(observed: float, drawn_ones: Any) -> float:
    """As `share_reached`, of a statistic that may be below 0."""
    values = np.array(drawn_ones, float)
    if observed >= 0:
        return share_reached(observed, values)
    least = observed * (1 + 1e-9)
    return float((1 + (values >= least).sum()) / (1 + len(values))) if len(values) else np.nan


def _under(x: Vectors, y: Vectors, z: Vectors, folds: Vectors) -> Callable[[Numbers], float]:
    """Statistic where what the covariates leave of the score is in another order."""
    expected = z @ np.linalg.lstsq(z, y)[0]

    def strength(order: Numbers) -> float:
        predicted, left, _ = _foretell(x, expected + (y - expected)[order], z, folds)
        return float(_accuracy(predicted, left)["r"] * np.sqrt(len(y)))

    return strength


def _foretell(
    x: Vectors, y: Vectors, z: Vectors, folds: Vectors
) -> tuple[Vectors, Vectors, list[float]]:
    predicted, left, penalties = np.zeros(len(y)), np.zeros(len(y)), []
    for of in folds:
        for fold in np.unique(of):
            train, test = np.flatnonzero(of != fold), np.flatnonzero(of == fold)
            rest = x[train] - z[train] @ np.linalg.lstsq(z[train], x[train])[0]
            size = (rest**2).sum() / len(train)
            errors = [_left_out(x[train], y[train], z[train], one * size) for one in PENALTIES]
            chosen = PENALTIES[int(np.argmin(errors))]
            baseline, beyond = _ridge(x, y, z, train, test, chosen * size)
            predicted[test] += beyond / len(folds)
            left[test] += (y[test] - baseline) / len(folds)
            penalties.append(chosen)
    return predicted, left, penalties


def _left_out(x: Vectors, y: Vectors, z: Vectors, penalty: float) -> float:
    every = np.arange(len(y))
    total = 0.0
    for at in every:
        others = every[every != at]
        if _rank(z[others]) < _rank(z):
            # Nobody else says anything of what this one alone has.
            continue
        baseline, beyond = _ridge(x, y, z, others, np.array([at]), penalty)
        total += float((y[at] - baseline[0] - beyond[0]) ** 2)
    return total


def _ridge(
    x: Vectors, y: Vectors, z: Vectors, train: Numbers, test: Numbers, penalty: float
) -> tuple[Vectors, Vectors]:
    """What covariates say of others, and what movement adds."""
    of_x = np.linalg.lstsq(z[train], x[train])[0]
    of_y = np.linalg.lstsq(z[train], y[train])[0]
    rest, rest_y = x[train] - z[train] @ of_x, y[train] - z[train] @ of_y
    slopes = np.linalg.solve(rest.T @ rest + penalty * np.eye(x.shape[1]), rest.T @ rest_y)
    return z[test] @ of_y, (x[test] - z[test] @ of_x) @ slopes


def _rank(z: Vectors) -> int:
    scaled = z / np.maximum(np.abs(z).max(axis=0), 1e-300)
    return int(np.linalg.matrix_rank(scaled, tol=1e-8))


def _accuracy(predicted: Vectors, left: Vectors) -> dict[str, float]:
    still = np.ptp(predicted) == 0 or np.ptp(left) == 0
    whole = (left**2).sum()
    return {
        "r": np.nan if still else float(stats.pearsonr(predicted, left).statistic),
        "r_squared": 1 - ((left - predicted) ** 2).sum() / whole if whole > 0 else np.nan,
    }
