"""How long the pair relations take, and how much memory, compared with a loop over SciPy's cdist.

The loop does the same work in one thread. For each participant and mask it computes the matrix of
distances between points and subtracts that of the participant's neutral face. It then computes the
mean and the mean absolute change

- over participants, for each mask and pair of points;
- over the other points, for each participant, mask and point;
- over the other points again, with the mean neutral face instead of the participant's own.

The loop starts with the masks in memory and writes nothing. The product reads the masks from the
database and writes the relations. The script compares both results to 1e-6 before it prints a time.

    python benchmarks/pairs.py
    python benchmarks/pairs.py --participants 3090 --runs 1
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
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings

Vectors = npt.NDArray[np.float64]

MASKS, MESH, PHOTOS = 16, 468, 3
TOLERANCE = 1e-6
BY_POINT = ("mean_change", "mean_abs_change", "mean_change_from_mean", "mean_abs_change_from_mean")


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
        print(json.dumps(CHILDREN[options.child](WarehousePaths(options.folder))))
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = WarehousePaths(Path(folder))
        from lakehouse.synthetic.cohort import write_cohort

        write_cohort(paths, Settings(), participants=options.participants, photos=PHOTOS)
        compare_and_measure(paths, options.participants, options.runs)


def compare_and_measure(paths: WarehousePaths, participants: int, runs: int) -> None:
    """Run both sides alternately, compare their results and print the table."""
    # First, because the loop reads the masks of a build.
    plain = in_child("plain", paths)
    builds, loops = [], []
    for run in range(runs):
        builds.append(in_child("pairs", paths))
        loops.append(in_child("cdist", paths))
        print(f"run {run + 1} of {runs}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    compare(paths)
    print(f"{participants:,} participants, {participants * (MASKS - 1):,} masks;", end=" ")
    print(f"median of {runs}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':22}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'database MB':>13}")
    for name, measured in (
        ("cdist loop", loops),
        ("pair models", [run["pairs"] for run in builds]),
        ("build without --pairs", [plain["build"]]),
        ("build --pairs", [run["build"] for run in builds]),
    ):
        cells = [
            f"{statistics.median(one[key] for one in measured):{width}.{digits}f}"
            if key in measured[0]
            else " " * width
            for key, width, digits in (
                *(("wall", 9, 2), ("cpu", 9, 2)),
                *(("peak", 9, 0), ("database", 13, 0)),
            )
        ]
        print(f"{name:22}{''.join(cells)}")
    ratios = [
        build["pairs"]["wall"] / loop["wall"] for build, loop in zip(builds, loops, strict=True)
    ]
    print(f"pair models over cdist loop, run by run: {statistics.median(ratios):.2f} (median)")
    for name in builds[0]["models"]:
        print(f"  {name:30}{statistics.median(run['models'][name] for run in builds):8.2f} s")


def in_child(task: str, paths: WarehousePaths) -> dict[str, Any]:
    """Run a task in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, __file__, "--child", task, "--folder", str(paths.root)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def build_plain(paths: WarehousePaths) -> dict[str, Any]:
    return _built(paths, pairs=False)


def build_pairs(paths: WarehousePaths) -> dict[str, Any]:
    return _built(paths, pairs=True)


def _built(paths: WarehousePaths, *, pairs: bool) -> dict[str, Any]:
    """Build, and measure the pair models as well as the whole build."""
    # Both sides have SciPy loaded before their clock starts.
    import lakehouse.steps.clusters.points  # noqa: F401
    from lakehouse.warehouse.build import BuiltModel, build
    from lakehouse.warehouse.models import Extra, load_models

    of_pairs = {model.relation for model in load_models() if model.header.extra is Extra.PAIRS}
    models: dict[str, float] = {}
    cpu = {"before": time.process_time(), "pairs": 0.0}
    high = 0.0

    def on_model(model: BuiltModel) -> None:
        nonlocal high
        now = time.process_time()
        if model.name in of_pairs:
            models[model.name] = model.seconds
            cpu["pairs"] += now - cpu["before"]
            # Includes what the build took before the pairs.
            high = peak()
        cpu["before"] = now

    started, cpu_started = time.perf_counter(), time.process_time()
    build(paths, Settings(), extras=[Extra.PAIRS] if pairs else [], force=True, on_model=on_model)
    whole = {"wall": time.perf_counter() - started, "cpu": time.process_time() - cpu_started}
    whole |= {"peak": peak(), "database": paths.database.stat().st_size / 1e6}
    return {
        "build": whole,
        "pairs": {"wall": sum(models.values()), "cpu": cpu["pairs"], "peak": high},
        "models": models,
    }


def loop(paths: WarehousePaths) -> dict[str, Any]:
    """Compute a matrix per participant and mask, one after the other."""
    from scipy.spatial.distance import cdist

    faces = masks_of(paths)
    people, masks = len(faces), MASKS - 1
    mean = faces[:, 0].mean(axis=0)
    started, cpu = time.perf_counter(), time.process_time()
    change, size, square = (np.zeros((masks, MESH, MESH)) for _ in range(3))
    by_point = np.empty((people, masks, MESH, 4))
    from_mean = cdist(mean, mean)
    for person in range(people):
        neutral = cdist(faces[person, 0], faces[person, 0])
        for mask in range(masks):
            distances = cdist(faces[person, mask + 1], faces[person, mask + 1])
            own = distances - neutral
            change[mask] += own
            square[mask] += own**2
            by_point[person, mask, :, 0] = own.sum(axis=1)
            own = np.abs(own)
            size[mask] += own
            by_point[person, mask, :, 1] = own.sum(axis=1)
            other = distances - from_mean
            by_point[person, mask, :, 2] = other.sum(axis=1)
            by_point[person, mask, :, 3] = np.abs(other).sum(axis=1)
    change /= people
    spread = np.sqrt(np.maximum(square - people * change**2, 0) / (people - 1))
    size /= people
    by_point /= MESH - 1
    measured = {"wall": time.perf_counter() - started, "cpu": time.process_time() - cpu}
    measured["peak"] = peak()
    np.savez(expected_file(paths), change=change, size=size, spread=spread, by_point=by_point)
    return measured


def masks_of(paths: WarehousePaths) -> Vectors:
    """Read the masks of the last build, shape (people, masks, points, 2)."""
    import duckdb

    with duckdb.connect(str(paths.database), read_only=True) as connection:
        answer = connection.sql(
            f"select x, y from masks where point < {MESH} order by participant, mask, point"
        ).fetchnumpy()
    xy = np.stack([answer["x"], answer["y"]], axis=1)
    return np.asarray(xy, dtype=np.float64).reshape(-1, MASKS, MESH, 2)


def compare(paths: WarehousePaths) -> None:
    """Stop unless the database holds the results of the loop."""
    import duckdb

    expected = np.load(expected_file(paths))
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        columns = {"change": "mean_change", "size": "mean_abs_change", "spread": "sd_change"}
        for name, column in columns.items():
            [found] = (
                connection.sql(f"select {column} from pair_changes order by mask, point_a, point_b")
                .fetchnumpy()
                .values()
            )
            agree(name, found, expected[name].ravel())
        of_points = expected["by_point"].reshape(-1, len(BY_POINT))
        for place, column in enumerate(BY_POINT):
            [found] = (
                connection.sql(
                    f"select {column} from pair_changes_by_point order by participant, mask, point"
                )
                .fetchnumpy()
                .values()
            )
            agree(column, found, of_points[:, place])


def agree(name: str, found: Vectors, expected: Vectors) -> None:
    np.testing.assert_allclose(found, expected, rtol=0, atol=TOLERANCE, err_msg=name)


def expected_file(paths: WarehousePaths) -> Path:
    return paths.root / "expected.npz"


def peak() -> float:
    """Give the peak memory of the process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


CHILDREN = {"plain": build_plain, "pairs": build_pairs, "cdist": loop}


if __name__ == "__main__":
    main()
