"""Clusters of points in the plane, numbered so that the numbers mean something, and compared."""

import numpy as np
import numpy.typing as npt

from lakehouse.statistics.many_k_means import clusters_of_many


def numbered_clusters(
    points: npt.NDArray[np.float64], *, k: int, seed: int, starts: int
) -> npt.NDArray[np.int32]:
    """Group points by k-means and number the groups by their centroids, x first, then y.

    Parameters
    ----------
    points : ndarray of float64, shape (n, 2)
        Places in the plane.
    k : int
        Groups wanted; fewer are made where fewer places differ.
    seed : int
        Random state.
    starts : int
        Initialisations, of which the best counts.

    Returns
    -------
    ndarray of int32, shape (n,)
        Group of each point, from 0.
    """
    if len(points) == 0:
        return np.empty(0, dtype=np.int32)
    groups = min(k, len(np.unique(points, axis=0)))
    [found] = clusters_of_many([points], k=groups, seed=seed, starts=starts)
    return numbered_by_place(points, found.labels)


def numbered_by_place(
    points: npt.NDArray[np.float64], labels: npt.NDArray[np.integer]
) -> npt.NDArray[np.int32]:
    """Give groups of points numbers by their centroids, x first, then y.

    Parameters
    ----------
    points : ndarray of float64, shape (n, 2)
    labels : ndarray of int, shape (n,)
        From 0; no group is empty.
    """
    sizes = np.bincount(labels)
    x, y = (np.bincount(labels, axis) / sizes for axis in points.T)
    number = np.empty(len(sizes), dtype=np.int32)
    number[np.lexsort((y, x))] = np.arange(len(sizes), dtype=np.int32)
    return np.asarray(number[labels])


def adjusted_rand(first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> float:
    """Tell how far two groupings of the same points agree beyond chance; 1 where they are one.

    As scikit-learn's, which looks for a millisecond at what it is given; it is asked for thousands.

    Parameters
    ----------
    first, second : ndarray of int, shape (n,)
        Group of each point, from 0.

    References
    ----------
    Hubert & Arabie (1985). Comparing partitions. Journal of Classification 2, 193-218.
    """
    n, width = len(first), int(second.max(initial=-1)) + 1
    both, ours, theirs = (
        int((np.bincount(groups) ** 2).sum()) for groups in (first * width + second, first, second)
    )
    only_ours, only_theirs, together = ours - both, theirs - both, both - n
    if not only_ours and not only_theirs:
        return 1.0
    apart = n * n - ours - theirs + both
    above = 2 * (together * apart - only_ours * only_theirs)
    return above / (
        (together + only_ours) * (only_ours + apart)
        + (together + only_theirs) * (only_theirs + apart)
    )
