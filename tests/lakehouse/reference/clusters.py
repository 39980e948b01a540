"""Numbers of groups judged by scikit-learn, the whole chain run anew for each draw."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples

from tests.lakehouse.reference.arithmetic import mean_known
from tests.lakehouse.reference.faces import MESH, POINTS, Numbers, Vectors
from tests.lakehouse.reference.movement import Reference

MOST = 12
NO_RESAMPLES = "statistics.bootstraps is 0"
NO_DRAW = "no draw of participants gave points for so many groups"


class ClusterChoice:
    """The relation of numbers of groups.

    Parameters
    ----------
    reference : Reference
    """

    RELATIONS: ClassVar = ("cluster_choice",)

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        choices = reference.choices
        self._resamples = int(np.ceil(choices.bootstraps / 10))
        self._clouds, self._draws = np.random.default_rng(choices.resampling_seed).spawn(2)
        self._seed, self._starts = choices.seed, choices.starts

    @cached_property
    def _people(self) -> list[str]:
        return sorted({cell.participant for cell in self._reference.cells})

    def _chain(self, drawn: list[str]) -> tuple[Numbers, Vectors]:
        """Find the points above average of some people, and their places."""
        reference = self._reference
        cells: dict[str, list[int]] = {}
        for who in drawn:
            for at, cell in enumerate(reference.cells):
                if cell.participant == who:
                    cells.setdefault(cell.mask, []).append(at)
        above = []
        for mask, places in cells.items():
            if mask != "00-00":
                means = mean_known(reference.distances[places])
                above.append(means > mean_known(means))
        if not above:
            return np.empty(0, np.intp), np.empty((0, 2))
        points = np.flatnonzero(np.logical_and.reduce(above))
        neutral = [
            mean_known(reference.cell_means[places])
            for mask, places in cells.items()
            if mask.startswith("00-")
        ]
        if not self._neutral_masks and reference.face_of_the_rest is not None:
            neutral = [reference.face_of_the_rest]
        places = mean_known(np.array(neutral).reshape(-1, POINTS, 3))[:MESH][points, :2]
        known = ~np.isnan(places).any(axis=1)
        return points[known], places[known].round(6)

    @property
    def _neutral_masks(self) -> bool:
        return any(cell.mask.startswith("00-") for cell in self._reference.cells)

    def _fit(self, places: Vectors, k: int) -> Any:
        """Group draws and clouds, with ten starts at most."""
        starts = min(self._starts, 10)
        return KMeans(k, random_state=self._seed, n_init=starts).fit(places)

    def _search(self, places: Vectors, k: int) -> list[Any]:
        """Group the points from this seed and those that follow."""
        seeds = min(max(int(np.ceil(1500 / self._starts)), 5), 50)
        return [
            KMeans(k, random_state=(self._seed + more) % 2**32, n_init=self._starts).fit(places)
            for more in range(seeds)
        ]

    @property
    def cluster_choice(self) -> list[dict[str, Any]]:
        points, places = self._chain(self._people)
        most = min(MOST, len(np.unique(places, axis=0)) - 1)
        if most < 2:
            return []
        searches = {k: self._search(places, k) for k in range(2, most + 1)}
        fits = {k: search[0] for k, search in searches.items()}
        few = [self._fit(places, k).inertia_ for k in range(1, most + 1)]
        gap, error = self._gaps(places, few)
        enough = np.flatnonzero(gap[:-1] >= gap[1:] - error[1:])
        taken = enough[0] + 1 if len(enough) else None
        indices, overlap = self._agreement(points, {k: fit.labels_ for k, fit in fits.items()})
        rows = []
        for k in range(2, most + 1):
            known = indices[k]
            low, high = np.percentile(known, [2.5, 97.5]) if known else (np.nan, np.nan)
            inertia = [fit.inertia_ for fit in searches[k]]
            alike = [adjusted_rand(fits[k].labels_, other.labels_) for other in searches[k][1:]]
            reason = NO_RESAMPLES if not self._resamples else None if known else NO_DRAW
            rows.append(
                {
                    "k": k,
                    "chosen": k == self._reference.choices.k,
                    "points": len(points),
                    "inertia": inertia[0],
                    "best_inertia": min(inertia),
                    "starts": self._starts * len(inertia),
                    "seeds": len(inertia),
                    "seed_agreement": np.mean(alike),
                    "seed_agreement_low": min(alike),
                    "silhouette": silhouette_samples(places, fits[k].labels_).mean(),
                    "gap": gap[k - 1],
                    "gap_se": error[k - 1],
                    "gap_rise": gap[k - 1] - gap[k - 2],
                    "gap_chosen": bool(k == taken) if self._resamples else None,
                    "clouds": self._resamples,
                    "stability": np.mean(known) if known else np.nan,
                    "stability_low": low,
                    "stability_high": high,
                    "resamples": len(known),
                    "pav_overlap": np.mean(overlap) if overlap else np.nan,
                    "reason": reason,
                }
            )
        return rows

    def _gaps(self, places: Vectors, inertia: list[float]) -> tuple[Vectors, Vectors]:
        """Tibshirani's gap statistic and its error, from clouds over the principal axes' box."""
        if not self._resamples:
            nothing = np.full(len(inertia), np.nan)
            return nothing, nothing
        centred = places - places.mean(axis=0)
        turned = centred @ np.linalg.svd(centred, full_matrices=False)[2].T
        ends = turned.min(axis=0), turned.max(axis=0)
        logs = []
        for _ in range(self._resamples):
            cloud = self._clouds.uniform(*ends, places.shape)
            found = [self._fit(cloud, k).inertia_ for k in range(1, len(inertia) + 1)]
            logs.append(np.log(found))
        error = np.std(logs, axis=0) * np.sqrt(1 + 1 / self._resamples)
        return np.mean(logs, axis=0) - np.log(inertia), error

    def _agreement(
        self, points: Numbers, labels: dict[int, Numbers]
    ) -> tuple[dict[int, list[float]], list[float]]:
        """Adjusted Rand indices by number of groups, and shares of points in common."""
        n = len(self._people)
        counts = self._draws.multinomial(n, np.full(n, 1 / n), self._resamples)
        indices: dict[int, list[float]] = {k: [] for k in labels}
        overlap = []
        for row in counts:
            others, places = self._chain(np.repeat(self._people, row).tolist())
            overlap.append(len(np.intersect1d(points, others)) / len(np.union1d(points, others)))
            common, mine, theirs = np.intersect1d(points, others, return_indices=True)
            for k, own in labels.items():
                if len(common) > 1 and k <= len(np.unique(places, axis=0)):
                    other = self._fit(places, k).labels_
                    indices[k].append(adjusted_rand(own[mine], other[theirs]))
        return indices, overlap


def adjusted_rand(a: Numbers, b: Numbers) -> float:
    """Hubert and Arabie's index, from counts of pairs."""
    in_a, in_b = (np.equal.outer(groups, groups) for groups in (a, b))
    together, only_a = float((in_a & in_b).sum()) - len(a), float((in_a & ~in_b).sum())
    only_b, apart = float((~in_a & in_b).sum()), float((~in_a & ~in_b).sum())
    if not only_a and not only_b:
        return 1.0
    upper = 2 * (together * apart - only_a * only_b)
    lower = (together + only_a) * (only_a + apart) + (together + only_b) * (only_b + apart)
    return float(upper / lower)
