"""Which Python step a model's header names, and the settings it is given."""

from collections.abc import Callable

import polars as pl

from lakehouse.settings import Settings

Step = Callable[[pl.DataFrame, Settings], pl.DataFrame]


def load_steps() -> dict[str, Step]:
    """Load the steps.

    Returns
    -------
    dict of str to callable
        By the name that headers use; each takes the query's result and the settings.
    """
    # Late: scikit-learn and SciPy take a second to load, and most commands need neither.
    from lakehouse.steps.tables import cluster_points, correlate_features, correlate_instruments

    return {
        "cluster_points": lambda points, settings: cluster_points(
            points, k=settings.clusters.k, seed=settings.clusters.seed
        ),
        "correlate_features": lambda values, _: correlate_features(values),
        "correlate_instruments": lambda scores, _: correlate_instruments(scores),
    }
