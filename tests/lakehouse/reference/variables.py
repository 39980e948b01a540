"""Scores and features of the included participants, and how they are distributed."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from scipy import stats

from tests.lakehouse.reference.kinds import Kinds
from tests.lakehouse.reference.movement import Reference
from tests.lakehouse.reference.names import OF_FEATURE, feature_of
from tests.lakehouse.reference.quality import Quality

Row = dict[str, Any]
Values = dict[str, float]
"""A number for each participant who has a row; NaN where it holds none."""


class Variables:
    """What is correlated.

    Parameters
    ----------
    reference : Reference
    quality : Quality
    kinds : Kinds
    """

    RELATIONS: ClassVar = (
        *("analysed_scores", "analysed_values", "features_wide"),
        *("distributions", "normality_tests"),
    )

    def __init__(self, reference: Reference, quality: Quality, kinds: Kinds) -> None:
        self._reference, self._quality, self._kinds = reference, quality, kinds
        self.choices = reference.choices

    @cached_property
    def scores(self) -> dict[str, Values]:
        """Of included participants, by instrument."""
        scores: dict[str, Values] = {}
        for row in self._reference.score_rows:
            if self._reference.included[row["participant"]]:
                scores.setdefault(row["instrument"], {})[row["participant"]] = _known(row["score"])
        return scores

    @cached_property
    def blocks(self) -> list[str] | None:
        """Where permutations keep each of `people`; None where there is one block."""
        wanted = self.choices.blocks
        if wanted is None:
            return None
        found = {
            row["participant"]: row["category"] if row["value"] is None else str(row["value"])
            for row in self._quality.covariates
            if row["covariate"] == wanted
        }
        return [found.get(who) or "" for who in self.people]

    @cached_property
    def features(self) -> dict[str, dict[str, Values]]:
        """By grouping and name."""
        features: dict[str, dict[str, Values]] = {}
        for row in self._reference.feature_rows:
            name = feature_of(row)["feature"]
            column = features.setdefault(row["grouping"], {}).setdefault(name, {})
            column[row["participant"]] = (
                _known(row["mean_distance"])
                if self.choices.feature == "distance"
                else self.of_kind(self.choices.feature)[name][row["participant"]]
            )
        return features

    @cached_property
    def _by_kind(self) -> dict[str, dict[str, Values]]:
        kinds: dict[str, dict[str, Values]] = {}
        for kind in ("distance", "projected", "squared_unbiased"):
            for row in self._kinds.movement_features:
                column = kinds.setdefault(kind, {}).setdefault(row["feature"], {})
                column[row["participant"]] = row[kind]
        return kinds

    def of_kind(self, kind: str) -> dict[str, Values]:
        """Features measured in one of the ways, by name."""
        return self._by_kind.get(kind, {})

    @cached_property
    def described(self) -> dict[tuple[str, str], Row]:
        """What stands beside a feature, by grouping and name."""
        rows = [feature_of(row) for row in self._reference.feature_rows]
        return {
            (row["grouping"], row["feature"]): {name: row[name] for name in OF_FEATURE}
            for row in rows
        }

    def beside(self, kind: str, name: str) -> Row:
        """What stands beside a feature of the expanded grouping, and beside a score, nothing."""
        if kind == "instrument":
            return dict.fromkeys(OF_FEATURE)
        expanded = self.described.get((f"kmeans{self.choices.k}_eyes", name))
        return self.described["measures", name] if expanded is None else expanded

    @property
    def expanded(self) -> dict[str, Values]:
        """The features of the grouping that has the eyelids too, and the measures."""
        groups = self.features.get(f"kmeans{self._reference.choices.k}_eyes", {})
        return groups | self.features.get("measures", {})

    @cached_property
    def people(self) -> list[str]:
        """Everybody with a score or a feature, in order."""
        columns = [*self.scores.values(), *self.expanded.values()]
        return sorted({who for column in columns for who in column})

    @cached_property
    def _named(self) -> dict[tuple[str, str], Values]:
        kinds = {"instrument": self.scores, "feature": self.expanded}
        return {(kind, name): column for kind, of in kinds.items() for name, column in of.items()}

    @property
    def analysed_scores(self) -> list[Row]:
        return [
            {"participant": who, "instrument": instrument, "score": score}
            for instrument, scores in self.scores.items()
            for who, score in scores.items()
        ]

    @property
    def analysed_values(self) -> list[Row]:
        return [
            {"kind": kind, "name": name, "participant": who, "value": value}
            | self.beside(kind, name)
            for (kind, name), column in self._named.items()
            for who, value in column.items()
        ]

    @property
    def features_wide(self) -> list[Row]:
        columns: dict[str, dict[str, Any]] = {
            name: dict(column) for (_, name), column in self._named.items()
        }
        taken = {*columns}
        for row in self._quality.covariates:
            if self._reference.included.get(row["participant"]):
                name = row["covariate"]
                column = columns.setdefault(f"covariate_{name}" if name in taken else name, {})
                known = row["value"] if row["category"] is None else row["category"]
                column[row["participant"]] = known
        for column in columns.values():
            missing = None if any(isinstance(value, str) for value in column.values()) else np.nan
            column |= {who: missing for who, value in column.items() if value is None}
        return [
            {"participant": who} | {name: column.get(who) for name, column in columns.items()}
            for who in sorted({who for column in columns.values() for who in column})
        ]

    @property
    def normality_tests(self) -> list[Row]:
        return [
            {"kind": kind, "name": name} | self.beside(kind, name) | _normality(_of(column))
            for (kind, name), column in self._named.items()
        ]

    @property
    def distributions(self) -> list[Row]:
        included = sum(self._reference.included.values())
        rows = []
        for (kind, name), column in self._named.items():
            values = _of(column)
            tested = _normality(values)
            _, *ends = self._reference.choices.instruments.get(name, (name, None, None))
            measure = self.beside(kind, name)["grouping"] == "measures"
            least = None if measure or self.choices.feature != "distance" else 0.0
            floor, ceiling = (least, None) if kind == "feature" else ends
            rows.append(
                {"kind": kind, "name": name, "n": len(values), "missing": included - len(values)}
                | self.beside(kind, name)
                | _described(values)
                | {"floor_value": floor, "ceiling_value": ceiling}
                | {"at_floor": _share(values, floor, below=True)}
                | {"at_ceiling": _share(values, ceiling, below=False)}
                | {f"normality_{part}": tested[part] for part in ("test", "statistic", "p")}
                | {"reason": tested["reason"]}
            )
        return rows


def _known(value: float | None) -> float:
    return np.nan if value is None else value


def _of(column: Values) -> pd.Series:
    return pd.Series(column, dtype=float).dropna()


def _described(values: pd.Series) -> Row:
    differ = values.nunique() > 1
    return {
        "mean": values.mean(),
        "sd": values.std(),
        "median": values.median(),
        "lowest": values.min(),
        "highest": values.max(),
        # Pandas' are those of SAS and SPSS.
        "skewness": values.skew() if differ else np.nan,
        "kurtosis": values.kurt() if differ else np.nan,
        "at_lowest": (values == values.min()).mean(),
        "at_highest": (values == values.max()).mean(),
    }


def _share(values: pd.Series, end: float | None, *, below: bool) -> float:
    if end is None:
        return np.nan
    return float((values <= end).mean() if below else (values >= end).mean())


def _normality(values: pd.Series) -> Row:
    row: Row = dict.fromkeys(("test", "statistic", "p", "reason"))
    if len(values) < 3:
        return row | {"reason": "fewer than 3 values"}
    if values.nunique() == 1:
        return row | {"reason": "the same for everybody"}
    few = len(values) <= 5000
    found = (stats.shapiro if few else stats.normaltest)(values.to_numpy())
    test = "shapiro-wilk" if few else "dagostino-pearson"
    return row | {"test": test, "statistic": found.statistic, "p": found.pvalue}
