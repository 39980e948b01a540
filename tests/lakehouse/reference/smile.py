"""Eyes and mouth in happiness, with regressions by statsmodels."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import statsmodels.api as sm
from scipy import stats

from tests.lakehouse.reference.arithmetic import mean_known, perfect, rank_interval, student_p
from tests.lakehouse.reference.faces import Cell, Vectors
from tests.lakehouse.reference.movement import Reference
from tests.lakehouse.reference.small_samples import MOST, exact_p

Rows = list[dict[str, Any]]

# Outer corner, upper lid, upper lid, inner corner, lower lid, lower lid; corner of the mouth.
EYES = {"left": (263, 387, 385, 362, 380, 373), "right": (33, 160, 158, 133, 153, 144)}
CORNERS = {"left": 291, "right": 61}
CHEEKS = {"left": [280, 346, 347], "right": [50, 117, 118]}
SMILE = ("corner_rise", "eye_narrowing", "cheek_rise", "jaw_opening", "yaw", "pitch")
HELD = ("jaw_opening", "yaw", "pitch")
NOTHING_LEFT = 1e-8

FEW = "fewer than 3 participants have all measures"
SAME_CORNERS = "the corners of the mouth rise alike in everybody"
SAME_EYES = "the eyes narrow alike in everybody"
FEW_FOR_SO_MANY = "too few participants for what is held constant"
EXPLAINED = "what is held constant explains all of the corners' rise"
ALONE = "one participant alone determines a slope, so it has no error"
SAME_CHEEKS = "the cheeks rise alike in everybody"


class Smile:
    """Relations about happiness.

    Parameters
    ----------
    reference : Reference
    """

    RELATIONS: ClassVar = ("smile_measures", "smile_coactivation", "smile_residuals")

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._means = {
            (cell.participant, cell.mask): mean
            for cell, mean in zip(reference.cells, reference.cell_means, strict=True)
        }

    @cached_property
    def smile_measures(self) -> Rows:
        by_condition: dict[tuple[str, str], dict[str, Vectors]] = {}
        neutral = {
            cell.participant: self._pose(cell)
            for cell in self._reference.cells
            if cell.mask == "00-00"
        }
        rest = np.zeros(3)
        if self._reference.choices.reference == "mean":
            rest = mean_known(np.array(list(neutral.values())).reshape(-1, 3))
        for cell in self._reference.cells:
            if cell.expression == "happiness" and not cell.mask.startswith("00"):
                condition = "supervised" if cell.supervised else "unsupervised"
                who = cell.participant
                faces = [self._means[who, cell.mask], self._reference.reference_of(who)]
                posed = self._pose(cell) - neutral.get(who, rest)
                by_condition[cell.participant, condition] = _sides(*faces, posed)
        for who in {who for who, _ in by_condition}:
            both = [by_condition.get((who, name)) for name in ("supervised", "unsupervised")]
            if both[0] is not None and both[1] is not None:
                by_condition[who, "both"] = {
                    side: (both[0][side] + both[1][side]) / 2 for side in both[0]
                }
        return [
            {"participant": who, "condition": condition, "side": side}
            | dict(zip(SMILE, values.tolist(), strict=True))
            for (who, condition), sides in by_condition.items()
            for side, values in sides.items()
        ]

    def _pose(self, cell: Cell) -> Vectors:
        """Mean yaw, size of the yaw and pitch over a cell's photographs, where known."""
        rows = [self._reference.photo_rows[at] for at in cell.photos]
        yaw, pitch = (
            [row[name] for row in rows if row[name] is not None] for name in ("yaw", "pitch")
        )
        parts = (yaw, [abs(angle) for angle in yaw], pitch)
        return np.array([np.mean(part) if part else np.nan for part in parts])

    @cached_property
    def _parts(self) -> dict[tuple[str, str], tuple[list[str], dict[str, Vectors]]]:
        """Participants of each condition and side with both measures, and their columns."""
        rows = defaultdict(list)
        for row in sorted(self.smile_measures, key=lambda row: row["participant"]):
            rows[row["condition"], row["side"]].append(row)
        parts = {}
        for key, of_part in rows.items():
            known = [
                row for row in of_part if not np.isnan(row["corner_rise"] + row["eye_narrowing"])
            ]
            columns = {name: np.array([row[name] for row in known]) for name in SMILE}
            parts[key] = [row["participant"] for row in known], columns
        return parts

    @property
    def smile_coactivation(self) -> Rows:
        return [
            {"condition": condition, "side": side}
            | _described(columns, self._reference.choices.fewest)
            | _regressed(columns, self._reference.choices.fewest)
            for (condition, side), (_, columns) in self._parts.items()
        ]

    @property
    def smile_residuals(self) -> Rows:
        rows: Rows = []
        for (condition, side), (people, columns) in self._parts.items():
            complete, held, reason = _design(columns)
            if reason is None:
                fit = _fit(columns, complete, held)
                rows += [
                    {
                        "participant": people[at],
                        "condition": condition,
                        "side": side,
                        "eye_narrowing": columns["eye_narrowing"][at],
                        "expected": expected,
                        "residual": columns["eye_narrowing"][at] - expected,
                    }
                    for at, expected in zip(
                        np.flatnonzero(complete), fit.fittedvalues.tolist(), strict=True
                    )
                ]
        return rows


def _sides(face: Vectors, neutral: Vectors, posed: Vectors) -> dict[str, Vectors]:
    """Give `SMILE` by side."""
    found = {}
    yaw, turn, pitch = posed
    for side, eye in EYES.items():
        heights, ratios = [], []
        for points in (face[:, :2], neutral[:, :2]):
            level = points[[133, 362], 1].mean()
            places = (points[CORNERS[side], 1], points[CHEEKS[side], 1].mean(), points[152, 1])
            heights.append(np.array(places) - level)
            outer, first_up, second_up, inner, second_low, first_low = points[list(eye)]
            opening = np.linalg.norm(first_up - first_low) + np.linalg.norm(second_up - second_low)
            ratios.append(opening / (2 * np.linalg.norm(outer - inner)))
        corner, cheek, chin = heights[1] - heights[0]
        found[side] = np.array([corner, 1 - ratios[0] / ratios[1], cheek, -chin, yaw, pitch])
    left, right = found["left"], found["right"]
    found["mean"], found["difference"] = (left + right) / 2, left - right
    # The jaw is in the middle and the head is one, so in these its sides do not differ.
    found["difference"][3:] = left[3:]
    found["mean"][4] = turn
    return found


def _described(columns: dict[str, Vectors], fewest: int) -> dict[str, Any]:
    rise, narrow, cheek = (columns[name] for name in SMILE[:3])
    row: dict[str, Any] = {"n": len(rise), "cheek_rise": _mean(cheek)}
    for name, values in (("corner_rise", rise), ("eye_narrowing", narrow)):
        ends = (np.nan, np.nan)
        if len(values) > 1:
            ends = stats.ttest_1samp(values, 0).confidence_interval(0.95)
        row |= {name: _mean(values), f"{name}_size": _mean(np.abs(values))}
        row |= {f"{name}_low": ends[0], f"{name}_high": ends[1]}
    for prefix, values in (("", rise), ("cheek_", cheek)):
        found = dict.fromkeys(("r", "p", "low", "high"), np.nan)
        if len(values) > 2 and np.ptp(values) > 0 and np.ptp(narrow) > 0:
            r, df = perfect(stats.spearmanr(values, narrow).statistic), len(values) - 2
            found["r"] = r
            if len(values) >= fewest:
                low, high = rank_interval(r, df)
                ranks = stats.rankdata(values), stats.rankdata(narrow)
                p = exact_p(*ranks) if len(values) <= MOST else student_p(r, df)
                found |= {"p": p, "low": low, "high": high}
        row |= {f"{prefix}spearman_{name}": value for name, value in found.items()}
    return row


def _mean(values: Vectors) -> float:
    return float(values.mean()) if len(values) else np.nan


def _design(columns: dict[str, Vectors]) -> tuple[Vectors, list[str], str | None]:
    """Say who enters the regression, what it holds constant, and why there is none."""
    known = [name for name in HELD if not np.isnan(columns[name]).all()]
    complete = ~np.isnan(np.array([columns[name] for name in ("corner_rise", *known)])).any(axis=0)
    rise, narrow = (columns[name][complete] for name in ("corner_rise", "eye_narrowing"))
    if len(rise) < 3:
        return complete, [], FEW
    held: list[str] = []
    for name in known:
        if _independent([columns[other][complete] for other in (*held, name)]):
            held.append(name)
    if not _independent([rise]):
        return complete, held, SAME_CORNERS
    if not _independent([narrow]):
        return complete, held, SAME_EYES
    if len(rise) - 2 - len(held) < 1:
        return complete, held, FEW_FOR_SO_MANY
    if not _independent([*(columns[name][complete] for name in held), rise]):
        return complete, held, EXPLAINED
    return complete, held, None


def _independent(columns: list[Vectors]) -> bool:
    """Tell whether no column, nor a constant, can be made of the others."""
    if any(np.ptp(column) <= NOTHING_LEFT * np.abs(column).max() for column in columns):
        return False
    centred = np.array([column - column.mean() for column in columns])
    unit = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return bool(np.linalg.matrix_rank(unit, tol=NOTHING_LEFT) == len(columns))


def _fit(columns: dict[str, Vectors], complete: Vectors, held: list[str]) -> Any:
    x = np.column_stack([columns[name][complete] for name in ("corner_rise", *held)])
    y = columns["eye_narrowing"][complete]
    return sm.OLS(y, sm.add_constant(x)).fit(cov_type="HC3", use_t=True)


def _regressed(columns: dict[str, Vectors], fewest: int) -> dict[str, Any]:
    complete, held, reason = _design(columns)
    n = int(complete.sum())
    row: dict[str, Any] = {
        "adjusted_for": ", ".join(held) or None,
        "regression_n": n,
        "df": max(n - 2 - len(held), 0),
        "reason": reason,
    }
    numbers = ("slope", "slope_se", "slope_low", "slope_high", "slope_p")
    row |= dict.fromkeys((*numbers, "residual_sd", "r_squared"), np.nan)
    if reason is not None:
        return row
    fit = _fit(columns, complete, held)
    row |= {
        "slope": fit.params[1],
        "residual_sd": np.sqrt(fit.mse_resid),
        "r_squared": fit.rsquared,
    }
    if fit.get_influence().hat_matrix_diag.max() > 1 - NOTHING_LEFT:
        return row | {"reason": ALONE}
    low, high = fit.conf_int()[1]
    cheeks = columns["cheek_rise"]
    why = None
    if len(np.unique(cheeks)) < 2:
        why = SAME_CHEEKS
    elif len(cheeks) < fewest:
        why = f"fewer than {fewest} participants: no test and no interval of a correlation"
    return row | {
        "slope_se": fit.bse[1],
        "slope_low": low,
        "slope_high": high,
        "slope_p": fit.pvalues[1],
        "reason": why,
    }
