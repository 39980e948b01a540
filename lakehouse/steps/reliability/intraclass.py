"""Intraclass correlations, as a function from mean squares to a relation."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import stats

from lakehouse.statistics.intervals import LEVEL
from lakehouse.steps.registry import step

Vector = npt.NDArray[np.float64]

RELIABILITY: Final = {
    "grouping": pl.String,
    "feature": pl.String,
    "expression": pl.String,
    "supervised": pl.Boolean,
    "mask": pl.String,
    "group_id": pl.Int32,
    "n": pl.Int32,
    "left_out": pl.Int32,
    "photos": pl.Int32,
    "mean_distance": pl.Float64,
    "icc_a1": pl.Float64,
    "icc_a1_low": pl.Float64,
    "icc_a1_high": pl.Float64,
    "icc_ak": pl.Float64,
    "icc_ak_low": pl.Float64,
    "icc_ak_high": pl.Float64,
    "sem": pl.Float64,
    "sdc": pl.Float64,
    "ms_participants": pl.Float64,
    "ms_photos": pl.Float64,
    "ms_error": pl.Float64,
    "reason": pl.String,
}

_ROUNDING: Final = 1e-9
"""Of a mean, what its values may differ by without differing."""


@step()
def intraclass(mean_squares: pl.DataFrame) -> pl.DataFrame:
    """Say how well single photographs, and their mean, tell participants apart.

    Parameters
    ----------
    mean_squares : polars.DataFrame
        A row per feature, of a table of n participants × k photographs without gaps: grouping,
        feature, expression, supervised, mask, group_id, n, left_out, photos (k), mean_distance,
        and the mean squares of its two-way analysis of variance: ms_participants, ms_photos,
        ms_error. Photographs and mean squares are null where there is no such table.

    Returns
    -------
    polars.DataFrame
        The columns of `RELIABILITY`, by grouping and feature. With R, C and E the mean squares of
        participants, photographs and error::

            ICC(A,1) = (R - E) / (R + (k - 1) E + k (C - E) / n)
            ICC(A,k) = (R - E) / (R + (C - E) / n)

        Two-way, absolute agreement; with intervals from the F distribution, whose second degrees
        of freedom are Satterthwaite's. The standard error of measurement is the root of
        ``(C + (n - 1) E) / n``, which is the variance of a participant's photographs about the
        participant's own mean, and the smallest detectable change 1.96 √2 times it.

    References
    ----------
    McGraw & Wong (1996). Forming inferences about some intraclass correlation coefficients.
    Psychological Methods 1, 30-46; 390 (corrections).
    Bland & Altman (1996). Measurement error. BMJ 313, 744.
    de Vet, Terwee, Knol & Bouter (2006). When to use agreement versus reliability measures.
    Journal of Clinical Epidemiology 59, 1033-1039.
    """
    mean_squares = mean_squares.sort("grouping", "feature")
    n, k, mean, rows, columns, error = (
        mean_squares[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        for name in (
            *("n", "photos", "mean_distance"),
            *("ms_participants", "ms_photos", "ms_error"),
        )
    )
    # Divisions that have no answer give NaN, which becomes null with a reason beside it.
    with np.errstate(divide="ignore", invalid="ignore"):
        sem = np.sqrt((columns + (n - 1) * error) / n)
        differ = np.sqrt(rows + columns + error) > _ROUNDING * np.abs(mean)
        rows, columns, error = (np.where(differ, part, np.nan) for part in (rows, columns, error))
        one = _of_one(rows, columns, error, n, k)
        exact = np.sqrt(columns + error) <= _ROUNDING * np.abs(mean)
        tail = (1 - LEVEL) / 2
        low, high = stats.f.ppf([[tail], [1 - tail]], _second_df(one, columns, error, n, k), n - 1)
        # Far below 0 an estimate leaves too few degrees of freedom for an interval around it.
        sound = ~exact & (low <= 1) & (high >= 1)
        low, high = np.where(sound, (low, high), np.nan)
        found = {
            "icc_a1": one,
            "icc_a1_low": _of_one(low * rows, columns, error, n, k),
            "icc_a1_high": _of_one(high * rows, columns, error, n, k),
            "icc_ak": _of_all(rows, columns, error, n),
            "icc_ak_low": _of_all(low * rows, columns, error, n),
            "icc_ak_high": _of_all(high * rows, columns, error, n),
            "sem": sem,
            "sdc": stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt(2) * sem,
        }
    # The first that holds.
    reasons = {
        "nobody has two photographs of the mask and of the neutral face": np.isnan(k),
        "fewer than 2 participants have that many photographs": n < 2,
        "the same for everybody in every photograph": np.isnan(one),
        "photographs of a person do not differ, so there are no intervals": exact,
        "people differ by less than their photographs, so the mean has no ICC": np.isnan(
            found["icc_ak"]
        ),
        "people differ by less than their photographs, so there are no intervals": ~sound,
    }
    reason = np.select([*reasons.values()], [*reasons], "")
    return mean_squares.with_columns(
        **{name: pl.Series(values).fill_nan(None) for name, values in found.items()},
        reason=pl.Series(reason, dtype=pl.String).replace("", None),
    ).select(pl.col(name).cast(kind) for name, kind in RELIABILITY.items())


def _of_one(rows: Vector, columns: Vector, error: Vector, n: Vector, k: Vector) -> Vector:
    """Give ICC(A,1); with a quantile of F times the rows' mean square, an end of its interval."""
    icc: Vector = (rows - error) / (rows + (k - 1) * error + k * (columns - error) / n)
    return icc


def _of_all(rows: Vector, columns: Vector, error: Vector, n: Vector) -> Vector:
    """Give ICC(A,k) likewise; NaN where people differ by less than their photographs allow for."""
    between = rows + (columns - error) / n
    return (rows - error) / np.where(between > 0, between, np.nan)


def _second_df(icc: Vector, columns: Vector, error: Vector, n: Vector, k: Vector) -> Vector:
    """Give Satterthwaite's degrees of freedom of what the rows' mean square is held against.

    McGraw and Wong's a and b, both times n (1 - ICC), which cancels and may be 0.
    """
    of_columns = k * icc * columns
    of_error = (n * (1 - icc) + k * icc * (n - 1)) * error
    df: Vector = (of_columns + of_error) ** 2 / (
        of_columns**2 / (k - 1) + of_error**2 / ((n - 1) * (k - 1))
    )
    return df
