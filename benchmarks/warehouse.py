"""How long a build takes, and how much memory, beside dense NumPy arrays as the floor.

The floor reads the coordinates of the same Parquet files, knows how they are laid out, and does
the same work: alignment, masks, distances, averages, points above average, group means. It writes
no database. Both sides' results are compared before any time is printed.

    python benchmarks/warehouse.py
    python benchmarks/warehouse.py --participants 3090 --runs 3
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings

Vectors = npt.NDArray[np.float64]

MASKS, PHOTOS, POINTS, MESH = 16, 3, 478, 468
SLOWEST = 8


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", choices=CHILDREN, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        result = CHILDREN[options.child](WarehousePaths(options.folder), options.participants)
        print(json.dumps(result))
        return
    with tempfile.TemporaryDirectory() as folder:
        compare_and_measure(WarehousePaths(Path(folder)), options.participants, options.runs)


def compare_and_measure(paths: WarehousePaths, participants: int, runs: int) -> None:
    """Make the cohort, run both sides, compare, and print the tables."""
    made = in_child("synthesize", paths, participants)
    builds, floors = [], []
    for run in range(runs):
        # In turns, so that a busy machine disturbs both.
        builds.append(in_child("build", paths, participants))
        floors.append(in_child("numpy", paths, participants))
        print(f"run {run + 1} of {runs}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    compare(paths)
    print(f"{participants:,} participants, {participants * MASKS * PHOTOS:,} photographs;", end=" ")
    print(f"median of {runs}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':12}{'SQL s':>9}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}")
    for name, measured in (("synthesize", [made]), ("build", builds), ("NumPy floor", floors)):
        cells = [
            f"{statistics.median(one[key] for one in measured):9.{digits}f}"
            if key in measured[0]
            else " " * 9
            for key, digits in (("sql", 2), ("wall", 2), ("cpu", 2), ("peak", 0))
        ]
        print(f"{name:12}{''.join(cells)}")
    print(f"lake {megabytes(paths.lake):,.0f} MB, database {megabytes(paths.database):,.0f} MB")
    models = {
        name: statistics.median(run["models"][name] for run in builds)
        for name in builds[0]["models"]
    }
    for name in sorted(models, key=models.__getitem__, reverse=True)[:SLOWEST]:
        print(f"  {name:24}{models[name]:8.2f} s")


def in_child(task: str, paths: WarehousePaths, participants: int) -> dict[str, Any]:
    """Run a task in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, __file__, "--child", task, "--folder", str(paths.root)]
    command += ["--participants", str(participants)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def timed(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do some work and add its seconds and the process's peak memory to what it returns."""
    started, cpu = time.perf_counter(), time.process_time()
    result = work()
    result["wall"] = time.perf_counter() - started
    result["cpu"] = time.process_time() - cpu
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result


def synthesize(paths: WarehousePaths, participants: int) -> dict[str, Any]:
    from lakehouse.synthetic.cohort import write_cohort

    def work() -> dict[str, Any]:
        write_cohort(paths, Settings(), participants=participants, photos=PHOTOS)
        return {}

    return timed(work)


def build(paths: WarehousePaths, participants: int) -> dict[str, Any]:
    # The first step loads SciPy and scikit-learn, which is no work on the data.
    import_module("lakehouse.steps.tables")
    from lakehouse.warehouse.build import build as build_warehouse

    def work() -> dict[str, Any]:
        models = build_warehouse(paths, Settings(), force=True).models
        return {
            "sql": sum(model.seconds for model in models),
            "models": {model.name: model.seconds for model in models},
        }

    return timed(work)


def floor(paths: WarehousePaths, participants: int) -> dict[str, Any]:
    from sklearn.cluster import KMeans

    def work() -> dict[str, Any]:
        distances = np.empty((participants, MASKS, MESH))
        neutral = np.zeros((2, MESH, 2))
        first = 0
        for part in sorted(paths.landmarks.glob("*.parquet")):
            masks = aligned(coordinates(part)).mean(axis=2)
            last = first + len(masks)
            moved = masks[:, :, :MESH, :2] - masks[:, :1, :MESH, :2]
            distances[first:last] = np.sqrt((moved**2).sum(axis=3))
            neutral += masks[:, :2, :MESH, :2].sum(axis=0)
            first = last
        averages = distances[:, 1:].mean(axis=0)
        pav = np.flatnonzero((averages > averages.mean(axis=1, keepdims=True)).all(axis=0))
        places = (neutral.mean(axis=0) / participants)[pav]
        found = KMeans(6, random_state=0, n_init=10).fit(places)
        order = np.lexsort(found.cluster_centers_.T[::-1])
        groups = [pav[found.labels_ == label] for label in order]
        group_means = [distances[:, 1:, points].mean(axis=2) for points in groups]
        np.savez(
            floor_results(paths),
            averages=averages,
            pav=pav,
            pav_means=distances[:, 1:, pav].mean(axis=2),
            group_means=np.stack(group_means, axis=2),
        )
        return {}

    return timed(work)


CHILDREN = {"synthesize": synthesize, "build": build, "numpy": floor}


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


def compare(paths: WarehousePaths) -> None:
    """Stop unless the database holds what the floor found."""
    import duckdb

    expected = np.load(floor_results(paths))
    queries = {
        "averages": "select mean_distance from point_averages order by mask, point",
        "pav": "select point from points_above_average order by point",
        "pav_means": "select mean_distance from pav_mask_means order by participant, mask",
        "group_means": "select mean_distance from group_distances where grouping = 'kmeans6' "
        "order by participant, mask, group_id",
    }
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        for name, query in queries.items():
            [found] = connection.sql(query).fetchnumpy().values()
            np.testing.assert_allclose(found, expected[name].ravel(), atol=1e-6, err_msg=name)


def floor_results(paths: WarehousePaths) -> Path:
    return paths.root / "floor.npz"


def megabytes(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


if __name__ == "__main__":
    main()
