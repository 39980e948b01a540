"""The clusters, as a function from a query's result to a relation."""

import polars as pl

from lakehouse.statistics.k_means import numbered_clusters
from lakehouse.steps.clusters.places import to_be_grouped
from lakehouse.steps.registry import step


@step(k="clusters.k", seed="clusters.seed", starts="clusters.starts")
def cluster_points(points: pl.DataFrame, *, k: int, seed: int, starts: int) -> pl.DataFrame:
    """Group points by where they lie in the face.

    Parameters
    ----------
    points : polars.DataFrame
        Columns point, x, y (aligned pixels); a row per point.
    k : int
        Groups wanted; fewer are made where there are fewer points in different places.
    seed : int
        Random state of k-means.
    starts : int
        Initialisations, of which the best counts.

    Returns
    -------
    polars.DataFrame
        Columns point, x, y, group_id, by point; empty where `points` is.
    """
    points = points.sort("point")
    places = to_be_grouped(points.select("x", "y").to_numpy())
    labels = numbered_clusters(places, k=k, seed=seed, starts=starts)
    return points.select(
        pl.col("point").cast(pl.Int16),
        "x",
        "y",
        pl.Series("group_id", labels, dtype=pl.Int32),
    )
