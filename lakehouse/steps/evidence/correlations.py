"""How much correlations say for and against a relation, as a step."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import stats

from lakehouse.statistics.evidence.attenuation import disattenuated
from lakehouse.statistics.evidence.bayes_factors import correlation_bayes_factor
from lakehouse.statistics.evidence.detectable import detectable_correlation
from lakehouse.statistics.evidence.equivalence import pearson_equivalence, spearman_equivalence
from lakehouse.statistics.intervals import LEVEL
from lakehouse.steps.registry import step

Vector = npt.NDArray[np.float64]

KEY: Final = {
    "grouping": pl.String,
    "feature": pl.String,
    "expression": pl.String,
    "supervised": pl.Boolean,
    "mask": pl.String,
    "group_id": pl.Int32,
    "instrument": pl.String,
    "n": pl.Int32,
}
EVIDENCE: Final = {
    **KEY,
    **dict.fromkeys(
        (
            *("pearson_r", "spearman_r", "sesoi_r", "pearson_equivalence_p"),
            *("spearman_equivalence_p", "log10_bayes_factor", "bayes_factor", "detectable_r"),
            *("feature_reliability", "instrument_reliability"),
            *("r_disattenuated", "r_disattenuated_low", "r_disattenuated_high"),
        ),
        pl.Float64,
    ),
    "reason": pl.String,
    "disattenuation_reason": pl.String,
}

MOST: Final = 300.0
"""Logarithm of the largest Bayes factor that is given as it is."""


def numbers(rows: pl.DataFrame, name: str) -> Vector:
    """Take a column as numbers; NaN for null."""
    values: Vector = rows[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return values


def factors(log10: Vector) -> dict[str, Vector]:
    """Name Bayes factors, which beyond a point are known by their logarithm alone."""
    small = log10 <= MOST
    return {
        "log10_bayes_factor": log10,
        "bayes_factor": np.where(small, 10 ** np.where(small, log10, 0.0), np.nan),
    }


@step(sesoi="statistics.sesoi_r")
def weigh_correlations(rows: pl.DataFrame, *, sesoi: float | None) -> pl.DataFrame:
    """Say how much each correlation says for and against a relation.

    Parameters
    ----------
    rows : polars.DataFrame
        The columns of `KEY`, pearson_r, spearman_r, tested (with a p), tests (of the family),
        feature_reliability with its interval feature_reliability_low and
        feature_reliability_high, instrument_reliability, and reason (why there is no correlation,
        or no test).
    sesoi : float or None
        The smallest correlation that would matter.

    Returns
    -------
    polars.DataFrame
        The columns of `EVIDENCE`, by grouping, feature and instrument. What is not tested is not
        weighed either: of it there is r_disattenuated alone, without an interval.
    """
    rows = rows.sort("grouping", "feature", "instrument")
    n, pearson, tests = (numbers(rows, name) for name in ("n", "pearson_r", "tests"))
    tested = rows["tested"].to_numpy()
    by_value, by_rank = (
        np.where(tested, numbers(rows, name), np.nan) for name in ("pearson_r", "spearman_r")
    )
    bound = np.nan if sesoi is None else sesoi
    feature, low, high, instrument = (
        numbers(rows, name)
        for name in (
            *("feature_reliability", "feature_reliability_low", "feature_reliability_high"),
            "instrument_reliability",
        )
    )
    error = np.nan_to_num((high - low) / (2 * stats.norm.ppf((1 + LEVEL) / 2)))
    estimate, from_, to = disattenuated(pearson, n, (feature, instrument), error)
    columns = {
        "sesoi_r": np.full(len(rows), bound),
        "pearson_equivalence_p": pearson_equivalence(by_value, n, bound),
        "spearman_equivalence_p": spearman_equivalence(by_rank, n, bound),
        **factors(correlation_bayes_factor(by_value, n)),
        "detectable_r": np.where(np.isnan(by_rank), np.nan, detectable_correlation(n, tests)),
        "r_disattenuated": estimate,
        "r_disattenuated_low": np.where(tested, from_, np.nan),
        "r_disattenuated_high": np.where(tested, to, np.nan),
    }
    why = {
        "there is no correlation": np.isnan(pearson),
        "the questionnaire's reliability is not in the settings": np.isnan(instrument),
        "the feature's reliability is not known": np.isnan(feature),
        "the feature's reliability is not above 0": feature <= 0,
    }
    reason = np.select([*why.values()], [*why], "")
    return rows.with_columns(
        **{name: pl.Series(values).fill_nan(None) for name, values in columns.items()},
        disattenuation_reason=pl.Series(reason, dtype=pl.String).replace("", None),
    ).select(pl.col(name).cast(kind) for name, kind in EVIDENCE.items())
