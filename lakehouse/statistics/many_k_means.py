"""K-means of many small sets of points at once, with the groups that scikit-learn finds.

For sets of some dozens of points scikit-learn spends most of its time on checks of its input.
Here the starts of all sets advance together, each as scikit-learn's would: the same random numbers,
the same candidates, the same end. Where rounding would decide, scikit-learn itself is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans

from lakehouse.statistics.k_means import INITIALISATIONS

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_MOST_ITERATIONS = 300
_TOLERANCE = 1e-4
"""Both as `sklearn.cluster.KMeans` has them by default."""

_ROUNDING = 1e-9
"""Sums of squares that differ less, in relation to their size, may come in either order."""


def clusters_of_many(sets: Sequence[Array], *, k: int, seed: int) -> list[Labels]:
    """Group the points of each set by k-means.

    Parameters
    ----------
    sets : sequence of ndarray of float64, shape (n, 2)
        Each has at least k points in different places; n may differ.
    seed : int
        Random state of each set's k-means.

    Returns
    -------
    list of ndarray of int, shape (n,)
        Of each set the group of each point, as `sklearn.cluster.KMeans` with ten initialisations
        finds them, in any order of the groups.

    References
    ----------
    Arthur & Vassilvitskii (2007). k-means++: the advantages of careful seeding. SODA, 1027-1035.
    """
    if not sets:
        return []
    lanes = _Lanes.of(sets)
    starts = (len(sets), INITIALISATIONS)
    centres, tied = _seeded(lanes, _random_numbers(k, seed))
    labels, inertia, emptied = _settled(lanes, centres)
    asked: Flags = np.asarray((tied | emptied).reshape(starts).any(axis=1))
    best = inertia.reshape(starts).argmin(axis=1) + np.arange(len(sets)) * INITIALISATIONS
    found = []
    for at, points in enumerate(sets):
        if asked[at]:
            fitted = KMeans(k, random_state=seed, n_init=INITIALISATIONS).fit(points)
            found.append(fitted.labels_.astype(np.intp))
        else:
            found.append(labels[best[at], : len(points)])
    return found


@dataclass(frozen=True)
class _Lanes:
    """A lane for each start of each set.

    Parameters
    ----------
    points : ndarray of float64, shape (lanes, n, 2)
        About their mean; sets of fewer points are filled up with zeros.
    known : ndarray of bool, shape (lanes, n)
        False for what fills up.
    tolerance : ndarray of float64, shape (lanes,)
        The move of the centres, squared and summed, at which a lane ends.
    """

    points: Array
    known: Flags
    tolerance: Array

    @classmethod
    def of(cls, sets: Sequence[Array]) -> "_Lanes":
        most = max(len(points) for points in sets)
        filled, known = np.zeros((len(sets), most, 2)), np.zeros((len(sets), most), dtype=np.bool_)
        for at, points in enumerate(sets):
            filled[at, : len(points)] = points - points.mean(axis=0)
            known[at, : len(points)] = True
        spread = [points.var(axis=0).mean() for points in sets]
        return cls(
            np.repeat(filled, INITIALISATIONS, axis=0),
            np.repeat(known, INITIALISATIONS, axis=0),
            np.repeat(np.array(spread) * _TOLERANCE, INITIALISATIONS),
        )

    def only(self, which: Labels) -> "_Lanes":
        return _Lanes(self.points[which], self.known[which], self.tolerance[which])


def _random_numbers(k: int, seed: int) -> tuple[Array, Array]:
    """Give, for each start, the number behind the first centre and those behind the others.

    Returns
    -------
    first : ndarray of float64, shape (starts,)
    others : ndarray of float64, shape (starts, k - 1, trials)
    """
    trials = 2 + int(np.log(k))
    # scikit-learn draws from this generator, in this order, whatever the points are.
    stream = np.random.RandomState(seed).random_sample((INITIALISATIONS, 1 + (k - 1) * trials))
    return stream[:, 0], stream[:, 1:].reshape(INITIALISATIONS, k - 1, trials)


def _seeded(lanes: _Lanes, numbers: tuple[Array, Array]) -> tuple[Array, Flags]:
    """Choose points as first centres by k-means++ with several trials.

    Returns
    -------
    centres : ndarray of float64, shape (lanes, k, 2)
    tied : ndarray of bool, shape (lanes,)
        Where two points were equally good, as those of a pair far from all others are.
    """
    first, others = numbers
    every = np.arange(len(lanes.points))
    sets = len(lanes.points) // INITIALISATIONS
    sizes = lanes.known.sum(axis=1)
    chosen = np.empty(len(every), dtype=np.intp)
    for lane, number in zip(every, np.tile(first, sets), strict=True):
        share = np.cumsum(np.full(sizes[lane], 1 / sizes[lane]))
        chosen[lane] = np.searchsorted(share / share[-1], number, side="right")
    centres, tied = [lanes.points[every, chosen]], np.zeros(len(every), dtype=np.bool_)
    closest = _squares(lanes, centres[0][:, None])[:, 0]
    for numbers_of_step in np.moveaxis(others, 1, 0):
        sought = np.tile(numbers_of_step, (sets, 1)) * closest.sum(axis=1)[:, None]
        passed = np.cumsum(closest, axis=1)[:, None, :] < sought[..., None]
        candidates = np.minimum(passed.sum(axis=-1), sizes[:, None] - 1)
        places = lanes.points[every[:, None], candidates]
        distances = np.minimum(closest[:, None, :], _squares(lanes, places))
        sums = distances.sum(axis=-1)
        taken = sums.argmin(axis=1)
        as_good = sums <= sums.min(axis=1, keepdims=True) * (1 + _ROUNDING)
        tied |= (as_good & (candidates != candidates[every, taken][:, None])).any(axis=1)
        closest = distances[every, taken]
        centres.append(places[every, taken])
    return np.stack(centres, axis=1), tied


def _settled(lanes: _Lanes, centres: Array) -> tuple[Labels, Array, Flags]:
    """Move the centres by Lloyd's algorithm until they rest.

    Returns
    -------
    labels : ndarray of int, shape (lanes, n)
    inertia : ndarray of float64, shape (lanes,)
        Squares of the distances to the nearest centre, summed.
    emptied : ndarray of bool, shape (lanes,)
        Where a group lost all its points; the labels then mean nothing.
    """
    running = np.arange(len(centres))
    before = np.full(lanes.known.shape, -1)
    emptied = np.zeros(len(centres), dtype=np.bool_)
    for _ in range(_MOST_ITERATIONS):
        mine = lanes.only(running)
        labels = _nearest(mine, centres[running])
        moved, counts = _means(mine, labels, centres.shape[1])
        empty = (counts == 0).any(axis=1)
        emptied[running[empty]] = True
        shift = ((moved - centres[running]) ** 2).sum(axis=(1, 2))
        centres[running] = moved
        same = ((labels == before[running]) | ~mine.known).all(axis=1)
        before[running] = labels
        running = running[~(same | empty | (shift <= mine.tolerance))]
        if not len(running):
            break
    labels = _nearest(lanes, centres)
    own = np.take_along_axis(_squares(lanes, centres), labels[:, None, :], axis=1)
    return labels, own.sum(axis=(1, 2)), emptied


def _squares(lanes: _Lanes, centres: Array) -> Array:
    """Give the squares of the distances, shape (lanes, centres, n); 0 for what fills up."""
    squares = np.zeros((len(centres), centres.shape[1], lanes.known.shape[1]))
    for axis in range(2):
        squares += (lanes.points[:, None, :, axis] - centres[:, :, None, axis]) ** 2
    squares *= lanes.known[:, None, :]
    return squares


def _nearest(lanes: _Lanes, centres: Array) -> Labels:
    labels: Labels = _squares(lanes, centres).argmin(axis=1)
    return labels


def _means(lanes: _Lanes, labels: Labels, k: int) -> tuple[Array, Labels]:
    """Give the groups' means, shape (lanes, k, 2), and sizes, shape (lanes, k)."""
    shape = (len(labels), k)
    cells = (labels + np.arange(len(labels))[:, None] * k).ravel()
    sizes = np.bincount(cells, lanes.known.ravel(), minlength=shape[0] * k)
    sums = [
        np.bincount(cells, axis.ravel(), minlength=len(sizes))
        for axis in np.moveaxis(lanes.points, -1, 0)
    ]
    means = np.stack(sums, axis=-1) / np.maximum(sizes, 1)[:, None]
    return means.reshape(*shape, 2), sizes.reshape(shape).astype(np.intp)
