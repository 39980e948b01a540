"""The gap statistic: whether groups are tighter than in a cloud that has none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

Grouping = Callable[[Sequence[Array], int], Sequence[npt.NDArray[np.integer]]]
"""Puts the points of each set into a number of groups."""

_AT_ONCE = 16
"""Clouds grouped together: few enough to stay in the processor's cache."""


@dataclass(frozen=True)
class Gaps:
    """The gap statistic for numbers of groups that follow each other, the first being 1.

    Parameters
    ----------
    gap, se : ndarray of float64, shape (numbers,)
        The statistic and its standard error; NaN without clouds.
    """

    gap: Array
    se: Array

    @property
    def chosen(self) -> int | None:
        """The number that Tibshirani's rule takes; None where it takes none of them."""
        enough = np.flatnonzero(self.gap[:-1] >= self.gap[1:] - self.se[1:])
        return int(enough[0]) + 1 if len(enough) else None


def gap_statistic(
    points: Array,
    labels: Sequence[npt.NDArray[np.integer]],
    *,
    references: int,
    grouping: Grouping,
    random: np.random.Generator,
    drawn: Callable[[], None],
) -> Gaps:
    """Compare how tight groups are with the same in clouds without groups.

    Parameters
    ----------
    points : ndarray of float64, shape (n, 2)
    labels : sequence of ndarray of int, shape (n,)
        The points' groups: one group, two groups, and so on.
    references : int
        Clouds to be drawn, each spread evenly over the box along the principal axes of the
        points that just holds them; with 0 there are no gaps.
    grouping : callable
        Groups sets of points into so many, as the points themselves were.
    random : numpy.random.Generator
        Draws the clouds.
    drawn : callable
        Told after each cloud.

    Returns
    -------
    Gaps
        ``mean(log W*) - log W``, W being the squares of the distances to the groups' centroids
        summed, and W* the same of a cloud; standard error ``sd(log W*) sqrt(1 + 1 / clouds)``.

    References
    ----------
    Tibshirani, Walther & Hastie (2001). Estimating the number of clusters in a data set via the
    gap statistic. Journal of the Royal Statistical Society B 63, 411-423; reference
    distribution (b).
    """
    if references == 0:
        nothing = np.full(len(labels), np.nan)
        return Gaps(nothing, nothing)
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    # Spread does not depend on how the axes lie, so the clouds need not be turned back.
    turned = centred @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    clouds = np.empty((references, len(labels)))
    for first in range(0, references, _AT_ONCE):
        rows = clouds[first : first + _AT_ONCE]
        some = [random.uniform(low, high, points.shape) for _ in rows]
        for at in range(len(labels)):
            rows[:, at] = np.log(
                [_spread(*each) for each in zip(some, grouping(some, at + 1), strict=True)]
            )
        for _ in rows:
            drawn()
    observed = np.log([_spread(points, groups) for groups in labels])
    return Gaps(clouds.mean(axis=0) - observed, clouds.std(axis=0) * np.sqrt(1 + 1 / references))


def _spread(points: Array, labels: npt.NDArray[np.integer]) -> float:
    """Sum the squares of the distances to the groups' centroids."""
    sizes = np.bincount(labels)
    sums = np.stack([np.bincount(labels, axis) for axis in points.T], axis=1)
    return float(((points - (sums / sizes[:, None])[labels]) ** 2).sum())
