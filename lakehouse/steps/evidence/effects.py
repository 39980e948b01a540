"""How much effects of the cue say for and against an effect, as a step."""

from typing import Final

import numpy as np
import polars as pl

from lakehouse.statistics.evidence.bayes_factors import paired_bayes_factor
from lakehouse.statistics.evidence.detectable import detectable_difference
from lakehouse.statistics.evidence.equivalence import paired_equivalence
from lakehouse.steps.evidence.correlations import factors, numbers
from lakehouse.steps.registry import step

EVIDENCE: Final = {
    "grouping": pl.String,
    "expression": pl.String,
    "group_id": pl.Int32,
    "n": pl.Int32,
    "cohen_dz": pl.Float64,
    "sesoi_dz": pl.Float64,
    "equivalence_p": pl.Float64,
    "log10_bayes_factor": pl.Float64,
    "bayes_factor": pl.Float64,
    "detectable_dz": pl.Float64,
    "reason": pl.String,
}


@step(sesoi="statistics.sesoi_dz")
def weigh_effects(rows: pl.DataFrame, *, sesoi: float | None) -> pl.DataFrame:
    """Say how much each comparison says for and against an effect of the cue.

    Parameters
    ----------
    rows : polars.DataFrame
        grouping, expression, group_id, n, t, cohen_dz, tests (of the family) and reason (why
        there is no t).
    sesoi : float or None
        The smallest Cohen's dz that would matter.

    Returns
    -------
    polars.DataFrame
        The columns of `EVIDENCE`, by the first three.
    """
    rows = rows.sort("grouping", "expression", "group_id")
    n, t, tests = (numbers(rows, name) for name in ("n", "t", "tests"))
    bound = np.nan if sesoi is None else sesoi
    columns = {
        "sesoi_dz": np.full(len(rows), bound),
        "equivalence_p": paired_equivalence(t, n, bound),
        **factors(paired_bayes_factor(t, n)),
        "detectable_dz": np.where(np.isnan(t), np.nan, detectable_difference(n, tests)),
    }
    return rows.with_columns(
        **{name: pl.Series(values).fill_nan(None) for name, values in columns.items()}
    ).select(pl.col(name).cast(kind) for name, kind in EVIDENCE.items())
