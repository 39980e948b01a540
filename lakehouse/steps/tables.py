"""The two steps, as functions from a query's result to a relation."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.steps.clusters import numbered_clusters
from lakehouse.steps.correlations import (
    Correlations,
    Matrix,
    benjamini_hochberg,
    pearson,
    spearman,
)

Number = TypeVar("Number", bound=np.generic)

STATISTICS: dict[str, pl.DataType | type[pl.DataType]] = {
    "n": pl.Int32,
    "pearson_r": pl.Float64,
    "pearson_p": pl.Float64,
    "pearson_q": pl.Float64,
    "spearman_r": pl.Float64,
    "spearman_p": pl.Float64,
    "spearman_q": pl.Float64,
}


def cluster_points(points: pl.DataFrame, *, k: int, seed: int) -> pl.DataFrame:
    """Group points by where they lie in the face.

    Parameters
    ----------
    points : polars.DataFrame
        Columns point, x, y (aligned pixels); a row per point.
    k : int
        Groups wanted; fewer are made where there are fewer points in different places.
    seed : int
        Random state of k-means.

    Returns
    -------
    polars.DataFrame
        Columns point, x, y, group_id, by point; empty where `points` is.
    """
    points = points.sort("point")
    labels = numbered_clusters(points.select("x", "y").to_numpy(), k=k, seed=seed)
    return points.select(
        pl.col("point").cast(pl.Int16),
        "x",
        "y",
        pl.Series("group_id", labels, dtype=pl.Int32),
    )


def correlate_features(values: pl.DataFrame) -> pl.DataFrame:
    """Correlate every feature with every instrument, within each grouping.

    Parameters
    ----------
    values : polars.DataFrame
        Long: grouping, kind ("feature" or "instrument"), participant, name, value.

    Returns
    -------
    polars.DataFrame
        grouping, feature, instrument and the statistics; q values over each grouping's family.
        Empty where there are no features or no scores.
    """
    key = dict.fromkeys(("grouping", "feature", "instrument"), pl.String)
    results = [pl.DataFrame(schema={**key, **STATISTICS})]
    for (grouping,), group in values.sort("grouping").group_by("grouping", maintain_order=True):
        participants = group.select("participant").unique().sort("participant")
        features, feature_names = _matrix(group, "feature", participants)
        scores, instruments = _matrix(group, "instrument", participants)
        pairs = pl.DataFrame({"feature": feature_names}, schema={"feature": pl.String}).join(
            pl.DataFrame({"instrument": instruments}, schema={"instrument": pl.String}),
            how="cross",
            maintain_order="left_right",
        )
        results.append(
            pairs.select(
                pl.lit(grouping, dtype=pl.String).alias("grouping"), "feature", "instrument"
            ).hstack(_statistics(pearson(features, scores), spearman(features, scores), None))
        )
    return pl.concat(results)


def correlate_instruments(scores: pl.DataFrame) -> pl.DataFrame:
    """Correlate every instrument with every other, each pair once.

    Parameters
    ----------
    scores : polars.DataFrame
        Long: participant, instrument, score.

    Returns
    -------
    polars.DataFrame
        instrument_a, instrument_b (later in the alphabet) and the statistics.
    """
    key = {"instrument_a": pl.String, "instrument_b": pl.String}
    participants = scores.select("participant").unique().sort("participant")
    long = scores.select(
        pl.lit("instrument").alias("kind"),
        "participant",
        pl.col("instrument").alias("name"),
        pl.col("score").alias("value"),
    )
    matrix, names = _matrix(long, "instrument", participants)
    upper = [(a, b) for a in range(len(names)) for b in range(a + 1, len(names))]
    pairs = pl.DataFrame([(names[a], names[b]) for a, b in upper], schema=key, orient="row")
    return pairs.hstack(_statistics(pearson(matrix, matrix), spearman(matrix, matrix), upper))


def _matrix(
    values: pl.DataFrame, kind: str, participants: pl.DataFrame
) -> tuple[Matrix, list[str]]:
    """Spread the values of one kind into a matrix of participants × names, NaN where missing."""
    wide = values.filter(pl.col("kind") == kind).pivot(
        "name", index="participant", values="value", aggregate_function=None, sort_columns=True
    )
    aligned = participants.join(wide, on="participant", how="left", maintain_order="left")
    columns = aligned.drop("participant")
    matrix = columns.select(pl.all().cast(pl.Float64).fill_null(float("nan"))).to_numpy()
    return matrix.reshape(len(aligned), columns.width), columns.columns


def _statistics(
    by_value: Correlations, by_rank: Correlations, entries: list[tuple[int, int]] | None
) -> pl.DataFrame:
    """Lay out the two kinds of correlation as columns; all entries, or those named."""

    def listed(matrix: npt.NDArray[Number]) -> npt.NDArray[Number]:
        if entries is None:
            return matrix.ravel()
        return matrix[tuple(zip(*entries, strict=True))] if entries else matrix.ravel()[:0]

    columns: dict[str, npt.NDArray[Any]] = {"n": listed(by_value.n)}
    for name, found in (("pearson", by_value), ("spearman", by_rank)):
        p = listed(found.p)
        columns[f"{name}_r"] = listed(found.r)
        columns[f"{name}_p"] = p
        columns[f"{name}_q"] = benjamini_hochberg(p)
    return pl.DataFrame(columns, schema=STATISTICS, nan_to_null=True)
