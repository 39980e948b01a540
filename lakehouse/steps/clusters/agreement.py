"""How far two lists of grouped points agree."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import contingency_matrix

Labels = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Regrouped:
    """A point of both lists whose groups do not correspond.

    Parameters
    ----------
    point : int
        Id in the face mesh.
    group_here, group_there : int
        Its group in either list.
    """

    point: int
    group_here: int
    group_there: int


@dataclass(frozen=True)
class Agreement:
    """Two lists of points, and groups of the points, compared.

    Parameters
    ----------
    points_here, points_there, points_in_both : int
        Lengths of the lists, and how many points they share.
    jaccard : float or None
        Points in both lists, of those in either; None where both are empty.
    only_here, only_there : tuple of int
        Points of one list, ascending.
    groups_here, groups_there : int
        Different groups of either list.
    adjusted_rand : float or None
        Adjusted Rand index of the groups: 1 where they are the same whatever they are called,
        0 as by chance; over the points in both lists that have a group in both. None with fewer
        than two of them.
    points_compared : int
        How many those are.
    matched : tuple of (int, int)
        Groups here, each with the group there that it corresponds to: at most one, so that as
        many points as possible agree.
    regrouped : tuple of Regrouped
        The points compared whose groups do not correspond; by point.
    """

    points_here: int
    points_there: int
    points_in_both: int
    jaccard: float | None
    only_here: tuple[int, ...]
    only_there: tuple[int, ...]
    groups_here: int
    groups_there: int
    adjusted_rand: float | None
    points_compared: int
    matched: tuple[tuple[int, int], ...]
    regrouped: tuple[Regrouped, ...]


def compare_points(here: pl.DataFrame, there: pl.DataFrame) -> Agreement:
    """Compare two lists of points and their groups.

    Parameters
    ----------
    here, there : polars.DataFrame
        Columns point (each once) and group_id (whole numbers; null where a point has no group).

    References
    ----------
    Jaccard (1912). The distribution of the flora in the alpine zone. New Phytologist 11, 37-50.
    Hubert & Arabie (1985). Comparing partitions. Journal of Classification 2, 193-218.
    """
    both = here.join(there, on="point", suffix="_there").sort("point")
    grouped = both.drop_nulls()
    either = len(here) + len(there) - len(both)
    labels = grouped["group_id"].to_numpy(), grouped["group_id_there"].to_numpy()
    matched = _matched(*labels)
    return Agreement(
        points_here=len(here),
        points_there=len(there),
        points_in_both=len(both),
        jaccard=len(both) / either if either else None,
        only_here=_others(here, there),
        only_there=_others(there, here),
        groups_here=here["group_id"].drop_nulls().n_unique(),
        groups_there=there["group_id"].drop_nulls().n_unique(),
        adjusted_rand=float(adjusted_rand_score(*labels)) if len(grouped) > 1 else None,
        points_compared=len(grouped),
        matched=matched,
        regrouped=tuple(
            Regrouped(point, mine, theirs)
            for point, mine, theirs in grouped.select(
                "point", "group_id", "group_id_there"
            ).iter_rows()
            if (mine, theirs) not in matched
        ),
    )


def _others(points: pl.DataFrame, without: pl.DataFrame) -> tuple[int, ...]:
    return tuple(points.join(without, on="point", how="anti")["point"].sort())


def _matched(here: Labels, there: Labels) -> tuple[tuple[int, int], ...]:
    if not len(here):
        return ()
    shared = contingency_matrix(here, there)
    mine, theirs = np.unique(here), np.unique(there)
    pairs = zip(*linear_sum_assignment(shared, maximize=True), strict=True)
    return tuple((int(mine[row]), int(theirs[column])) for row, column in pairs)
