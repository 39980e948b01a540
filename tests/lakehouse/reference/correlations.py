"""Correlations pair by pair, with pandas, SciPy and the plainest loops."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from tests.lakehouse.reference.arithmetic import (
    adjusted,
    concordance_interval,
    perfect,
    product_moment_interval,
    rank_interval,
    student_p,
)
from tests.lakehouse.reference.faces import Choices, Vectors
from tests.lakehouse.reference.names import Names
from tests.lakehouse.reference.permutations import largest_of_families, share_reached
from tests.lakehouse.reference.small_samples import (
    MOST,
    drawn_intervals,
    exact_kendall_p,
    exact_p,
)
from tests.lakehouse.reference.variables import Values, Variables

Row = dict[str, Any]

INTERVALS = {"pearson": product_moment_interval, "spearman": rank_interval}
ROUNDING = 1e-9
"""What correlations, and probabilities relative to themselves, may differ by and be equal."""
TOO_FEW = "fewer than 3 participants have both"
P_THRESHOLDS = [5.0 * 10.0**-power for power in range(2, 16)]
R_THRESHOLDS = [tenth / 10 for tenth in range(1, 10)]


class Correlated:
    """Relations about correlations without covariates.

    Parameters
    ----------
    variables : Variables
    names : Names
    """

    RELATIONS: ClassVar = (
        *("correlations", "instrument_correlations", "feature_correlations"),
        *("correlation_thresholds", "strongest_correlations", "primary_correlations"),
        "kind_correlations",
    )

    def __init__(self, variables: Variables, names: Names) -> None:
        self._variables, self._names = variables, names
        self._choices = variables.choices

    @cached_property
    def correlations(self) -> list[Row]:
        scores, features = self._variables.scores, self._variables.features
        every = _Pairs(
            self._variables.expanded, scores, self._choices, draws=2 * self._choices.bootstraps
        )
        rows = []
        for grouping, columns in features.items():
            family = [
                {"grouping": grouping, "feature": feature, "instrument": instrument}
                | self._variables.described[grouping, feature]
                | every.row(feature, instrument, "the feature", "the score")
                for feature in columns
                for instrument in scores
            ]
            adjust_family(family)
            adjust_by_instrument(family)
            words = f"{grouping}: {len(columns)} features × {len(scores)} instruments"
            name_family(family, words)
            rows += family
        self._permute(rows)
        return rows

    def _permute(self, rows: list[Row]) -> None:
        scores = self._variables.scores
        columns = {
            (feature, instrument): (self._variables.expanded[feature], scores[instrument])
            for feature, instrument in {
                (row["feature"], row["instrument"])
                for row in rows
                if row["n"] >= self._choices.fewest
            }
        }
        families = {
            grouping: {key for key in columns if key[0] in features}
            for grouping, features in self._variables.features.items()
        }
        choices = self._choices
        observed, maxima = largest_of_families(
            columns,
            families,
            self._variables.people,
            choices.permutations,
            choices.resampling_seed,
            self._variables.blocks,
        )
        for row in rows:
            strength = observed.get((row["feature"], row["instrument"]), np.nan)
            row["permutation_p"] = share_reached(strength, maxima[row["grouping"]])
            row["permutations"] = choices.permutations

    @cached_property
    def instrument_correlations(self) -> list[Row]:
        return _each_with_each(self._variables.scores, "instrument", self._choices)

    @property
    def feature_correlations(self) -> list[Row]:
        rows = _each_with_each(self._variables.expanded, "feature", self._choices)
        for row in rows:
            for end in "ab":
                beside = self._variables.beside("feature", row[f"feature_{end}"])
                row |= {f"{name}_{end}": value for name, value in beside.items()}
        return rows

    @property
    def correlation_thresholds(self) -> list[Row]:
        rows = []
        for grouping in self._variables.features if self._variables.scores else ():
            family = [row for row in self.correlations if row["grouping"] == grouping]
            for method, r in (
                *(("pearson", "pearson_r"), ("spearman", "spearman_r")),
                ("kendall", "kendall_tau"),
            ):
                p = np.array([row[f"{method}_p"] for row in family])
                size = np.where(np.isnan(p), np.nan, np.abs([row[r] for row in family]))
                tests = int((~np.isnan(p)).sum())
                keys = {"grouping": grouping, "method": method, "tests": tests}
                rows += [
                    keys
                    | {"kind": "p", "threshold": threshold, "expected": tests * threshold}
                    | dict.fromkeys(("passed", "passed_most"), int((p <= threshold).sum()))
                    for threshold in P_THRESHOLDS
                ]
                rows += [
                    keys
                    | {"kind": "r", "threshold": threshold, "expected": None}
                    | {"passed": int((size >= threshold + ROUNDING).sum())}
                    | {"passed_most": int((size >= threshold - ROUNDING).sum())}
                    for threshold in R_THRESHOLDS
                ]
        return rows

    @property
    def _other_kinds(self) -> list[str]:
        kinds = ("distance", "projected", "squared_unbiased")
        return [kind for kind in kinds if kind != self._choices.feature]

    @cached_property
    def kind_correlations(self) -> list[Row]:
        rows = []
        for kind in self._other_kinds:
            features, scores = self._variables.of_kind(kind), self._variables.scores
            frame = pd.DataFrame(features | scores, dtype=float)
            found = frame.corr(method="spearman", min_periods=3)
            rows += [
                {"kind": kind, "feature": feature, "instrument": instrument}
                | {"spearman_r": perfect(found.loc[feature, instrument])}
                for feature in features
                for instrument in scores
            ]
        return rows

    @property
    def strongest_correlations(self) -> list[Row]:
        kept = (
            *("grouping", "feature", "instrument", "n", "permutation_p", "family", "tests"),
            *("spearman_p", "spearman_r", "spearman_q", "spearman_low", "spearman_high"),
            *("pearson_p", "pearson_r", "pearson_q", "pearson_low", "pearson_high"),
            *("loo_low", "loo_high", "expression", "supervised", "mask", "group_id"),
        )
        labels = {row["feature"]: row["label_en"] for row in self._names.feature_list}
        by_kind = {
            (row["kind"], row["feature"], row["instrument"]): row["spearman_r"]
            for row in self.kind_correlations
        }
        rows = []
        for grouping in self._variables.features:
            family = [
                row
                for row in self.correlations
                if row["grouping"] == grouping and not np.isnan(row["spearman_p"])
            ]
            ranks = _ranks(family)
            for row, (rank, rank_most) in zip(family, ranks, strict=True):
                instrument = self._choices.instruments.get(row["instrument"], [row["instrument"]])
                rows.append(
                    {name: row[name] for name in kept}
                    | {"rank": rank, "rank_most": rank_most}
                    | {
                        f"spearman_r_{kind}": by_kind[kind, row["feature"], row["instrument"]]
                        for kind in self._other_kinds
                    }
                    | {f"spearman_r_{self._choices.feature}": row["spearman_r"]}
                    | {"comparison": f"{labels[row['feature']]} versus {instrument[0]}"}
                )
        return rows

    @property
    def primary_correlations(self) -> list[Row]:
        chosen, method, direction, listed = self._choices.primary
        grouping = chosen or f"kmeans{self._choices.k}"
        r, p = f"{method}_tau" if method == "kendall" else f"{method}_r", f"{method}_p"
        keys = ("feature", "instrument", "expression", "supervised", "mask", "grouping", "group_id")
        rows = [
            {name: row[name] for name in (*keys, "n")}
            | {"method": method, "direction": direction, "r": row[r], "p": row[p]}
            for row in self.correlations
            if row["grouping"] == grouping
            and (not listed or row["instrument"] in listed)
            and not np.isnan(row[p])
        ]
        if not rows:
            return []
        sign = {"either": 0, "positive": 1, "negative": -1}[direction]
        for row in rows:
            if sign:
                row["p"] = row["p"] / 2 if row["r"] * sign > 0 else 1 - row["p"] / 2
        values = np.array([row["p"] for row in rows])
        for row, q, holm in zip(
            rows,
            multipletests(values, method="fdr_bh")[1],
            multipletests(values, method="holm")[1],
            strict=True,
        ):
            row |= {"q": q, "holm": holm, "tests": len(rows)}
            row["rank"] = 1 + int((values < row["p"] * (1 - ROUNDING)).sum())
            row["rank_most"] = int((values <= row["p"] * (1 + ROUNDING)).sum())
        return rows


def _ranks(rows: list[Row]) -> list[tuple[int, int]]:
    """Count who stands before each row, and who before or beside it."""
    drawn = np.nan_to_num(np.array([row["permutation_p"] for row in rows], dtype=float))
    p = np.array([row["spearman_p"] for row in rows], dtype=float)
    ranks = []
    for own_drawn, own_p in zip(drawn, p, strict=True):
        alike = abs(drawn - own_drawn) <= ROUNDING
        before = (~alike & (drawn < own_drawn)).sum()
        surely = before + (alike & (p <= own_p * (1 - ROUNDING))).sum()
        beside = before + (alike & (p <= own_p * (1 + ROUNDING))).sum()
        ranks.append((1 + int(surely), int(beside)))
    return ranks


class _Pairs:
    """Every column of one kind beside every column of another, or of the same.

    pandas correlates each pair of columns over the rows in which both are known.
    """

    def __init__(
        self, x: dict[str, Values], y: dict[str, Values], choices: Choices, *, draws: int
    ) -> None:
        self._fewest = choices.fewest
        frame = pd.DataFrame(x | y, dtype=float).sort_index()
        self._place = {name: at for at, name in enumerate(frame.columns)}
        self._values = frame.to_numpy()
        self._weights = drawn_weights(len(frame), draws, choices)
        self._r = {method: _correlated(frame, method) for method in INTERVALS}
        self._without = {
            method: np.array([_correlated(frame.drop(index=who), method) for who in frame.index])
            for method in INTERVALS
        }

    def row(self, a: str, b: str, said_a: str, said_b: str) -> Row:
        """Everything about one pair but what depends on its family."""
        places = self._place[a], self._place[b]
        both = self._values[:, places]
        members = ~np.isnan(both).any(axis=1)
        x, y = both[members].T
        row: Row = {"n": len(x), "reason": None}
        names = ("r", "p", "low", "high")
        row |= {f"{method}_{name}": np.nan for method in INTERVALS for name in names}
        row |= dict.fromkeys(("kendall_tau", "kendall_p", "loo_low", "loo_high"), np.nan)
        row |= dict.fromkeys(("pearson_loo_low", "pearson_loo_high"), np.nan)
        row |= dict.fromkeys(("kendall_low", "kendall_high"), np.nan)
        if len(x) < 3:
            return row | {"reason": TOO_FEW}
        for values, said in ((x, said_a), (y, said_b)):
            if np.ptp(values) == 0:
                return row | {"reason": f"{said} is the same for everybody"}
        row["kendall_tau"] = stats.kendalltau(x, y).statistic
        row |= {f"{method}_r": perfect(self._r[method][places]) for method in INTERVALS}
        if len(x) > 3:
            for method, name in (("spearman", "loo"), ("pearson", "pearson_loo")):
                left = self._without[method][members, *places]
                row |= {f"{name}_low": np.nanmin(left), f"{name}_high": np.nanmax(left)}
        if len(x) < self._fewest:
            words = f"fewer than {self._fewest} participants have both: no test, no interval"
            return row | {"reason": words}
        jackknife = self._without["pearson"][members, *places]
        return row | _tested(row, x, y, self._weights[:, members], jackknife)


def _tested(row: Row, x: Vectors, y: Vectors, weights: Vectors, jackknife: Vectors) -> Row:
    """p and intervals of a pair with participants enough."""
    df = len(x) - 2
    found: Row = {}
    for method, interval in INTERVALS.items():
        r = row[f"{method}_r"]
        sides = (x, y) if method == "pearson" else (stats.rankdata(x), stats.rankdata(y))
        p = exact_p(*sides) if len(x) <= MOST else student_p(r, df)
        found |= dict(zip((f"{method}_low", f"{method}_high"), interval(r, df), strict=True))
        found[f"{method}_p"] = p
    ends = value_interval(row["pearson_r"], df, (x, y), weights, jackknife)
    found["pearson_low"], found["pearson_high"] = ends
    kendall_p = exact_kendall_p if len(x) <= MOST else lambda *pair: stats.kendalltau(*pair).pvalue
    found["kendall_p"] = kendall_p(x, y)
    tau = perfect(row["kendall_tau"])
    found["kendall_low"], found["kendall_high"] = concordance_interval(tau, df)
    return found


def value_interval(
    r: float, df: int, pair: tuple[Vectors, Vectors], weights: Vectors, jackknife: Vectors
) -> tuple[float, float]:
    """Interval of Pearson's r: BCa, and Fisher's for few participants or where there is none."""
    if not len(weights):
        return np.nan, np.nan
    if len(pair[0]) <= MOST or abs(r) == 1:
        return product_moment_interval(r, df)
    return drawn_intervals(*pair, weights, jackknife) or product_moment_interval(r, df)


def drawn_weights(people: int, draws: int, choices: Choices) -> Vectors:
    """How often each participant is drawn, shape (draws, people)."""
    if not people:
        return np.empty((0, 0), np.intp)
    random = np.random.default_rng(choices.resampling_seed)
    shares = np.full(people, 1 / people)
    return np.asarray(random.multinomial(people, shares, size=draws))


def _correlated(frame: pd.DataFrame, method: str) -> Vectors:
    return np.asarray(frame.corr(method=method, min_periods=3))


def _each_with_each(columns: dict[str, Values], kind: str, choices: Choices) -> list[Row]:
    a, b = f"{kind}_a", f"{kind}_b"
    pairs = _Pairs(columns, columns, choices, draws=choices.bootstraps)
    rows = [
        {a: one, b: other} | pairs.row(one, other, a, b)
        for one, other in combinations(sorted(columns), 2)
    ]
    adjust_family(rows)
    name_family(rows, f"all pairs of {len(columns)} {kind}s")
    return rows


def adjust_family(rows: list[Row]) -> None:
    """Add what is adjusted for the number of tests of a family."""
    for method in INTERVALS:
        adjusted(rows, f"{method}_p", f"{method}_q")
        tests = sum(not np.isnan(row[f"{method}_p"]) for row in rows)
        for row in rows:
            row[f"{method}_bonferroni"] = min(row[f"{method}_p"] * tests, 1.0)


def adjust_by_instrument(rows: list[Row]) -> None:
    """Add what is adjusted for the tests of one instrument."""
    for instrument in {row["instrument"] for row in rows}:
        own = [row for row in rows if row["instrument"] == instrument]
        for method in INTERVALS:
            adjusted(own, f"{method}_p", f"{method}_q_instrument")
        tests = sum(not np.isnan(row["spearman_p"]) for row in own)
        for row in own:
            row["instrument_tests"] = tests


def name_family(rows: list[Row], words: str) -> None:
    """Say in each row which family it belongs to."""
    tests = sum(not np.isnan(row["spearman_p"]) for row in rows)
    for row in rows:
        row |= {"tests": tests, "family": f"{words}, {tests} tests"}
