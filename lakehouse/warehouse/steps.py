"""Which Python step a model's header names, and the settings it is given."""

from collections.abc import Callable

import polars as pl

from lakehouse.settings import Settings
from lakehouse.statistics.resampling import Report, unheard

Step = Callable[[pl.DataFrame, Settings], pl.DataFrame]


def load_steps(report: Report = unheard) -> dict[str, Step]:
    """Load the steps.

    Parameters
    ----------
    report : callable, optional
        Told by long steps how much is done, and of how much.

    Returns
    -------
    dict of str to callable
        By the name that headers use; each takes the query's result and the settings.
    """
    # Late: scikit-learn and SciPy take a second to load, and most commands need neither.
    from lakehouse.steps.clusters.choice import choose_clusters
    from lakehouse.steps.clusters.points import cluster_points
    from lakehouse.steps.correlations.correlate import correlate_features, correlate_pairs
    from lakehouse.steps.correlations.distributions import normality
    from lakehouse.steps.correlations.partial import correlate_given
    from lakehouse.steps.cue.effects import compare_groups, compare_points
    from lakehouse.steps.expressions.confusion import accuracy_intervals, predict_expressions
    from lakehouse.steps.expressions.regularity import regularity_intervals
    from lakehouse.steps.reliability.intraclass import intraclass
    from lakehouse.steps.smile.coactivation import coactivation, coactivation_residuals

    return {
        "cluster_points": lambda points, settings: cluster_points(
            points, k=settings.clusters.k, seed=settings.clusters.seed
        ),
        "choose_clusters": lambda faces, settings: choose_clusters(
            faces,
            chosen=settings.clusters.k,
            seed=settings.clusters.seed,
            # Each draw is grouped anew for every number of groups, which is slow.
            resamples=-(-settings.statistics.bootstraps // 10),
            resampling_seed=settings.statistics.seed,
            report=report,
        ),
        "correlate_features": lambda values, settings: correlate_features(
            values,
            permutations=settings.statistics.permutations,
            seed=settings.statistics.seed,
            report=report,
        ),
        "correlate_feature_pairs": lambda values, _: correlate_pairs(values, kind="feature"),
        "correlate_instrument_pairs": lambda values, _: correlate_pairs(values, kind="instrument"),
        "correlate_given": lambda values, settings: correlate_given(
            values,
            covariates=settings.statistics.covariates,
            permutations=settings.statistics.permutations,
            seed=settings.statistics.seed,
            report=report,
        ),
        "normality": lambda values, _: normality(values),
        "intraclass": lambda mean_squares, _: intraclass(mean_squares),
        "coactivation": lambda measures, _: coactivation(measures),
        "coactivation_residuals": lambda measures, _: coactivation_residuals(measures),
        "compare_groups": lambda distances, _: compare_groups(distances),
        "compare_points": lambda distances, settings: compare_points(
            distances,
            flips=settings.statistics.permutations,
            seed=settings.statistics.seed,
            report=report,
        ),
        "regularity_intervals": lambda displacements, settings: regularity_intervals(
            displacements,
            dimensions=settings.distance.dimensions,
            bootstraps=settings.statistics.bootstraps,
            seed=settings.statistics.seed,
            report=report,
        ),
        "predict_expressions": lambda displacements, settings: predict_expressions(
            displacements, dimensions=settings.distance.dimensions, report=report
        ),
        "accuracy_intervals": lambda judged, settings: accuracy_intervals(
            judged,
            bootstraps=settings.statistics.bootstraps,
            seed=settings.statistics.seed,
        ),
    }
