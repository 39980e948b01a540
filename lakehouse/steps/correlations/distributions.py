"""Tests of distributions, as a function from a table to a table."""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import stats

from lakehouse.steps.correlations.columns import OF_FEATURE, Schema
from lakehouse.steps.registry import step

FEWEST_VALUES = 3
MOST_FOR_SHAPIRO = 5000

_KEY: Schema = {"kind": pl.String, "name": pl.String}
_TEST: Schema = {
    "test": pl.String,
    "statistic": pl.Float64,
    "p": pl.Float64,
    "reason": pl.String,
}


@step()
def normality(values: pl.DataFrame) -> pl.DataFrame:
    """Test variables for a normal distribution.

    Parameters
    ----------
    values : polars.DataFrame
        Long: kind, name, the columns of `OF_FEATURE`, and value, null where it is missing.

    Returns
    -------
    polars.DataFrame
        kind, name, the columns of `OF_FEATURE`, test, statistic, p and reason, by kind and name.
        The test is that of Shapiro and Wilk for 3 to 5,000 values, of D'Agostino and Pearson for
        more; with fewer, or where all are equal, there is none, and the reason is given.

    References
    ----------
    Shapiro & Wilk (1965). An analysis of variance test for normality. Biometrika 52, 591-611.
    Royston (1995). Remark AS R94. Applied Statistics 44, 547-551.
    D'Agostino & Pearson (1973). Tests for departure from normality. Biometrika 60, 613-622.
    """
    found = [
        (kind, name, *_tested(group["value"].drop_nulls().to_numpy()))
        for (kind, name), group in values.sort("kind", "name").group_by(
            "kind", "name", maintain_order=True
        )
    ]
    described = values.select(*_KEY, *OF_FEATURE).unique([*_KEY], keep="first")
    return (
        pl.DataFrame(found, schema=_KEY | _TEST, orient="row")
        .join(described, on=[*_KEY], how="left", maintain_order="left")
        .select(*_KEY, *(pl.col(name).cast(kind) for name, kind in OF_FEATURE.items()), *_TEST)
    )


def _tested(values: npt.NDArray[np.float64]) -> tuple[Any, ...]:
    """Give test, statistic, p and reason for one variable's known values."""
    if len(values) < FEWEST_VALUES:
        return None, None, None, f"fewer than {FEWEST_VALUES} values"
    if np.ptp(values) == 0:
        return None, None, None, "the same for everybody"
    # Scaled so that the squares of very small or very large values do not leave the range.
    scaled = (values - values.mean()) / np.ptp(values)
    if len(values) <= MOST_FOR_SHAPIRO:
        found, test = stats.shapiro(scaled), "shapiro-wilk"
    else:
        found, test = stats.normaltest(scaled), "dagostino-pearson"
    return test, float(found.statistic), float(found.pvalue), None
