"""The statistics of correlations, as columns of a table."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.statistics.available_cases import Defined, Matrix
from lakehouse.statistics.correlation import Correlations, pearson, spearman
from lakehouse.statistics.intervals import pearson_interval, spearman_interval
from lakehouse.statistics.kendall import kendall
from lakehouse.statistics.leave_one_out import leave_one_out
from lakehouse.statistics.multiplicity import benjamini_hochberg, bonferroni

Schema = dict[str, pl.DataType | type[pl.DataType]]
Columns = dict[str, npt.NDArray[Any]]
"""Values by the name of their column, in arrays of one shape: an entry per pair."""

METHODS = ("pearson", "spearman")

OF_FEATURE: Schema = {
    "expression": pl.String,
    "supervised": pl.Boolean,
    "mask": pl.String,
    "grouping": pl.String,
    "group_id": pl.Int32,
}
"""What stands beside the name of a feature: whose movement it is."""

FAMILY: Schema = {"family": pl.String, "tests": pl.Int32, "reason": pl.String}
"""What the adjusted probabilities are adjusted for, and why a row has none."""

ROBUST: Schema = {
    "kendall_tau": pl.Float64,
    "kendall_p": pl.Float64,
    "loo_low": pl.Float64,
    "loo_high": pl.Float64,
    "pearson_loo_low": pl.Float64,
    "pearson_loo_high": pl.Float64,
}
"""What `robust_columns` gives."""

_DEFINED = "{}_defined"


def method_schema(method: str, *endings: str) -> Schema:
    """Name the columns of one method of correlation.

    Parameters
    ----------
    method : str
        One of `METHODS`.
    *endings : str
        What the columns are called after the method.
    """
    return {f"{method}_{ending}": pl.Int32 if ending == "df" else pl.Float64 for ending in endings}


def coefficient_columns(by_value: Correlations, by_rank: Correlations) -> Columns:
    """List both kinds of correlation with their p values and 95 % intervals.

    Parameters
    ----------
    by_value, by_rank : Correlations
        Pearson's and Spearman's, of the same columns.

    Returns
    -------
    dict of str to ndarray
        n, and of each method df, r, p, low and high.
    """
    columns: Columns = {"n": by_rank.n}
    for method, found, interval in zip(
        METHODS, (by_value, by_rank), (pearson_interval, spearman_interval), strict=True
    ):
        low, high = interval(found.r, found.df)
        columns |= {
            f"{method}_df": found.df,
            f"{method}_r": found.r,
            f"{method}_p": found.p,
            f"{method}_low": low,
            f"{method}_high": high,
            _DEFINED.format(method): found.defined,
        }
    return columns


def robust_columns(x: Matrix, y: Matrix) -> Columns:
    """List Kendall's τ-b and the leave-one-out ranges of Spearman's and Pearson's r.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN.

    Returns
    -------
    dict of str to ndarray, shape (p, q)
        The columns of `ROBUST`.
    """
    tau = kendall(x, y)
    ranked, plain = (leave_one_out(x, y, ranked=ranked) for ranked in (True, False))
    return dict(zip(ROBUST, (tau.r, tau.p, *ranked, *plain), strict=True))


def all_columns(x: Matrix, y: Matrix) -> Columns:
    """List everything about correlations without covariates.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN.

    Returns
    -------
    dict of str to ndarray, shape (p, q)
    """
    return coefficient_columns(pearson(x, y), spearman(x, y)) | robust_columns(x, y)


def adjusted_columns(columns: Columns) -> Columns:
    """Adjust each method's p values for the family of all entries.

    Parameters
    ----------
    columns : dict of str to ndarray
        As `coefficient_columns` gives them, of one family.

    Returns
    -------
    dict of str to ndarray
        Of each method q (Benjamini-Hochberg) and bonferroni; tests, the family's size; and
        where the entries are a matrix, q_instrument and instrument_tests, for which each column
        of the matrix is a family.
    """
    adjusted: Columns = {}
    for method in METHODS:
        p = columns[f"{method}_p"]
        adjusted[f"{method}_q"] = benjamini_hochberg(p)
        adjusted[f"{method}_bonferroni"] = bonferroni(p)
        if p.ndim > 1:
            each = np.full(p.shape, np.nan)
            for number in range(p.shape[1]):
                each[:, number] = benjamini_hochberg(p[:, number])
            adjusted[f"{method}_q_instrument"] = each
    tested = columns[_DEFINED.format("spearman")] == Defined.YES
    adjusted["tests"] = np.full(tested.shape, np.count_nonzero(tested))
    if tested.ndim > 1:
        adjusted["instrument_tests"] = np.broadcast_to(tested.sum(axis=0), tested.shape)
    return adjusted


def reason_column(columns: Columns, x: str, y: str, *, too_few: str) -> pl.Series:
    """Say why pairs have no correlation.

    Parameters
    ----------
    columns : dict of str to ndarray
        As `coefficient_columns` gives them.
    x, y : str
        What is correlated, as in "the feature".
    too_few : str
        What to say of pairs with too few rows.

    Returns
    -------
    polars.Series
        Text; null where both methods give a correlation.
    """
    said: Mapping[int, str | None] = {
        Defined.YES: None,
        Defined.TOO_FEW: too_few,
        Defined.X_CONSTANT: f"{x} is the same for everybody",
        Defined.Y_CONSTANT: f"{y} is the same for everybody",
        Defined.X_EXPLAINED: f"the covariates explain all of {x}",
        Defined.Y_EXPLAINED: f"the covariates explain all of {y}",
    }
    pearsons, spearmans = (columns[_DEFINED.format(method)].ravel() for method in METHODS)
    return pl.Series(
        "reason",
        [
            said[int(by_rank)] or (by_value and f"Pearson's r: {said[int(by_value)]}") or None
            for by_value, by_rank in zip(pearsons, spearmans, strict=True)
        ],
        dtype=pl.String,
    )
