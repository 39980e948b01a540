"""Eyes and mouth in happiness, as functions from a table to a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import stats

from lakehouse.statistics.available_cases import FEWEST_ROWS
from lakehouse.statistics.correlation import spearman
from lakehouse.statistics.intervals import LEVEL, spearman_interval
from lakehouse.statistics.regression import Regression, independent, regression
from lakehouse.steps.registry import step

Vector = npt.NDArray[np.float64]

HELD_CONSTANT: Final = ("jaw_opening", "yaw", "pitch")

COACTIVATION: Final = {
    "condition": pl.String,
    "side": pl.String,
    "n": pl.Int32,
    "corner_rise": pl.Float64,
    "corner_rise_low": pl.Float64,
    "corner_rise_high": pl.Float64,
    "corner_rise_size": pl.Float64,
    "eye_narrowing": pl.Float64,
    "eye_narrowing_low": pl.Float64,
    "eye_narrowing_high": pl.Float64,
    "eye_narrowing_size": pl.Float64,
    "cheek_rise": pl.Float64,
    "spearman_r": pl.Float64,
    "spearman_low": pl.Float64,
    "spearman_high": pl.Float64,
    "spearman_p": pl.Float64,
    "cheek_spearman_r": pl.Float64,
    "cheek_spearman_low": pl.Float64,
    "cheek_spearman_high": pl.Float64,
    "cheek_spearman_p": pl.Float64,
    "adjusted_for": pl.String,
    "regression_n": pl.Int32,
    "df": pl.Int32,
    "slope": pl.Float64,
    "slope_se": pl.Float64,
    "slope_low": pl.Float64,
    "slope_high": pl.Float64,
    "slope_p": pl.Float64,
    "residual_sd": pl.Float64,
    "r_squared": pl.Float64,
    "reason": pl.String,
}
RESIDUALS: Final = {
    "participant": pl.String,
    "condition": pl.String,
    "side": pl.String,
    "eye_narrowing": pl.Float64,
    "expected": pl.Float64,
    "residual": pl.Float64,
}


@step(fewest="statistics.fewest")
def coactivation(measures: pl.DataFrame, *, fewest: int) -> pl.DataFrame:
    """Relate the narrowing of the eyes to the rise of the mouth's corners.

    Parameters
    ----------
    measures : polars.DataFrame
        Columns participant, condition, side, corner_rise, cheek_rise, jaw_opening (aligned
        pixels), eye_narrowing (share), yaw and pitch (degrees); null where one is not known.
    fewest : int
        Participants that the test and the interval of a correlation take.

    Returns
    -------
    polars.DataFrame
        The columns of `COACTIVATION`, a row per condition and side; what cannot be computed is
        null, and reason says why. The regression is that of eye_narrowing on corner_rise and on
        those of `HELD_CONSTANT` that are known of anybody and are independent of each other.

    References
    ----------
    Bonett & Wright (2000), for the interval of Spearman's r; MacKinnon & White (1985), for the
    errors of the slope: see `spearman_interval` and `regression`.
    """
    found = [
        {
            "condition": condition,
            "side": side,
            **_described(rows, fewest),
            **_regressed(rows, fewest),
        }
        for condition, side, rows in _parts(measures)
    ]
    return pl.DataFrame(found, schema=COACTIVATION).with_columns(
        pl.selectors.float().fill_nan(None)
    )


@step()
def coactivation_residuals(measures: pl.DataFrame) -> pl.DataFrame:
    """Give what the regressions of `coactivation` leave of each participant's narrowing.

    Parameters
    ----------
    measures : polars.DataFrame
        As for `coactivation`.

    Returns
    -------
    polars.DataFrame
        The columns of `RESIDUALS`, a row per participant who enters a regression.
    """
    found = []
    for condition, side, rows in _parts(measures):
        design = _Design.of(rows)
        if design.reason is None:
            expected = design.fitted().expected
            found.append(
                design.rows.select("participant", "eye_narrowing").with_columns(
                    pl.lit(condition).alias("condition"),
                    pl.lit(side).alias("side"),
                    pl.Series("expected", expected),
                    pl.Series("residual", design.narrowing - expected),
                )
            )
    empty = pl.DataFrame(schema=RESIDUALS)
    return pl.concat([empty, *(part.select(*RESIDUALS) for part in found)])


def _parts(measures: pl.DataFrame) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Give the participants of each condition and side with both measures of the smile."""
    known = pl.col("corner_rise").is_not_null() & pl.col("eye_narrowing").is_not_null()
    ordered = measures.sort("condition", "side", "participant")
    for (condition, side), rows in ordered.group_by("condition", "side", maintain_order=True):
        yield str(condition), str(side), rows.filter(known)


def _described(rows: pl.DataFrame, fewest: int) -> dict[str, Any]:
    described: dict[str, Any] = {"n": len(rows), "cheek_rise": rows["cheek_rise"].mean()}
    for name in ("corner_rise", "eye_narrowing"):
        values = _numbers(rows, name)
        described[name] = rows[name].mean()
        described[f"{name}_size"] = rows[name].abs().mean()
        if len(values) > 1:
            half = _t(len(values) - 1) * stats.sem(values)
            described[f"{name}_low"], described[f"{name}_high"] = (
                values.mean() - half,
                values.mean() + half,
            )
    narrowing = _numbers(rows, "eye_narrowing")
    for prefix, other in (("", "corner_rise"), ("cheek_", "cheek_rise")):
        found = spearman(_numbers(rows, other)[:, None], narrowing[:, None], fewest=fewest)
        low, high = spearman_interval(np.where(np.isnan(found.p), np.nan, found.r), found.df)
        for name, values in (("r", found.r), ("low", low), ("high", high), ("p", found.p)):
            described[f"{prefix}spearman_{name}"] = values.item()
    return described


def _regressed(rows: pl.DataFrame, fewest: int) -> dict[str, Any]:
    design = _Design.of(rows)
    regressed = {
        "adjusted_for": ", ".join(design.held) or None,
        "regression_n": len(design.rows),
        "df": max(design.df, 0),
        "reason": design.reason,
    }
    if design.reason is not None:
        return regressed
    fit = design.fitted()
    slope, error = fit.slopes[0], fit.errors[0]
    residual = design.narrowing - fit.expected
    # Where nothing is left there is no error either, and any slope is infinitely many errors off.
    with np.errstate(divide="ignore"):
        p = 2 * stats.t.sf(np.abs(slope) / error, fit.df)
    return regressed | {
        "slope": slope,
        "slope_se": error,
        "slope_low": slope - _t(fit.df) * error,
        "slope_high": slope + _t(fit.df) * error,
        "slope_p": p,
        "residual_sd": np.sqrt((residual**2).sum() / fit.df),
        "r_squared": fit.r_squared,
        "reason": _reason_of_fit(error, rows, fewest),
    }


def _reason_of_fit(error: float, rows: pl.DataFrame, fewest: int) -> str | None:
    if np.isnan(error):
        return "one participant alone determines a slope, so it has no error"
    if rows["cheek_rise"].drop_nulls().n_unique() < 2:
        return "the cheeks rise alike in everybody"
    if rows["cheek_rise"].count() < fewest:
        return f"fewer than {fewest} participants: no test and no interval of a correlation"
    return None


@dataclass(frozen=True)
class _Design:
    """What a regression is made of: complete rows, and what it holds constant."""

    rows: pl.DataFrame
    held: tuple[str, ...]
    reason: str | None

    @classmethod
    def of(cls, rows: pl.DataFrame) -> _Design:
        """Choose what can be held constant, and say why there is no regression if there is none."""
        known = [name for name in HELD_CONSTANT if rows[name].count()]
        rows = rows.drop_nulls(known)
        if len(rows) < FEWEST_ROWS:
            return cls(rows, (), f"fewer than {FEWEST_ROWS} participants have all measures")
        matrix = rows.select(known).cast(pl.Float64).to_numpy()
        held = tuple(known[column] for column in independent(matrix))
        design = cls(rows, held, None)
        reason = None
        if not independent(design.x[:, :1]):
            reason = "the corners of the mouth rise alike in everybody"
        elif not independent(design.narrowing[:, None]):
            reason = "the eyes narrow alike in everybody"
        elif design.df < 1:
            reason = "too few participants for what is held constant"
        elif len(independent(design.x[:, ::-1])) < 1 + len(held):
            reason = "what is held constant explains all of the corners' rise"
        return cls(rows, held, reason)

    @property
    def x(self) -> Vector:
        """Rise of the corners and what is held constant, shape (rows, 1 + held)."""
        columns = self.rows.select("corner_rise", *self.held)
        matrix: Vector = columns.cast(pl.Float64).to_numpy()
        return matrix

    @property
    def narrowing(self) -> Vector:
        return _numbers(self.rows, "eye_narrowing")

    @property
    def df(self) -> int:
        return len(self.rows) - 2 - len(self.held)

    def fitted(self) -> Regression:
        return regression(self.x, self.narrowing)


def _numbers(rows: pl.DataFrame, name: str) -> Vector:
    numbers: Vector = rows[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return numbers


def _t(df: int) -> float:
    return float(stats.t.ppf((1 + LEVEL) / 2, df))
