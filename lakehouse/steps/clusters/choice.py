"""How many groups of points there are, as a function from a table to a table."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from sklearn.metrics import adjusted_rand_score, silhouette_score

from lakehouse.statistics.gap import gap_statistic
from lakehouse.statistics.k_means import numbered_clusters
from lakehouse.statistics.many_k_means import clusters_of_many
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.statistics.threads import one_thread
from lakehouse.steps.clusters.moving_points import Array, Faces, Places, moving_points
from lakehouse.steps.registry import step

FEWEST_GROUPS, MOST_GROUPS = 2, 12

_SCHEMA = {
    "k": pl.Int32,
    "chosen": pl.Boolean,
    "points": pl.Int32,
    "silhouette": pl.Float64,
    "gap": pl.Float64,
    "gap_se": pl.Float64,
    "gap_rise": pl.Float64,
    "gap_chosen": pl.Boolean,
    "clouds": pl.Int32,
    "stability": pl.Float64,
    "stability_low": pl.Float64,
    "stability_high": pl.Float64,
    "resamples": pl.Int32,
    "pav_overlap": pl.Float64,
    "reason": pl.String,
}
_QUANTILES = (0.025, 0.975)
_AT_ONCE = 16
"""Draws grouped together: few enough to stay in the processor's cache."""

Labels = npt.NDArray[np.int32]


@step(
    chosen="clusters.k",
    seed="clusters.seed",
    resamples="statistics.cluster_resamples",
    resampling_seed="statistics.seed",
)
def choose_clusters(
    rows: pl.DataFrame,
    *,
    chosen: int,
    seed: int,
    resamples: int,
    resampling_seed: int,
    report: Report = unheard,
) -> pl.DataFrame:
    """Judge numbers of groups of the points above average.

    Parameters
    ----------
    rows : polars.DataFrame
        As `Faces.from_rows` takes it.
    chosen : int
        The number of groups that is in use.
    seed : int
        Random state of k-means.
    resamples : int
        Draws of participants behind the stability, and clouds behind the gap statistic; 0 leaves
        both out.
    resampling_seed : int
        Random state of the draws and the clouds.
    report : callable, optional
        Told how many of both are done.

    Returns
    -------
    polars.DataFrame
        k, from 2, with the columns of the relation cluster_choice; empty where fewer than three
        points lie in different places.

    References
    ----------
    Rousseeuw (1987). Silhouettes: a graphical aid to the interpretation and validation of
    cluster analysis. Journal of Computational and Applied Mathematics 20, 53-65.
    Hubert & Arabie (1985). Comparing partitions. Journal of Classification 2, 193-218.
    Hennig (2007). Cluster-wise assessment of cluster stability. Computational Statistics & Data
    Analysis 52, 258-271.
    See `lakehouse.statistics.gap` for the gap statistic.
    """
    faces = Faces.from_rows(rows)
    people = faces.distances.shape[0]
    points, places = next(moving_points(faces, np.ones((1, people))))
    most = min(MOST_GROUPS, len(np.unique(places, axis=0)) - 1)
    if most < FEWEST_GROUPS:
        return pl.DataFrame(schema=_SCHEMA)
    labels = {k: numbered_clusters(places, k=k, seed=seed) for k in range(1, most + 1)}
    of_clouds, of_draws = np.random.default_rng(resampling_seed).spawn(2)
    done = _counter(report, 2 * resamples)
    draws = of_draws.multinomial(people, np.full(people, 1 / people), resamples).astype(float)
    with one_thread():
        gaps = gap_statistic(
            places,
            [*labels.values()],
            references=resamples,
            seed=seed,
            random=of_clouds,
            drawn=done,
        )
        agreement, overlap = _stability(faces, draws, points, labels, seed=seed, drawn=done)
    found = []
    for k in range(FEWEST_GROUPS, most + 1):
        known = agreement[k][~np.isnan(agreement[k])]
        low, high = np.quantile(known, _QUANTILES) if len(known) else (np.nan, np.nan)
        found.append(
            {
                "k": k,
                "chosen": k == chosen,
                "points": len(points),
                "silhouette": silhouette_score(places, labels[k]),
                "gap": gaps.gap[k - 1],
                "gap_se": gaps.se[k - 1],
                "gap_rise": gaps.gap[k - 1] - gaps.gap[k - 2],
                "gap_chosen": k == gaps.chosen if resamples else None,
                "clouds": resamples,
                "stability": known.mean() if len(known) else np.nan,
                "stability_low": low,
                "stability_high": high,
                "resamples": len(known),
                "pav_overlap": overlap.mean() if resamples else np.nan,
                "reason": _reason(resamples, len(known)),
            }
        )
    return pl.DataFrame(found, schema=_SCHEMA, orient="row").with_columns(
        pl.col(pl.Float64).fill_nan(None)
    )


class _Draw(NamedTuple):
    """Points above average of a draw of participants: where those in common are in both lists."""

    places: Array
    different: int
    mine: Places
    theirs: Places


def _stability(
    faces: Faces,
    draws: Array,
    points: Places,
    labels: Mapping[int, Labels],
    *,
    seed: int,
    drawn: Callable[[], None],
) -> tuple[dict[int, Array], Array]:
    """Give adjusted Rand indices by number of groups, and shares of points in common.

    NaN where a draw has too few points in different places for so many groups, or no two of them
    in common with all participants.
    """
    agreement = {k: np.full(len(draws), np.nan) for k in labels}
    overlap = np.zeros(len(draws))
    for first in range(0, len(draws), _AT_ONCE):
        some, usable = draws[first : first + _AT_ONCE], {}
        for at, (others, places) in enumerate(moving_points(faces, some), first):
            common, mine, theirs = np.intersect1d(
                points, others, assume_unique=True, return_indices=True
            )
            overlap[at] = len(common) / len(np.union1d(points, others))
            if len(common) > 1:
                usable[at] = _Draw(places, len(np.unique(places, axis=0)), mine, theirs)
        for k in range(FEWEST_GROUPS, max(labels) + 1):
            enough = {at: draw for at, draw in usable.items() if draw.different >= k}
            groups = clusters_of_many([draw.places for draw in enough.values()], k=k, seed=seed)
            for (at, draw), other in zip(enough.items(), groups, strict=True):
                agreement[k][at] = adjusted_rand_score(labels[k][draw.mine], other[draw.theirs])
        for _ in some:
            drawn()
    return agreement, overlap


def _reason(resamples: int, usable: int) -> str | None:
    if not resamples:
        return "statistics.bootstraps is 0"
    if not usable:
        return "no draw of participants gave points for so many groups"
    return None


def _counter(report: Report, total: int) -> Callable[[], None]:
    """Count calls, and report them."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        report(done, total)

    return count
