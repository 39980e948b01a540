"""Partial correlations, as a function from a table to a table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from lakehouse.settings.statistics import Statistics
from lakehouse.statistics.available_cases import Directions, Matrix, Places, directions
from lakehouse.statistics.bca import bca_interval
from lakehouse.statistics.correlation import joined, pearson, spearman
from lakehouse.statistics.exact import EXACT_ROWS
from lakehouse.statistics.permutation import permutation_p
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.steps.correlations.columns import (
    FAMILY,
    Schema,
    coefficient_columns,
    method_schema,
    resamples,
)
from lakehouse.steps.correlations.feature_scores import KEY, FeatureScores
from lakehouse.steps.registry import step

_ENDINGS = ("df", "r", "p", "low", "high", "q", "q_instrument", "bonferroni")
PARTIAL: Schema = {
    "covariates": pl.String,
    "n": pl.Int32,
    **method_schema("pearson", *_ENDINGS),
    **method_schema("spearman", *_ENDINGS),
    "permutation_p": pl.Float64,
    "permutations": pl.Int32,
    **FAMILY,
    "instrument_tests": pl.Int32,
}


@step(statistics="statistics")
def correlate_given(
    values: pl.DataFrame, *, statistics: Statistics, report: Report = unheard
) -> pl.DataFrame:
    """Correlate every feature with every instrument, covariates held constant.

    Parameters
    ----------
    values : polars.DataFrame
        As `FeatureScores.from_values` takes it, with two columns more: mask, which features
        name, and category; and with rows of kind "covariate" that have a value or a category. A
        covariate that names masks, such as the head's pose, is taken from the feature's own
        mask. A category enters as a column of 0 and 1 for each of its levels but the first.
    statistics : Statistics
        The settings; with no covariates the table is empty.
    report : callable, optional
        As for `correlate_features`.

    Returns
    -------
    polars.DataFrame
        grouping, feature, instrument and the columns of `PARTIAL`. Families are those of
        `correlate_features`; the permutation is that of residuals (Freedman and Lane).
    """
    data = FeatureScores.from_values(values)
    covariates = statistics.covariates
    if not covariates or not data.features:
        return pl.DataFrame(schema={**KEY, **PARTIAL})
    places, by_value, by_rank = [], [], []
    plain: list[Directions] = []
    ranked: list[Directions] = []
    for chosen, given in _given(values, data, covariates):
        x = data.x[:, chosen]
        places.append(chosen)
        by_value.append(pearson(x, data.y, given=given, fewest=statistics.fewest))
        by_rank.append(spearman(x, data.y, given=given, fewest=statistics.fewest))
        for parts, of_ranks in ((plain, False), (ranked, True)):
            for part in directions(x, data.y, given=given, ranked=of_ranks):
                block = replace(part.block, x_columns=chosen[part.block.x_columns])
                parts.append(replace(part, block=block))
    of_values, of_all_ranks = joined(places, by_value), joined(places, by_rank)
    permuted = permutation_p(
        of_all_ranks, ranked, data.families, data.permutations(statistics), report=report
    )
    ends = bca_interval(of_values, plain, resamples(len(data.participants), statistics))
    held = ", ".join(covariates)
    return data.table(
        coefficient_columns(of_values, of_all_ranks, ends),
        permuted,
        schema=PARTIAL,
        constant={"covariates": held, "permutations": statistics.permutations},
        reasons=_reasons(statistics),
        given=f" given {held}",
    )


def _reasons(statistics: Statistics) -> dict[str, str]:
    least = max(statistics.fewest, EXACT_ROWS + 1)
    return {
        "too_few": "too few participants have both and all covariates",
        "untested": f"fewer than {least} participants, less one for each covariate, have both and "
        "all covariates: no test, no interval",
    }


def _given(
    values: pl.DataFrame, data: FeatureScores, covariates: Sequence[str]
) -> Iterator[tuple[Places, Matrix]]:
    """Give the covariates of features: once for all, or mask by mask where that matters."""
    held = values.filter((pl.col("kind") == "covariate") & pl.col("name").is_in(covariates))
    everywhere = held.filter(pl.col("mask").is_null())
    if held["mask"].is_null().all():
        yield np.arange(len(data.features)), _columns(everywhere, data.participants, covariates)
        return
    of_features = values.filter(pl.col("kind") == "feature")
    mask_of = dict(of_features.select("name", "mask").unique().iter_rows())
    masks = np.array([mask_of[feature] for feature in data.features])
    for mask in np.unique(masks):
        here = pl.concat([everywhere, held.filter(pl.col("mask") == mask)])
        yield np.flatnonzero(masks == mask), _columns(here, data.participants, covariates)


def _columns(held: pl.DataFrame, participants: pl.Series, covariates: Sequence[str]) -> Matrix:
    """Spread covariates into a matrix, categories as 0 and 1; NaN where one is missing."""
    columns: list[Matrix] = []
    for covariate in covariates:
        known = participants.to_frame().join(
            held.filter(pl.col("name") == covariate),
            on="participant",
            how="left",
            maintain_order="left",
        )
        levels = known["category"].drop_nulls().unique().sort().to_list()
        if levels:
            # A single level says nothing, but who has none is still unknown.
            columns += [_numbers(known["category"] == level) for level in levels[1:] or levels]
        else:
            columns.append(_numbers(known["value"]))
    return np.column_stack(columns)


def _numbers(values: pl.Series) -> Matrix:
    numbers: Matrix = values.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return numbers
