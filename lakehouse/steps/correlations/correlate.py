"""Correlations, as functions from tables to tables."""

import numpy as np
import polars as pl

from lakehouse.settings.statistics import Statistics
from lakehouse.statistics.available_cases import FEWEST_ROWS, directions
from lakehouse.statistics.correlation import spearman
from lakehouse.statistics.permutation import permutation_p
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.steps.correlations.columns import (
    FAMILY,
    OF_FEATURE,
    ROBUST,
    Schema,
    adjusted_columns,
    all_columns,
    method_schema,
    reason_column,
)
from lakehouse.steps.correlations.feature_scores import FeatureScores
from lakehouse.steps.matrices import spread
from lakehouse.steps.registry import step

FEATURE_SCORES: Schema = {
    "n": pl.Int32,
    **method_schema("pearson", "r", "p", "low", "high", "q", "q_instrument", "bonferroni"),
    **method_schema("spearman", "r", "p", "low", "high", "q", "q_instrument", "bonferroni"),
    "permutation_p": pl.Float64,
    "permutations": pl.Int32,
    **ROBUST,
    **FAMILY,
    "instrument_tests": pl.Int32,
}
PAIRS: Schema = {
    "n": pl.Int32,
    **method_schema("pearson", "r", "p", "low", "high", "q", "bonferroni"),
    **method_schema("spearman", "r", "p", "low", "high", "q", "bonferroni"),
    **ROBUST,
    **FAMILY,
}


@step(statistics="statistics")
def correlate_features(
    values: pl.DataFrame, *, statistics: Statistics, report: Report = unheard
) -> pl.DataFrame:
    """Correlate every feature with every instrument.

    Parameters
    ----------
    values : polars.DataFrame
        As `FeatureScores.from_values` takes it.
    statistics : Statistics
        The settings.
    report : callable, optional
        Told how many permutations are done.

    Returns
    -------
    polars.DataFrame
        grouping, feature, instrument and the columns of `FEATURE_SCORES`. The family of the
        adjusted p values is all of a grouping's features × instruments, and for q_instrument
        its features with the one instrument. The permutation p is of Spearman's correlation.
        Empty where there are no features or no scores.
    """
    data = FeatureScores.from_values(values)
    permuted = permutation_p(
        spearman(data.x, data.y, fewest=statistics.fewest),
        directions(data.x, data.y, ranked=True),
        data.families,
        data.permutations(statistics),
        report=report,
    )
    return data.table(
        all_columns(data.x, data.y, statistics),
        permuted,
        schema=FEATURE_SCORES,
        constant={"permutations": statistics.permutations},
        reasons=_reasons(statistics),
    )


@step(statistics="statistics")
def correlate_feature_pairs(values: pl.DataFrame, *, statistics: Statistics) -> pl.DataFrame:
    """Correlate every feature with every other, each pair once.

    Parameters
    ----------
    values : polars.DataFrame
        As `correlate_pairs` takes it.
    statistics : Statistics
        The settings.

    Returns
    -------
    polars.DataFrame
        As `correlate_pairs` gives it, the keys being feature_a and feature_b.
    """
    return correlate_pairs(values, statistics, kind="feature", described=OF_FEATURE)


@step(statistics="statistics")
def correlate_instrument_pairs(values: pl.DataFrame, *, statistics: Statistics) -> pl.DataFrame:
    """Correlate every questionnaire with every other, each pair once.

    Parameters
    ----------
    values : polars.DataFrame
        As `correlate_pairs` takes it.
    statistics : Statistics
        The settings.

    Returns
    -------
    polars.DataFrame
        As `correlate_pairs` gives it, the keys being instrument_a and instrument_b.
    """
    return correlate_pairs(values, statistics, kind="instrument")


def correlate_pairs(
    values: pl.DataFrame, statistics: Statistics, *, kind: str, described: Schema | None = None
) -> pl.DataFrame:
    """Correlate every variable of one kind with every other, each pair once.

    Parameters
    ----------
    values : polars.DataFrame
        Columns participant, name and value.
    statistics : Statistics
        The settings.
    kind : str
        What a variable is, as in "instrument"; the key's columns are called after it.
    described : dict of str to polars.DataType, optional
        Further columns of `values`, the same in all rows of a name.

    Returns
    -------
    polars.DataFrame
        ``<kind>_a``, ``<kind>_b`` (later in the alphabet), each followed by its description with
        the same ending, and the columns of `PAIRS`; the family
        of the adjusted p values is all pairs. There is no permutation p: that the variables of a
        kind are all unrelated is nothing that anybody would believe beforehand.
    """
    matrix, names = spread(values, values["participant"].unique().sort())
    upper = np.triu_indices(len(names), 1)
    every = all_columns(matrix, matrix, statistics, each_once=True)
    columns = {name: entries[upper] for name, entries in every.items()}
    columns |= adjusted_columns(columns)
    a, b = f"{kind}_a", f"{kind}_b"
    of_names = (
        values.select("name", *(described or {})).unique("name", keep="first").sort("name")
    ).rename({"name": kind})
    keys = pl.concat(
        [
            of_names[places].rename({name: f"{name}_{end}" for name in of_names.columns})
            for places, end in zip(upper, "ab", strict=True)
        ],
        how="horizontal",
    )
    words = f"all pairs of {len(names)} {kind}s, {columns['tests'].max(initial=0)} tests"
    listed = {name: values for name, values in columns.items() if name in PAIRS}
    found = pl.DataFrame(listed, nan_to_null=True).with_columns(
        pl.lit(words).alias("family"), reason_column(columns, a, b, **_reasons(statistics))
    )
    return keys.hstack(found.select(pl.col(name).cast(kind_) for name, kind_ in PAIRS.items()))


def _reasons(statistics: Statistics) -> dict[str, str]:
    words = "fewer than {} participants have both"
    return {
        "too_few": words.format(FEWEST_ROWS),
        "untested": f"{words.format(statistics.fewest)}: no test, no interval",
    }
