"""Which expression is taken for which, the classifiers fitted anew for everybody."""

from __future__ import annotations

import warnings
from collections import Counter
from functools import cached_property
from itertools import product
from typing import Any, ClassVar

import numpy as np
from scipy import stats
from sklearn.covariance import ledoit_wolf_shrinkage
from sklearn.metrics import balanced_accuracy_score
from sklearn.neighbors import NearestCentroid

from tests.lakehouse.reference.arithmetic import drawn
from tests.lakehouse.reference.faces import Cell, Faces, Vectors

Row = dict[str, Any]

TOO_FEW = "the other participants show fewer than 2 expressions"
NO_IDENTITY = "dataset.identity is photo, so the others may hold the same person"
NO_SPREAD = "no two of the other participants' masks of an expression differ"
ALL = "all expressions"


class Predictions:
    """Relations about the classifiers.

    Parameters
    ----------
    faces : Faces
    """

    RELATIONS: ClassVar = (
        *("expression_predictions", "expression_confusion", "confused_pairs"),
        *("expression_accuracy", "accuracy_intervals"),
    )

    def __init__(self, faces: Faces) -> None:
        self._faces = faces

    @cached_property
    def _masks(self) -> list[tuple[Cell, Vectors]]:
        """Cells of expressions and their displacements as one vector, without gappy ones."""
        dimensions = self._faces.choices.dimensions
        found = []
        for at in self._faces.compared:
            cell, moved = self._faces.cells[at], self._faces.displacements[at, :, :dimensions]
            if not cell.mask.startswith("00") and not np.isnan(moved).any():
                found.append((cell, moved.ravel()))
        return found

    @cached_property
    def _conditions(self) -> dict[str, list[tuple[Cell, Vectors]]]:
        # A condition that exists in gappy masks only is one all the same.
        cues = {
            self._faces.cells[at].supervised
            for at in self._faces.compared
            if not self._faces.cells[at].mask.startswith("00")
        }
        names = {False: "unsupervised", True: "supervised"}
        conditions = {
            names[cue]: [part for part in self._masks if part[0].supervised == cue] for cue in cues
        }
        return conditions | ({"both": self._masks} if len(cues) > 1 else {})

    @cached_property
    def expression_predictions(self) -> list[Row]:
        rows: list[Row] = []
        for condition, masks in self._conditions.items():
            for who in {cell.participant for cell, _ in masks}:
                others = [(cell, x) for cell, x in masks if cell.participant != who]
                own = [(cell, x) for cell, x in masks if cell.participant == who]
                x = np.array([field for _, field in others])
                y = np.array([cell.expression for cell, _ in others])
                tests = np.array([field for _, field in own])
                for classifier, judge in (
                    ("nearest_centroid", _nearest),
                    ("shrinkage_lda", _discriminated),
                ):
                    few = len(set(y.tolist())) < 2
                    known = self._faces.choices.identity == "participant"
                    taken = None if few or not known else judge(x, y, tests)
                    reason = TOO_FEW if few else NO_SPREAD if taken is None else None
                    reason = reason if known else NO_IDENTITY
                    for at, (cell, _) in enumerate(own):
                        names = ("participant", "expression", "supervised", "mask")
                        rows.append(
                            {"classifier": classifier, "condition": condition}
                            | {name: getattr(cell, name) for name in names}
                            | {"predicted": taken[at] if taken else None, "reason": reason}
                        )
        return rows

    @cached_property
    def _judged(self) -> dict[tuple[str, str], list[Row]]:
        judged: dict[tuple[str, str], list[Row]] = {}
        for row in self.expression_predictions:
            judged.setdefault((row["classifier"], row["condition"]), []).append(row)
        return judged

    @cached_property
    def expression_confusion(self) -> list[Row]:
        rows: list[Row] = []
        for (classifier, condition), judged in self._judged.items():
            counts = Counter((row["expression"], row["predicted"]) for row in judged)
            shown = sorted({row["expression"] for row in judged})
            for expression, predicted in product(shown, shown):
                masks = sum(counts[expression, taken] for taken in shown)
                count = counts[expression, predicted]
                rows.append(
                    {
                        "classifier": classifier,
                        "condition": condition,
                        "expression": expression,
                        "predicted": predicted,
                        "masks": count,
                        "share": count / masks if masks else np.nan,
                    }
                )
        return rows

    def _shares(self, classifier: str, condition: str) -> dict[tuple[str, str], Row]:
        return {
            (row["expression"], row["predicted"]): row
            for row in self.expression_confusion
            if (row["classifier"], row["condition"]) == (classifier, condition)
        }

    @property
    def confused_pairs(self) -> list[Row]:
        rows: list[Row] = []
        for classifier, condition in self._judged:
            shares = self._shares(classifier, condition)
            of_both = []
            for (a, b), row in shares.items():
                if a < b:
                    one, other = row["share"], shares[b, a]["share"]
                    of_both.append((a, b, one, other, (one + other) / 2))
            # The most confused first; what is not known comes last.
            of_both.sort(key=lambda pair: (-pair[4] if pair[4] >= 0 else 1, *pair[:2]))
            rows += [
                {
                    "classifier": classifier,
                    "condition": condition,
                    "rank": rank,
                    "expression_a": a,
                    "expression_b": b,
                    "a_taken_for_b": one,
                    "b_taken_for_a": other,
                    "confusion": mean,
                }
                for rank, (a, b, one, other, mean) in enumerate(of_both, start=1)
            ]
        return rows

    @cached_property
    def accuracy_intervals(self) -> list[Row]:
        choices = self._faces.choices
        rows: list[Row] = []
        for (classifier, condition), judged in self._judged.items():
            people = sorted({row["participant"] for row in judged})
            shown = sorted({row["expression"] for row in judged})
            samples = drawn(len(people), choices.bootstraps, choices.resampling_seed)
            for expression in (*shown, ALL):
                of_person = {
                    who: [
                        row["predicted"] == row["expression"]
                        for row in judged
                        if row["participant"] == who
                        and row["predicted"] is not None
                        and expression in (row["expression"], ALL)
                    ]
                    for who in people
                }
                shares, balanced = [], []
                for sample in samples if len(people) > 1 else ():
                    right = [value for at in sample for value in of_person[people[at]]]
                    if right:
                        shares.append(np.mean(right))
                    if right and expression == ALL:
                        chosen = [people[at] for at in sample]
                        balanced.append(_balanced(judged, chosen))
                low, high = np.percentile(shares, [2.5, 97.5]) if shares else (np.nan, np.nan)
                ends = np.percentile(balanced, [2.5, 97.5]) if balanced else (np.nan, np.nan)
                rows.append(
                    {
                        "classifier": classifier,
                        "condition": condition,
                        "expression": expression,
                        "accuracy_low": low,
                        "accuracy_high": high,
                        "balanced_low": ends[0],
                        "balanced_high": ends[1],
                        "bootstraps": choices.bootstraps,
                    }
                )
        return rows

    @property
    def expression_accuracy(self) -> list[Row]:
        keys = ("classifier", "condition", "expression")
        rows = []
        for interval in self.accuracy_intervals:
            classifier, condition, expression = (interval[key] for key in keys)
            whole = self._judged[classifier, condition]
            shares = self._shares(classifier, condition)
            shown = sorted({row["expression"] for row in whole})
            about = shown if expression == ALL else [expression]
            asked = [row for row in whole if row["expression"] in about]
            judged = [row for row in asked if row["predicted"] is not None]
            right = sum(row["predicted"] == row["expression"] for row in judged)
            entropies = [
                stats.entropy([shares[one, taken]["share"] for taken in shown], base=2)
                for one in about
                if not np.isnan(shares[one, shown[0]]["share"])
            ]
            mistakes = (
                []
                if expression == ALL
                else [
                    (-row["masks"], row["predicted"], row["share"])
                    for row in shares.values()
                    if row["expression"] == expression != row["predicted"] and row["masks"]
                ]
            )
            told = [row["predicted"] for row in whole if row["predicted"] is not None]
            every = Counter(row["expression"] for row in judged)
            together = expression == ALL and bool(judged)
            worst = min(mistakes, default=(0, None, np.nan))
            rows.append(
                interval
                | {
                    "participants": len({row["participant"] for row in judged}),
                    "masks": len(judged),
                    "correct": right,
                    "accuracy": right / len(judged) if judged else np.nan,
                    "balanced_accuracy": _balanced(whole, None) if together else np.nan,
                    "chance": 1 / len(shown),
                    "majority": max(every.values()) / len(judged) if together else np.nan,
                    "named": np.nan
                    if expression == ALL or not told
                    else told.count(expression) / len(told),
                    "entropy": np.mean(entropies) if entropies else np.nan,
                    "mistaken_for": worst[1],
                    "mistaken_share": worst[2],
                    "reason": None if judged else min(row["reason"] for row in asked),
                }
            )
        return rows


def _balanced(judged: list[Row], people: list[str] | None) -> float:
    """Balanced accuracy of the guesses of some people, as often as they are named."""
    guessed = [row for row in judged if row["predicted"] is not None]
    times = Counter(people if people is not None else {row["participant"] for row in guessed})
    weights = [times[row["participant"]] for row in guessed]
    shown, taken = ([row[name] for row in guessed] for name in ("expression", "predicted"))
    kept = [at for at, weight in enumerate(weights) if weight]
    with warnings.catch_warnings():
        # Of guesses that name what nobody in the sample shows.
        warnings.filterwarnings("ignore", "y_pred contains classes not in y_true", UserWarning)
        return float(
            balanced_accuracy_score(
                [shown[at] for at in kept],
                [taken[at] for at in kept],
                sample_weight=[weights[at] for at in kept],
            )
        )


def _nearest(x: Vectors, y: Vectors, tests: Vectors) -> list[str] | None:
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        # Of features that do not vary, as those of the point that alignment pins, or where each
        # expression is shown once.
        warnings.filterwarnings("ignore", "self.within_class_std_dev_", UserWarning)
        fitted = NearestCentroid().fit(x, y)
    taken: list[str] = fitted.predict(tests).tolist()
    return taken


def _discriminated(x: Vectors, y: Vectors, tests: Vectors) -> list[str] | None:
    """Let a linear discriminant of shrunk covariance judge, all classes being equally likely."""
    deviations = x - np.array([x[y == name].mean(axis=0) for name in y])
    if not np.any(np.abs(deviations) > 1e-9 * np.abs(x).max()):
        return None
    shrinkage = ledoit_wolf_shrinkage(deviations, assume_centered=True)
    # The span of all masks holds everything that differs; in it the covariance is small to invert.
    span, _ = np.linalg.qr(np.concatenate([x, tests]).T)
    seen = deviations @ span
    variance = (deviations**2).sum() / deviations.size
    covariance = (1 - shrinkage) * (seen.T @ seen) / len(x)
    covariance += shrinkage * variance * np.eye(span.shape[1])
    names = np.unique(y)
    means = np.array([x[y == name].mean(axis=0) for name in names]) @ span
    weights = np.linalg.solve(covariance, means.T)
    scores = tests @ span @ weights - (means * weights.T).sum(axis=1) / 2
    taken: list[str] = names[np.argmax(scores, axis=1)].tolist()
    return taken
