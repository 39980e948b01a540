"""K-means of many small sets of points at once, with the groups that scikit-learn finds.

For sets of some dozens of points scikit-learn spends most of its time on checks of its input.
Here the starts of all sets advance together, each as scikit-learn's would: the same random numbers,
the same candidates, the same end. Where rounding would decide, scikit-learn itself is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans, kmeans_plusplus

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_MOST_ITERATIONS = 300
_TOLERANCE = 1e-4
"""Both as `sklearn.cluster.KMeans` has them by default."""

_ROUNDING = 1e-9
"""Sums of squares that differ less, in relation to their size, may come in either order."""

_ENTRIES = 2**19
"""Distances held at once, so that they stay in the processor's cache and many starts need no more
memory than few."""


@dataclass(frozen=True)
class Grouped:
    """A set of points in groups, as the best of several starts has them.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        Group of each point, in any order of the groups.
    inertia : ndarray of float64, shape (starts,)
        Where each start ended: squares of the distances to the group's centre, summed.
    """

    labels: Labels
    inertia: Array


def clusters_of_many(sets: Sequence[Array], *, k: int, seed: int, starts: int) -> list[Grouped]:
    """Group the points of each set by k-means.

    Parameters
    ----------
    sets : sequence of ndarray of float64, shape (n, 2)
        Each has at least k points in different places; n may differ.
    seed : int
        Random state of each set's k-means.
    starts : int
        Initialisations, of which the best counts.

    Returns
    -------
    list of Grouped
        Of each set, as `sklearn.cluster.KMeans` with `n_init=starts` finds its groups.

    References
    ----------
    Arthur & Vassilvitskii (2007). k-means++: the advantages of careful seeding. SODA, 1027-1035.
    """
    if not sets:
        return []
    best = [np.empty(0, dtype=np.intp)] * len(sets)
    inertia = np.full((len(sets), starts), np.inf)
    largest = max(len(points) for points in sets)
    at_once = max(1, _ENTRIES // (len(sets) * largest * k))
    for first, numbers in _random_numbers(k, seed, starts, at_once):
        some = slice(first, first + len(numbers))
        lanes = _Lanes.of(sets, len(numbers))
        labels, ends = _grouped(lanes, numbers, _Stream(k, seed, first))
        for at, points in enumerate(sets):
            mine = ends[at * len(numbers) : (at + 1) * len(numbers)]
            least = int(mine.argmin())
            if mine[least] < inertia[at].min():
                best[at] = labels[at * len(numbers) + least, : len(points)]
            inertia[at, some] = mine
    return [Grouped(*each) for each in zip(best, inertia, strict=True)]


@dataclass(frozen=True)
class _Lanes:
    """A lane for each start of each set.

    Parameters
    ----------
    points : ndarray of float64, shape (2, lanes, n)
        About their mean, x and then y; sets of fewer points are filled up with zeros.
    known : ndarray of bool, shape (lanes, n)
        False for what fills up.
    tolerance : ndarray of float64, shape (lanes,)
        The move of the centres, squared and summed, at which a lane ends.
    """

    points: Array
    known: Flags
    tolerance: Array

    @classmethod
    def of(cls, sets: Sequence[Array], starts: int) -> "_Lanes":
        most = max(len(points) for points in sets)
        filled, known = np.zeros((2, len(sets), most)), np.zeros((len(sets), most), dtype=np.bool_)
        for at, points in enumerate(sets):
            filled[:, at, : len(points)] = (points - points.mean(axis=0)).T
            known[at, : len(points)] = True
        spread = [points.var(axis=0).mean() for points in sets]
        return cls(
            np.repeat(filled, starts, axis=1),
            np.repeat(known, starts, axis=0),
            np.repeat(np.array(spread) * _TOLERANCE, starts),
        )

    def only(self, which: Labels) -> "_Lanes":
        return _Lanes(self.points[:, which], self.known[which], self.tolerance[which])

    def places(self, numbers: Labels) -> Array:
        """Give the points of so many numbers in each lane, shape (lanes, …, 2)."""
        every = np.arange(len(numbers)).reshape(-1, *[1] * (numbers.ndim - 1))
        return np.stack([axis[every, numbers] for axis in self.points], axis=-1)

    def own(self, lane: int) -> Array:
        """Give the points of a lane without what fills up."""
        return np.ascontiguousarray(self.points[:, lane, self.known[lane]].T)


@dataclass(frozen=True)
class _Stream:
    """Where in scikit-learn's random numbers some starts begin."""

    k: int
    seed: int
    first: int

    def at(self, start: int) -> np.random.RandomState:
        """Give the generator as scikit-learn has it before a start, counted from the first."""
        state = np.random.RandomState(self.seed)
        state.random_sample((self.first + start) * _numbers_per_start(self.k))
        return state


def _numbers_per_start(k: int) -> int:
    return 1 + (k - 1) * _trials(k)


def _trials(k: int) -> int:
    return 2 + int(np.log(k))


def _random_numbers(k: int, seed: int, starts: int, at_once: int) -> Iterator[tuple[int, Array]]:
    """Give the random numbers of some starts at a time.

    Yields
    ------
    first : int
        The first of the starts.
    numbers : ndarray of float64, shape (some, numbers per start)
    """
    # scikit-learn draws from this generator, in this order, whatever the points are.
    state = np.random.RandomState(seed)
    for first in range(0, starts, at_once):
        some = min(at_once, starts - first)
        yield first, state.random_sample((some, _numbers_per_start(k)))


def _grouped(lanes: _Lanes, numbers: Array, stream: _Stream) -> tuple[Labels, Array]:
    """Run all starts of all sets.

    Returns
    -------
    labels : ndarray of int, shape (lanes, n)
    inertia : ndarray of float64, shape (lanes,)
    """
    k, starts = stream.k, len(numbers)
    others = numbers[:, 1:].reshape(starts, k - 1, _trials(k))
    centres, tied = _seeded(lanes, (numbers[:, 0], others))
    for lane in map(int, np.flatnonzero(tied)):
        state = stream.at(lane % starts)
        centres[lane], _ = kmeans_plusplus(lanes.own(lane), k, random_state=state)
    seeded = centres.copy()
    labels, inertia, emptied = _settled(lanes, centres)
    for lane in map(int, np.flatnonzero(emptied)):
        points = lanes.own(lane)
        fitted = KMeans(k, init=seeded[lane], n_init=1).fit(points)
        labels[lane, : len(points)], inertia[lane] = fitted.labels_, fitted.inertia_
    return labels, inertia


def _seeded(lanes: _Lanes, numbers: tuple[Array, Array]) -> tuple[Array, Flags]:
    """Choose points as first centres by k-means++ with several trials.

    Parameters
    ----------
    numbers : tuple of ndarray of float64, shapes (starts,) and (starts, k - 1, trials)
        Random numbers behind the first centre and behind the others.

    Returns
    -------
    centres : ndarray of float64, shape (lanes, k, 2)
    tied : ndarray of bool, shape (lanes,)
        Where two points were equally good, as those of a pair far from all others are.
    """
    first, others = numbers
    every = np.arange(len(lanes.known))
    sets = len(every) // len(first)
    sizes = lanes.known.sum(axis=1)
    chosen, drawn = np.empty(len(every), dtype=np.intp), np.tile(first, sets)
    for size in np.unique(sizes):
        share, alike = np.cumsum(np.full(size, 1 / size)), sizes == size
        chosen[alike] = np.searchsorted(share / share[-1], drawn[alike], side="right")
    centres, tied = [lanes.places(chosen)], np.zeros(len(every), dtype=np.bool_)
    closest = _squares(lanes, centres[0][:, None])[:, 0]
    for numbers_of_step in np.moveaxis(others, 1, 0):
        sought = np.tile(numbers_of_step, (sets, 1)) * closest.sum(axis=1)[:, None]
        reached = np.cumsum(closest, axis=1)[:, None, :] >= sought[..., None]
        # By rounding, a sum may end below what is sought.
        found = np.where(reached[..., -1], reached.argmax(axis=-1), len(closest[0]))
        candidates = np.minimum(found, sizes[:, None] - 1)
        places = lanes.places(candidates)
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
        labels, _ = _nearest(mine, centres[running])
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
    labels, squares = _nearest(lanes, centres)
    return labels, np.where(lanes.known, squares, 0.0).sum(axis=1), emptied


def _squares(lanes: _Lanes, centres: Array) -> Array:
    """Give the squares of the distances, shape (lanes, centres, n); 0 for what fills up."""
    squares = _of_differences(lanes.points[:, :, None], centres.transpose(2, 0, 1)[..., None])
    if not lanes.known.all():
        squares *= lanes.known[:, None, :]
    return squares


def _nearest(lanes: _Lanes, centres: Array) -> tuple[Labels, Array]:
    """Give each point's nearest centre, the first of several, and the square of its distance.

    What fills up has any.
    """
    # Centre by centre, which takes half the time of a search through all distances.
    first, *others = centres.transpose(1, 2, 0)[..., None]
    least = _of_differences(lanes.points, first)
    labels = np.zeros(least.shape, dtype=np.intp)
    for number, centre in enumerate(others, start=1):
        squares = _of_differences(lanes.points, centre)
        np.copyto(labels, number, where=squares < least)
        np.minimum(least, squares, out=least)
    return labels, least


def _of_differences(points: Array, centres: Array) -> Array:
    """Square differences along both axes, which come first, and add them."""
    along_x: Array = points[0] - centres[0]
    along_y: Array = points[1] - centres[1]
    np.multiply(along_x, along_x, out=along_x)
    np.multiply(along_y, along_y, out=along_y)
    along_x += along_y
    return along_x


def _means(lanes: _Lanes, labels: Labels, k: int) -> tuple[Array, Labels]:
    """Give the groups' means, shape (lanes, k, 2), and sizes, shape (lanes, k)."""
    shape = (len(labels), k)
    cells = (labels + np.arange(len(labels))[:, None] * k).ravel()
    sizes = np.bincount(cells, lanes.known.ravel(), minlength=shape[0] * k)
    sums = [np.bincount(cells, axis.ravel(), minlength=len(sizes)) for axis in lanes.points]
    means = np.stack(sums, axis=-1) / np.maximum(sizes, 1)[:, None]
    return means.reshape(*shape, 2), sizes.reshape(shape).astype(np.intp)
