"""Partial correlations, pair by pair, from the residuals of least squares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from scipy import stats

from tests.lakehouse.reference.arithmetic import perfect, student_p
from tests.lakehouse.reference.correlations import (
    INTERVALS,
    adjust_by_instrument,
    adjust_family,
    drawn_weights,
    name_family,
    value_interval,
)
from tests.lakehouse.reference.faces import Numbers, Vectors
from tests.lakehouse.reference.permutations import drawn_orders, permuted, share_reached
from tests.lakehouse.reference.quality import POSES, Quality
from tests.lakehouse.reference.small_samples import MOST, exact_p
from tests.lakehouse.reference.variables import Values, Variables

Row = dict[str, Any]

TOO_FEW = "too few participants have both and all covariates"
EXPLAINED = 1e-8
"""Of a column's length, what is left of it where covariates explain all."""


@dataclass(frozen=True)
class _Rest:
    """What covariates leave of two columns, or why nothing is left.

    The rests have mean 0 and length 1; basis holds orthonormal columns that span the covariates.
    """

    rows: Numbers
    df: int
    x: Vectors
    y: Vectors
    basis: Vectors
    reason: str | None


class Partial:
    """The relation of correlations with covariates held constant.

    Parameters
    ----------
    variables : Variables
    quality : Quality
    """

    RELATIONS: ClassVar = ("partial_correlations",)

    def __init__(self, variables: Variables, quality: Quality) -> None:
        self._variables = variables
        self._quality = quality
        self._choices = variables.choices

    @property
    def partial_correlations(self) -> list[Row]:
        names = self._choices.covariates
        scores, expanded = self._variables.scores, self._variables.expanded
        if not names or not expanded:
            return []
        rests = {
            (feature, instrument): {
                method: self._rest(column, of_instrument, feature, method == "spearman")
                for method in INTERVALS
            }
            for feature, column in expanded.items()
            for instrument, of_instrument in scores.items()
        }
        rows: list[Row] = []
        held = ", ".join(names)
        for grouping, features in self._variables.features.items():
            family = [
                {"grouping": grouping, "feature": feature, "instrument": instrument}
                | self._variables.described[grouping, feature]
                | {"covariates": held, "permutations": self._choices.permutations}
                | self._row(rests[feature, instrument])
                for feature in features
                for instrument in scores
            ]
            adjust_family(family)
            adjust_by_instrument(family)
            words = f"{grouping} given {held}: {len(features)} features"
            name_family(family, f"{words} × {len(scores)} instruments")
            rows += family
        self._permute(rows, {pair: of["spearman"] for pair, of in rests.items()})
        return rows

    def _least(self, rest: _Rest) -> int:
        """Participants less covariates that a test takes."""
        return max(self._choices.fewest, MOST + 1 if rest.basis.shape[1] else 3)

    def _is_tested(self, rest: _Rest) -> bool:
        return rest.reason is None and rest.df + 2 >= self._least(rest)

    def _row(self, rests: dict[str, _Rest]) -> Row:
        row: Row = {"n": len(rests["spearman"].rows)}
        reasons = {}
        for method, interval in INTERVALS.items():
            rest = rests[method]
            row[f"{method}_df"], reasons[method] = rest.df, rest.reason
            row |= {f"{method}_{name}": np.nan for name in ("r", "p", "low", "high")}
            if rest.reason is not None:
                continue
            r = row[f"{method}_r"] = perfect(rest.x @ rest.y)
            if not self._is_tested(rest):
                least = max(self._choices.fewest, MOST + 1)
                reasons[method] = (
                    f"fewer than {least} participants, less one for each covariate, have both and "
                    "all covariates: no test, no interval"
                )
                continue
            sides = rest.x, rest.y
            p = exact_p(*sides) if len(rest.rows) <= MOST else student_p(r, rest.df)
            low, high = interval(r, rest.df)
            if method == "pearson":
                left = [_without(*sides, at) for at in range(len(rest.rows))]
                weights = self._weights[:, rest.rows]
                low, high = value_interval(r, rest.df, sides, weights, np.array(left))
                if abs(r) < 1 and len(rest.rows) > MOST:
                    wider = np.sqrt((len(rest.rows) - 1) / (rest.df + 1))
                    low, high = np.tanh(
                        np.arctanh(r) + wider * (np.arctanh([low, high]) - np.arctanh(r))
                    )
            found = {"p": p, "low": low, "high": high}
            row |= {f"{method}_{name}": value for name, value in found.items()}
        by_value, by_rank = reasons["pearson"], reasons["spearman"]
        return row | {"reason": by_rank or (by_value and f"Pearson's r: {by_value}")}

    @cached_property
    def _weights(self) -> Vectors:
        return drawn_weights(
            len(self._variables.people), 2 * self._choices.bootstraps, self._choices
        )

    def _permute(self, rows: list[Row], rests: dict[Any, _Rest]) -> None:
        """Freedman and Lane's: residuals are permuted, and freed of the covariates again."""

        def strength(pair: Any, order: Numbers) -> float:
            rest = rests[pair]
            y = rest.y[order]
            y = y - rest.basis @ (rest.basis.T @ y)
            length = np.linalg.norm(y)
            if length**2 <= 1e-12:
                return 0.0
            return float(abs(rest.x @ y) / length * np.sqrt(rest.df + 1))

        observed, maxima = permuted(
            {pair: rest.rows for pair, rest in rests.items() if self._is_tested(rest)},
            strength,
            {
                grouping: {pair for pair in rests if pair[0] in features}
                for grouping, features in self._variables.features.items()
            },
            drawn_orders(
                len(self._variables.people),
                self._choices.permutations,
                self._choices.resampling_seed,
                self._variables.blocks,
            ),
        )
        for row in rows:
            found = observed.get((row["feature"], row["instrument"]), np.nan)
            row["permutation_p"] = share_reached(found, maxima[row["grouping"]])

    @cached_property
    def _files(self) -> dict[str, dict[str, Row]]:
        """Covariates of the file by name and participant."""
        found: dict[str, dict[str, Row]] = {}
        for row in self._quality.covariates:
            if row["covariate"] not in POSES:
                found.setdefault(row["covariate"], {})[row["participant"]] = row
        return found

    @cached_property
    def _poses(self) -> dict[tuple[str, str], Row]:
        return {(row["mask"], row["participant"]): row for row in self._quality.mask_poses}

    def _columns(self, mask: str) -> Vectors:
        """Covariates of a mask's features, a column for each level but the first of a category."""
        people = self._variables.people
        columns: list[list[float]] = []
        for name in self._choices.covariates:
            if name in POSES:
                found = [self._poses.get((mask, who), {}).get(name) for who in people]
                columns.append([np.nan if value is None else value for value in found])
                continue
            rows = [self._files.get(name, {}).get(who, {}) for who in people]
            levels = sorted({row["category"] for row in rows if row.get("category") is not None})
            for level in levels[1:] or levels:
                columns.append(
                    [
                        np.nan if row.get("category") is None else float(row["category"] == level)
                        for row in rows
                    ]
                )
            if not levels:
                values = [row.get("value") for row in rows]
                columns.append([np.nan if value is None else value for value in values])
        return np.array(columns).T

    def _rest(self, feature: Values, score: Values, name: str, ranked: bool) -> _Rest:
        people = self._variables.people
        given = self._columns(self._variables.beside("feature", name)["mask"])
        both = np.array([[of.get(who, np.nan) for of in (feature, score)] for who in people])
        table = np.column_stack([both, given])
        rows = np.flatnonzero(~np.isnan(table).any(axis=1))
        table = table[rows]
        if ranked and len(rows):
            table = stats.rankdata(table, axis=0)
        centred = table - table.mean(axis=0) if len(rows) else table
        basis = _spanned(centred[:, 2:])
        df = len(rows) - 2 - basis.shape[1]
        if df < 1:
            return _Rest(rows, max(df, 0), both[:0], both[:0], basis, TOO_FEW)
        rests = []
        for at, said in enumerate(("the feature", "the score")):
            column = centred[:, at]
            rest = column - basis @ (basis.T @ column)
            why = None
            if np.ptp(table[:, at]) == 0:
                why = f"{said} is the same for everybody"
            elif np.linalg.norm(rest) <= EXPLAINED * np.linalg.norm(column):
                why = f"the covariates explain all of {said}"
            if why is not None:
                return _Rest(rows, df, both[:0], both[:0], basis, why)
            rests.append(rest / np.linalg.norm(rest))
        return _Rest(rows, df, *rests, basis, None)


def _without(x: Vectors, y: Vectors, row: int) -> float:
    left = np.delete(x, row), np.delete(y, row)
    if min(np.std(side) for side in left) < EXPLAINED:
        return np.nan
    return float(np.corrcoef(*left)[0, 1])


def _spanned(columns: Vectors) -> Vectors:
    """Orthonormal columns that span some centred ones."""
    lengths = np.linalg.norm(columns, axis=0)
    # Of a column without variation, rounding may leave a little.
    varying = columns[:, lengths > EXPLAINED] / lengths[lengths > EXPLAINED]
    if not varying.size:
        return np.empty((len(columns), 0))
    left, strength, _ = np.linalg.svd(varying, full_matrices=False)
    return np.asarray(left[:, strength > EXPLAINED])
