"""How many groups of points there are, as a function from a table to a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import NamedTuple

import numpy as np
import polars as pl
from sklearn.metrics import silhouette_score

from lakehouse.settings.movement import Clusters
from lakehouse.statistics.gap import Grouping, gap_statistic
from lakehouse.statistics.k_means import adjusted_rand
from lakehouse.statistics.many_k_means import Labels, clusters_of_many
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.statistics.threads import one_thread
from lakehouse.steps.clusters.moving_points import (
    Array,
    Faces,
    Places,
    Sums,
    moving_points,
    summed,
)
from lakehouse.steps.clusters.search import searched
from lakehouse.steps.packed import added, packed, unpacked
from lakehouse.steps.passes import Pass, ascending, different, in_one_part
from lakehouse.steps.registry import spread, step

FEWEST_GROUPS, MOST_GROUPS = 2, 12

_SCHEMA = {
    "k": pl.Int32,
    "chosen": pl.Boolean,
    "points": pl.Int32,
    "inertia": pl.Float64,
    "best_inertia": pl.Float64,
    "starts": pl.Int32,
    "starts_at_best": pl.Float64,
    "seeds": pl.Int32,
    "seed_agreement": pl.Float64,
    "seed_agreement_low": pl.Float64,
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
_SUMS = {
    "first_person": pl.Int32,
    "choice": pl.Int32,
    **dict.fromkeys((field.name for field in fields(Sums)), pl.Binary),
}
_QUANTILES = (0.025, 0.975)
_AT_ONCE = 16
"""Draws grouped together: few enough to stay in the processor's cache."""

_RESAMPLED_STARTS = 10
"""Starts for each draw and cloud at most: a hundred of either are grouped in eleven ways."""


@step(
    clusters="clusters",
    resamples="statistics.cluster_resamples",
    resampling_seed="statistics.seed",
)
def choose_clusters(
    faces: pl.DataFrame,
    *,
    clusters: Clusters,
    resamples: int,
    resampling_seed: int,
    report: Report = unheard,
) -> pl.DataFrame:
    """Judge numbers of groups of the points above average.

    Parameters
    ----------
    faces : polars.DataFrame
        As `Faces.from_rows` takes it.
    clusters : Clusters
        Which number of groups is in use, and how k-means looks for groups: for those of draws and
        clouds with ten starts at most.
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
    return in_one_part(
        _PASSES,
        faces,
        clusters=clusters,
        resamples=resamples,
        resampling_seed=resampling_seed,
        report=report,
    )


def _axes(rows: pl.DataFrame, _: None) -> pl.DataFrame:
    """List what stands along the axes of faces."""
    number, of_place = pl.col("mask_number"), pl.col("x").is_not_null()
    masks = number.filter(~of_place).alias("mask"), number.filter(of_place).alias("neutral")
    return different(rows, pl.col("person"), pl.col("point"), *masks)


def _summed(
    rows: pl.DataFrame, known: Mapping[str, pl.Series], *, resamples: int, resampling_seed: int
) -> pl.DataFrame:
    """Sum up some people's faces: as often as all people have them, and as each draw has."""
    members = rows["person"].unique().sort()
    faces = Faces.from_rows(rows, {**known, "person": members})
    people, mine = len(known["person"]), known["person"].is_in(members.implode()).to_numpy()
    _, of_draws = np.random.default_rng(resampling_seed).spawn(2)
    draws = np.empty((0, people))
    if people:
        draws = of_draws.multinomial(people, np.full(people, 1 / people), resamples).astype(float)
    tables, choices = [pl.DataFrame(schema=_SUMS)], 0
    with one_thread():
        for weights in (np.ones((1, people)), draws):
            for sums in summed(faces, weights[:, mine]):
                cells = {name: packed(values) for name, values in vars(sums).items()}
                table = pl.DataFrame(cells).with_row_index("choice", choices)
                first = pl.lit(members.min(), dtype=pl.Int32).alias("first_person")
                tables.append(table.select(first, pl.col("choice").cast(pl.Int32), *cells))
                choices += len(table)
    return pl.concat(tables)


def _chosen(
    parts: pl.DataFrame,
    known: Mapping[str, pl.Series],
    *,
    clusters: Clusters,
    resamples: int,
    resampling_seed: int,
    report: Report = unheard,
) -> pl.DataFrame:
    """Judge numbers of groups by the sums of all people."""
    if parts.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    (points, places), *others = _moving(parts, known)
    most = min(MOST_GROUPS, len(np.unique(places, axis=0)) - 1)
    if most < FEWEST_GROUPS:
        return pl.DataFrame(schema=_SCHEMA)
    numbers = range(1, most + 1)
    seed, few = clusters.seed, min(clusters.starts, _RESAMPLED_STARTS)

    def grouped(sets: Sequence[Array], k: int) -> list[Labels]:
        return [one.labels for one in clusters_of_many(sets, k=k, seed=seed, starts=few)]

    of_clouds, _ = np.random.default_rng(resampling_seed).spawn(2)
    done = _counter(report, 2 * resamples)
    with one_thread():
        found = {k: searched(places, k=k, seed=seed, starts=clusters.starts) for k in numbers}
        labels = {k: one.labels for k, one in found.items()}
        gaps = gap_statistic(
            places,
            # As the clouds are grouped: the better search would pass for tighter groups.
            [grouped([places], k)[0] for k in numbers],
            references=resamples,
            grouping=grouped,
            random=of_clouds,
            drawn=done,
        )
        agreement, overlap = _stability(
            others, _Grouped(points, labels), grouping=grouped, drawn=done
        )
    rows = []
    for k in range(FEWEST_GROUPS, most + 1):
        rand = agreement[k][~np.isnan(agreement[k])]
        low, high = np.quantile(rand, _QUANTILES) if len(rand) else (np.nan, np.nan)
        rows.append(
            {
                "k": k,
                "chosen": k == clusters.k,
                "points": len(points),
                **found[k].columns(),
                "silhouette": silhouette_score(places, labels[k]),
                "gap": gaps.gap[k - 1],
                "gap_se": gaps.se[k - 1],
                "gap_rise": gaps.gap[k - 1] - gaps.gap[k - 2],
                "gap_chosen": k == gaps.chosen if resamples else None,
                "clouds": resamples,
                "stability": rand.mean() if len(rand) else np.nan,
                "stability_low": low,
                "stability_high": high,
                "resamples": len(rand),
                "pav_overlap": overlap.mean() if resamples else np.nan,
                "reason": _reason(resamples, len(rand)),
            }
        )
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").with_columns(
        pl.col(pl.Float64).fill_nan(None)
    )


def _moving(parts: pl.DataFrame, known: Mapping[str, pl.Series]) -> list[tuple[Places, Array]]:
    """Find the points above average of all people, and then of each draw."""
    sums = pl.concat(map(added, parts.partition_by("choice"))).sort("choice")
    masks, neutrals, points = (len(known[name]) for name in ("mask", "neutral", "point"))
    shapes = {
        "people": (),
        **dict.fromkeys(("moved", "unmoved"), (masks, points)),
        "seen": (masks,),
        **dict.fromkeys(("placed", "unplaced"), (neutrals, points, 2)),
    }
    of_all = Sums(**{name: unpacked(sums[name], shape) for name, shape in shapes.items()})
    return list(moving_points(known["point"].to_numpy().astype(np.intp), of_all))


class _Draw(NamedTuple):
    """Points above average of a draw of participants: where those in common are in both lists."""

    places: Array
    different: int
    mine: Places
    theirs: Places


class _Grouped(NamedTuple):
    """The points above average of all participants, and their groups by the number of groups."""

    points: Places
    labels: Mapping[int, Labels]


def _stability(
    draws: Sequence[tuple[Places, Array]],
    whole: _Grouped,
    *,
    grouping: Grouping,
    drawn: Callable[[], None],
) -> tuple[dict[int, Array], Array]:
    """Give adjusted Rand indices by number of groups, and shares of points in common.

    NaN where a draw has too few points in different places for so many groups, or no two of them
    in common with all participants.
    """
    points, labels = whole.points, whole.labels
    agreement = {k: np.full(len(draws), np.nan) for k in labels}
    overlap = np.zeros(len(draws))
    for first in range(0, len(draws), _AT_ONCE):
        some, usable = draws[first : first + _AT_ONCE], {}
        for at, (others, places) in enumerate(some, first):
            common, mine, theirs = np.intersect1d(
                points, others, assume_unique=True, return_indices=True
            )
            overlap[at] = len(common) / len(np.union1d(points, others))
            if len(common) > 1:
                usable[at] = _Draw(places, len(np.unique(places, axis=0)), mine, theirs)
        for k in range(FEWEST_GROUPS, max(labels) + 1):
            enough = {at: draw for at, draw in usable.items() if draw.different >= k}
            groups = grouping([draw.places for draw in enough.values()], k)
            for (at, draw), other in zip(enough.items(), groups, strict=True):
                agreement[k][at] = adjusted_rand(labels[k][draw.mine], other[draw.theirs])
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


_PASSES = (
    Pass(
        _axes,
        {"person": pl.Int32, "point": pl.Int16, "mask": pl.Int32, "neutral": pl.Int32},
        ascending,
    ),
    Pass(
        _summed,
        _SUMS,
        _chosen,
        keys=("person",),
        bundled=True,
        merge=("choice",),
        merged=added,
    ),
)
spread(choose_clusters, *_PASSES)
