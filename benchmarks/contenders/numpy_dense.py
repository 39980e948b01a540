"""NumPy on dense arrays: the lower bound.

It reads only coordinates. It knows the order of rows in a made-up lake, so it needs no keys.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from contenders.answers import Answers, groups_of, results_folder
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings

Vectors = npt.NDArray[np.float64]

MASKS, PHOTOS, POINTS, MESH = 16, 3, 478, 468


def work(paths: WarehousePaths, settings: Settings) -> None:
    folder = results_folder(paths, "numpy")
    parts = sorted(paths.landmarks.glob("*.parquet"))
    distances: list[Vectors] = []
    neutral, people = np.zeros((2, MESH, 2)), 0
    with (folder / "masks.bin").open("wb") as file:
        for part in parts:
            masks = aligned(coordinates(part)).mean(axis=2)
            masks.tofile(file)
            moved = masks[:, 1:, :MESH, :2] - masks[:, :1, :MESH, :2]
            distances.append(np.sqrt((moved**2).sum(axis=3)))
            neutral += masks[:, :2, :MESH, :2].sum(axis=0)
            people += len(masks)
    moved = np.concatenate(distances)
    moved.tofile(folder / "distances.bin")
    averages = moved.mean(axis=0)
    pav = np.flatnonzero((averages > averages.mean(axis=1, keepdims=True)).all(axis=0))
    groups = groups_of((neutral.mean(axis=0) / people)[pav])
    group_means = [
        moved[:, :, pav[groups == group]].mean(axis=2) for group in range(groups.max() + 1)
    ]
    Answers(
        averages=averages,
        spreads=moved.std(axis=0, ddof=1),
        pav=pav,
        pav_means=moved[:, :, pav].mean(axis=2),
        group_means=np.stack(group_means, axis=2),
    ).save(folder)


def coordinates(part: Path) -> Vectors:
    """Read a part, shape (people, masks, photos, points, 3)."""
    table = pq.read_table(part, columns=["x", "y", "z"], partitioning=None)
    xyz = np.stack([table[axis].to_numpy() for axis in "xyz"], axis=1)
    return xyz.astype(np.float64).reshape(-1, MASKS, PHOTOS, POINTS, 3)


def aligned(points: Vectors) -> Vectors:
    """Align faces as in the paper, in place of `points`."""
    points -= points[..., [10], :]
    eyes = points[..., 362, :] - points[..., 133, :]
    roll = np.arctan2(eyes[..., 1], eyes[..., 0])
    scale = 1500 / np.hypot(points[..., 152, 0], points[..., 152, 1])
    cos, sin = (scale * np.cos(roll))[..., None], (scale * np.sin(roll))[..., None]
    x = cos * points[..., 0] + sin * points[..., 1]
    points[..., 1] = cos * points[..., 1] - sin * points[..., 0] + 25
    points[..., 0] = x + 1250
    points[..., 2] *= scale[..., None]
    return points
