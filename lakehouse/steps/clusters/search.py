"""Whether k-means found the best groups, and whether another seed would have found others."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lakehouse.statistics.k_means import adjusted_rand
from lakehouse.statistics.many_k_means import Labels, clusters_of_many

Array = npt.NDArray[np.float64]

_STARTS = 1500
"""Starts of all seeds together, where 5 to 50 seeds make so many."""

_FEWEST_SEEDS, _MOST_SEEDS = 5, 50
_SEEDS = 2**32
_SAME = 1e-9
"""Sums of squares that differ less, in relation to their size, are of the same groups."""


@dataclass(frozen=True)
class Search:
    """Groups of points, and how well they were looked for.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        Of the first seed, in any order of the groups.
    inertia : ndarray of float64, shape (seeds, starts)
        Where each start ended: squares of the distances to the group's centre, summed.
    agreement : ndarray of float64, shape (seeds - 1,)
        Adjusted Rand index between the groups of the first seed and of each other.
    """

    labels: Labels
    inertia: Array
    agreement: Array

    def columns(self) -> dict[str, float]:
        """Give the columns of cluster_choice that tell of it."""
        best = self.inertia.min()
        return {
            "inertia": self.inertia[0].min(),
            "best_inertia": best,
            "starts": self.inertia.size,
            "starts_at_best": (self.inertia <= best * (1 + _SAME)).mean(),
            "seeds": len(self.inertia),
            "seed_agreement": self.agreement.mean(),
            "seed_agreement_low": self.agreement.min(),
        }


def searched(places: Array, *, k: int, seed: int, starts: int) -> Search:
    """Group points by k-means from several seeds.

    Parameters
    ----------
    places : ndarray of float64, shape (n, 2)
        At least k of them differ.
    seed : int
        The first; the others follow it.
    starts : int
        Of each seed.

    References
    ----------
    Hubert & Arabie (1985). Comparing partitions. Journal of Classification 2, 193-218.
    """
    seeds = min(_MOST_SEEDS, max(_FEWEST_SEEDS, -(-_STARTS // starts)))
    found = []
    for other in range(seed, seed + seeds):
        found += clusters_of_many([places], k=k, seed=other % _SEEDS, starts=starts)
    first, *others = (one.labels for one in found)
    agreement = [adjusted_rand(first, one) for one in others]
    return Search(first, np.array([one.inertia for one in found]), np.array(agreement))
