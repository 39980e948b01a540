"""Who is left out beside who is not, as a function from a table to a table."""

from typing import Any

import numpy as np
import polars as pl

from lakehouse.statistics.available_cases import Matrix
from lakehouse.statistics.two_samples import fisher_p, mann_whitney_p, welch_p
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.registry import step

_KEY: Schema = {"kind": pl.String, "name": pl.String, "category": pl.String}
TESTS: Schema = {
    "welch_p": pl.Float64,
    "mann_whitney_p": pl.Float64,
    "fisher_p": pl.Float64,
    "reason": pl.String,
}
_NO_INCLUDED = "nobody included has a value"
_NO_EXCLUDED = "nobody left out has a value"
_SAME = "the same for everybody"
_NO_SPREAD = "neither group varies"
_ALONE = "no welch_p: a group is a single person"


@step()
def compare_excluded(values: pl.DataFrame) -> pl.DataFrame:
    """Test whether the people who are left out differ from those included.

    Parameters
    ----------
    values : polars.DataFrame
        Columns kind, name, category, categorical, included and value, a row for each person who
        has one; of a category the value is 1 or 0.

    Returns
    -------
    polars.DataFrame
        kind, name, category and the columns of `TESTS`, by the first three.
    """
    found = []
    for key, rows in values.sort(*_KEY).group_by(*_KEY, maintain_order=True):
        included, excluded = (
            rows.filter(pl.col("included") == flag)["value"].cast(pl.Float64).to_numpy()
            for flag in (True, False)
        )
        tested = _shares if rows["categorical"][0] else _numbers
        found.append((*key, *_listed(tested(included, excluded))))
    table = pl.DataFrame(found, schema=_KEY | TESTS, orient="row")
    return table.with_columns(pl.selectors.float().fill_nan(None))


def _listed(tested: dict[str, Any]) -> list[Any]:
    return [tested.get(name) for name in TESTS]


def _numbers(included: Matrix, excluded: Matrix) -> dict[str, Any]:
    if reason := _trouble(included, excluded):
        return {"reason": reason}
    alone = min(len(included), len(excluded)) == 1
    still = np.ptp(included) == 0 and np.ptp(excluded) == 0
    return {
        "welch_p": welch_p(included, excluded),
        "mann_whitney_p": mann_whitney_p(included, excluded),
        "reason": _NO_SPREAD if still else _ALONE if alone else None,
    }


def _shares(included: Matrix, excluded: Matrix) -> dict[str, Any]:
    if reason := _trouble(included, excluded):
        return {"reason": reason}
    table = [[int(group.sum()), int(len(group) - group.sum())] for group in (included, excluded)]
    still = np.ptp(included) == 0 and np.ptp(excluded) == 0
    return {"fisher_p": fisher_p(np.array(table)), "reason": _NO_SPREAD if still else None}


def _trouble(included: Matrix, excluded: Matrix) -> str | None:
    """Say why nothing can be compared; None where something can."""
    if not len(included):
        return _NO_INCLUDED
    if not len(excluded):
        return _NO_EXCLUDED
    same = np.ptp(np.concatenate([included, excluded])) == 0
    return _SAME if same else None
