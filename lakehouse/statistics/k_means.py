"""Clusters of points in the plane, numbered so that the numbers mean something."""

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans

INITIALISATIONS = 10


def numbered_clusters(
    points: npt.NDArray[np.float64], *, k: int, seed: int
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

    Returns
    -------
    ndarray of int32, shape (n,)
        Group of each point, from 0.

    References
    ----------
    Arthur & Vassilvitskii (2007). k-means++: the advantages of careful seeding. SODA, 1027-1035.
    """
    if len(points) == 0:
        return np.empty(0, dtype=np.int32)
    groups = min(k, len(np.unique(points, axis=0)))
    found = KMeans(groups, random_state=seed, n_init=INITIALISATIONS).fit(points)
    centroids = found.cluster_centers_
    by_place = np.lexsort((centroids[:, 1], centroids[:, 0]))
    number = np.empty(groups, dtype=np.int32)
    number[by_place] = np.arange(groups, dtype=np.int32)
    labels: npt.NDArray[np.int32] = number[found.labels_]
    return labels
