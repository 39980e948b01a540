"""Which Python step a model's header names, and the settings it is given.

Imports are late: scikit-learn and SciPy take a second to load, and most commands need neither.
"""

from collections.abc import Callable

import polars as pl

from lakehouse.settings import Settings

Step = Callable[[pl.DataFrame, Settings], pl.DataFrame]


def _clusters(points: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    from lakehouse.steps.tables import cluster_points

    return cluster_points(points, k=settings.clusters.k, seed=settings.clusters.seed)


def _features(values: pl.DataFrame, _: Settings) -> pl.DataFrame:
    from lakehouse.steps.tables import correlate_features

    return correlate_features(values)


def _instruments(scores: pl.DataFrame, _: Settings) -> pl.DataFrame:
    from lakehouse.steps.tables import correlate_instruments

    return correlate_instruments(scores)


STEPS: dict[str, Step] = {
    "cluster_points": _clusters,
    "correlate_features": _features,
    "correlate_instruments": _instruments,
}
