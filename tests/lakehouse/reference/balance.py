"""Who is left out beside who is not."""

from __future__ import annotations

from itertools import combinations
from typing import Any, ClassVar

import numpy as np
from scipy import stats

from tests.lakehouse.reference.faces import Faces
from tests.lakehouse.reference.quality import Quality

Row = dict[str, Any]

TESTS = ("welch_p", "mann_whitney_p", "fisher_p")


class Balance:
    """Relations about the people who do not enter the results.

    Parameters
    ----------
    faces : Faces
    quality : Quality
    """

    RELATIONS: ClassVar = ("exclusion_balance", "exclusion_tests")

    def __init__(self, faces: Faces, quality: Quality) -> None:
        self._faces = faces
        self._covariates = quality.covariates
        known = {row["participant"] for row in self._covariates}
        self._included = {who: faces.included.get(who, False) for who in known} | faces.included

    @property
    def exclusion_tests(self) -> list[Row]:
        kept = ("kind", "name", "category", *TESTS, "reason")
        return [
            {name: row[name] for name in kept}
            for row in self._rows()
            if row["included_n"] + row["excluded_n"]
        ]

    @property
    def exclusion_balance(self) -> list[Row]:
        rows = self._rows()
        for row in rows:
            if not row["included_n"] + row["excluded_n"]:
                row["reason"] = "nobody has a value"
            elif not any(self._included.values()):
                row["reason"] = "nobody is included"
            elif all(self._included.values()):
                row["reason"] = "nobody is left out"
        return rows

    def _variables(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What each participant has of each score and covariate; None where it is missing."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for row in self._faces.score_rows:
            found.setdefault(("instrument", row["instrument"]), {})[row["participant"]] = row[
                "score"
            ]
        for row in self._covariates:
            known = row["value"] if row["category"] is None else row["category"]
            found.setdefault(("covariate", row["covariate"]), {})[row["participant"]] = known
        return found

    def _rows(self) -> list[Row]:
        rows = []
        for (kind, name), values in self._variables().items():
            known = {who: value for who, value in values.items() if value is not None}
            words = sorted({value for value in known.values() if isinstance(value, str)})
            for category in words or ["number"]:
                numbers = {
                    who: float(value == category) if words else value
                    for who, value in known.items()
                }
                rows.append(
                    {"kind": kind, "name": name, "category": category}
                    | self._row(numbers, bool(words))
                )
        return rows

    def _row(self, values: dict[str, float], shares: bool) -> Row:
        included, excluded = (
            np.array([value for who, value in values.items() if self._included[who] == flag])
            for flag in (True, False)
        )
        strangers = [
            who for who in values if not self._included[who] and not self._faces.candidates.get(who)
        ]
        photographed = {row["participant"] for row in self._faces.photo_rows}
        row: Row = {
            "included_n": len(included),
            "included_missing": sum(self._included.values()) - len(included),
            "excluded_n": len(excluded),
            "excluded_missing": sum(not one for one in self._included.values()) - len(excluded),
            "excluded_without_photos": len(set(strangers) - photographed),
        }
        for side, group in (("included", included), ("excluded", excluded)):
            mean = group.mean() if len(group) else np.nan
            row[f"{side}_mean"] = np.nan if shares else mean
            row[f"{side}_share"] = mean if shares else np.nan
            spread = group.std(ddof=1) if len(group) > 1 and not shares else np.nan
            row[f"{side}_sd"] = spread
        compared = _shares(included, excluded) if shares else _numbers(included, excluded)
        return row | dict.fromkeys(("difference", *TESTS), np.nan) | {"reason": None} | compared


def _reason(included: Any, excluded: Any) -> str | None:
    if not len(included):
        return "nobody included has a value"
    if not len(excluded):
        return "nobody left out has a value"
    if len({*included, *excluded}) == 1:
        return "the same for everybody"
    if len({*included}) == len({*excluded}) == 1:
        return "neither group varies"
    return None


def _numbers(included: Any, excluded: Any) -> Row:
    reason = _reason(included, excluded)
    if reason is not None and reason != "neither group varies":
        return {"reason": reason}
    row: Row = {"reason": reason, "mann_whitney_p": _mann_whitney(included, excluded)}
    if reason is None:
        n, m = len(included), len(excluded)
        squares = n * included.var() + m * excluded.var()
        g = (excluded.mean() - included.mean()) / np.sqrt(squares / (n + m - 2))
        row["difference"] = g * (1 - 3 / (4 * (n + m) - 9))
        if min(n, m) == 1:
            row["reason"] = "no welch_p: a group is a single person"
        else:
            row["welch_p"] = stats.ttest_ind(excluded, included, equal_var=False).pvalue
    return row


def _mann_whitney(one: Any, other: Any) -> float:
    few, many = sorted((one, other), key=len)
    if len(few) > 8:
        return float(stats.mannwhitneyu(one, other).pvalue)
    ranks = stats.rankdata(np.concatenate([few, many]))
    own = ranks[: len(few)].sum()
    sums = np.array([sum(chosen) for chosen in combinations(ranks, len(few))])
    tails = (np.mean(sums <= own + 1e-9), np.mean(sums >= own - 1e-9))
    return float(min(1, 2 * min(tails)))


def _shares(included: Any, excluded: Any) -> Row:
    reason = _reason(included, excluded)
    if reason is not None and reason != "neither group varies":
        return {"reason": reason}
    table = [[(group == 1).sum(), (group == 0).sum()] for group in (included, excluded)]
    row: Row = {"reason": reason, "fisher_p": stats.fisher_exact(table).pvalue}
    if reason is None:
        p, q = included.mean(), excluded.mean()
        row["difference"] = (q - p) / np.sqrt((p * (1 - p) + q * (1 - q)) / 2)
    return row
