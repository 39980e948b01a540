"""The statistics of correlations, as columns of a table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.settings.statistics import Statistics
from lakehouse.statistics.available_cases import Defined, Matrix, directions
from lakehouse.statistics.bca import Resamples, bca_interval
from lakehouse.statistics.correlation import Correlations, pearson, spearman
from lakehouse.statistics.intervals import kendall_interval, spearman_interval
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
    "kendall_low": pl.Float64,
    "kendall_high": pl.Float64,
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


def coefficient_columns(
    by_value: Correlations, by_rank: Correlations, ends: tuple[Matrix, Matrix]
) -> Columns:
    """List both kinds of correlation with their p values and 95 % intervals.

    Parameters
    ----------
    by_value, by_rank : Correlations
        Pearson's and Spearman's, of the same columns.
    ends : tuple of ndarray
        Lower and upper ends of Pearson's intervals.

    Returns
    -------
    dict of str to ndarray
        n, and of each method df, r, p, low and high; the interval is NaN where there is no test.
    """
    columns: Columns = {"n": by_rank.n}
    of_ranks = spearman_interval(by_rank.r, by_rank.df)
    for method, found, (low, high) in zip(
        METHODS, (by_value, by_rank), (ends, of_ranks), strict=True
    ):
        columns |= {
            f"{method}_df": found.df,
            f"{method}_r": found.r,
            f"{method}_p": found.p,
            f"{method}_low": where_tested(found, low),
            f"{method}_high": where_tested(found, high),
            _DEFINED.format(method): found.defined,
        }
    return columns


def robust_columns(x: Matrix, y: Matrix, *, fewest: int) -> Columns:
    """List Kendall's τ-b and the leave-one-out ranges of Spearman's and Pearson's r.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN.
    fewest : int
        Rows that a test takes.

    Returns
    -------
    dict of str to ndarray, shape (p, q)
        The columns of `ROBUST`.
    """
    tau = kendall(x, y, fewest=fewest)
    ends = (where_tested(tau, end) for end in kendall_interval(tau.r, tau.df))
    ranked, plain = (leave_one_out(x, y, ranked=ranked) for ranked in (True, False))
    return dict(zip(ROBUST, (tau.r, tau.p, *ends, *ranked, *plain), strict=True))


def all_columns(
    x: Matrix, y: Matrix, statistics: Statistics, *, each_once: bool = False
) -> Columns:
    """List everything about correlations without covariates.

    Parameters
    ----------
    x : ndarray, shape (rows, p)
    y : ndarray, shape (rows, q)
        Missing values are NaN.
    statistics : Statistics
        The settings.
    each_once : bool, optional
        x and y are the same, and only pairs above the diagonal are wanted.

    Returns
    -------
    dict of str to ndarray, shape (p, q)
    """
    fewest = statistics.fewest
    by_value, by_rank = (method(x, y, fewest=fewest) for method in (pearson, spearman))
    drawn = resamples(len(x), statistics)
    if each_once:
        # So many pairs, none of which is a discovery, are worth half the draws.
        drawn = replace(drawn, count=statistics.bootstraps)
    parts = directions(x, y, ranked=False)
    ends = bca_interval(by_value, parts, drawn, each_once=each_once)
    return coefficient_columns(by_value, by_rank, ends) | robust_columns(x, y, fewest=fewest)


def resamples(rows: int, statistics: Statistics) -> Resamples:
    """Say how participants are drawn for Pearson's intervals."""
    return Resamples(rows, statistics.correlation_resamples, statistics.seed)


def where_tested(found: Correlations, values: Matrix) -> Matrix:
    """Give values where correlations are tested, and NaN elsewhere.

    Parameters
    ----------
    values : ndarray, of the shape of `found.r`
    """
    return np.where(found.defined == Defined.YES, values, np.nan)


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


def reason_column(columns: Columns, x: str, y: str, *, too_few: str, untested: str) -> pl.Series:
    """Say why pairs have no correlation, or no test.

    Parameters
    ----------
    columns : dict of str to ndarray
        As `coefficient_columns` gives them.
    x, y : str
        What is correlated, as in "the feature".
    too_few : str
        What to say of pairs with too few rows for a correlation.
    untested : str
        What to say of pairs with too few rows for a test.

    Returns
    -------
    polars.Series
        Text; null where both methods give a correlation and a test.
    """
    said: Mapping[int, str | None] = {
        Defined.YES: None,
        Defined.TOO_FEW: too_few,
        Defined.X_CONSTANT: f"{x} is the same for everybody",
        Defined.Y_CONSTANT: f"{y} is the same for everybody",
        Defined.X_EXPLAINED: f"the covariates explain all of {x}",
        Defined.Y_EXPLAINED: f"the covariates explain all of {y}",
        Defined.UNTESTED: untested,
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
