"""The results that every contender must give, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans

from lakehouse.paths import WarehousePaths

Array = npt.NDArray[Any]

TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Answers:
    """Results small enough to compare.

    Parameters
    ----------
    averages, spreads : ndarray, shape (masks, 468)
        Mean and standard deviation over people; masks by code and condition, without 00-00.
    pav : ndarray of int, shape (points,)
    pav_means : ndarray, shape (people, masks)
    group_means : ndarray, shape (people, masks, groups)
    """

    averages: Array
    spreads: Array
    pav: Array
    pav_means: Array
    group_means: Array

    def save(self, folder: Path) -> None:
        """Save them for the process that compares."""
        np.savez(folder / "answers.npz", **vars(self))


def results_folder(paths: WarehousePaths, name: str) -> Path:
    """Give the folder that a contender writes to."""
    folder = paths.root / "results" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def require_same(paths: WarehousePaths, names: list[str]) -> None:
    """Stop unless all contenders found the same results."""
    first, *others = (np.load(results_folder(paths, name) / "answers.npz") for name in names)
    for name, other in zip(names[1:], others, strict=True):
        for field in fields(Answers):
            np.testing.assert_allclose(
                other[field.name].ravel(),
                first[field.name].ravel(),
                rtol=0,
                atol=TOLERANCE,
                err_msg=f"{name} and {names[0]}: {field.name}",
            )


def groups_of(places: Array) -> Array:
    """Group points by k-means and number the groups by centroid, as the build does."""
    found = KMeans(6, random_state=0, n_init=10).fit(places)
    order = np.lexsort(found.cluster_centers_.T[::-1])
    return np.argsort(order)[found.labels_]
