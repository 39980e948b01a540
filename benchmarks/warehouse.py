"""How much time, memory and disk a build takes, compared with polars, pandas and NumPy arrays.

All contenders do the same work on the same Parquet files (see benchmarks/contenders). They run
alternately, each in a process of its own, so that other work on the machine affects all alike. The
script compares their results before it prints a time. Imports are not timed.

Two times of the build are printed. "Same work" covers the models that lead from the lake to the
contenders' answers. "Whole" covers everything, including raw landmarks in the database, statistics,
comments and the commit.

    python benchmarks/warehouse.py
    python benchmarks/warehouse.py --participants 3090 --runs 3 --contenders build polars numpy
    python benchmarks/warehouse.py --participants 30900 --runs 1 --contenders build
        --without-landmarks --permutations 99 --folder /somewhere/large   (one line)
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings

MODULES = {
    "build": "contenders.ours",
    "polars": "contenders.polars_lazy",
    "polars_texts": "contenders.polars_texts",
    "pandas": "contenders.pandas_frames",
    "numpy": "contenders.numpy_dense",
}
NAMES = {
    "polars": "polars, numbered",
    "polars_texts": "polars, by texts",
    "pandas": "pandas",
    "numpy": "NumPy floor",
}
SLOWEST = 10
QUERY_RUNS = 5
QUERY_LIMIT_MS = 50


def main() -> None:
    options = parsed()
    settings = Settings.model_validate(
        {
            "statistics": {"permutations": options.permutations},
            "database": {"landmarks": not options.without_landmarks},
        }
    )
    if options.child:
        paths = WarehousePaths(options.folder)
        print(json.dumps(run_child(options.child, paths, settings, options.participants)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        measure(WarehousePaths(Path(folder)), options)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--contenders", nargs="+", choices=MODULES, default=list(MODULES))
    parser.add_argument("--permutations", type=int, default=9999)
    parser.add_argument("--without-landmarks", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the cohort is made, and deleted")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(paths: WarehousePaths, options: argparse.Namespace) -> None:
    """Make the cohort, run the contenders alternately, compare and print the table."""
    made = in_child("synthesize", paths, options)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in options.contenders}
    for run in range(options.runs):
        for name, measured in found.items():
            measured.append(in_child(name, paths, options))
        print(f"run {run + 1} of {options.runs}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    if "build" in found:
        in_child("answers", paths, options)
    from contenders.answers import require_same, results_folder

    require_same(paths, list(found))
    photos = made["photos"]
    print(f"{options.participants:,} participants, {photos:,} photographs;", end=" ")
    print(f"median of {options.runs}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"lake {megabytes(paths.lake):,.0f} MB; all contenders agree to 1e-6")
    print(f"{'':20}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'disk MB':>9}")
    print_row("synthesize", [made], None)
    for name, measured in found.items():
        if name == "build":
            print_row("build, same work", [run["same"] for run in measured], None)
            print_row("build, whole", measured, paths.database)
        else:
            print_row(NAMES[name], measured, results_folder(paths, name))
    if "build" in found:
        print_ratios(found)
        print_models(found["build"])
        print_queries(in_child("queries", paths, options))


def print_row(name: str, measured: list[dict[str, Any]], disk: Path | None) -> None:
    cells = [
        f"{statistics.median(one[key] for one in measured):9.{digits}f}"
        if key in measured[0]
        else " " * 9
        for key, digits in (("wall", 2), ("cpu", 2), ("peak", 0))
    ]
    print(f"{name:20}{''.join(cells)}{f'{megabytes(disk):9,.0f}' if disk else ''}")


def print_ratios(found: dict[str, list[dict[str, Any]]]) -> None:
    """Print ratios of median times: the build's same work divided by each contender's."""
    for name in found.keys() - {"build"}:
        ratios = [
            statistics.median(run["same"][key] for run in found["build"])
            / statistics.median(run[key] for run in found[name])
            for key in ("wall", "cpu")
        ]
        print(f"same work / {NAMES[name]}: {ratios[0]:.2f} of its wall, {ratios[1]:.2f} of its CPU")


def print_models(builds: list[dict[str, Any]]) -> None:
    models = {
        name: statistics.median(run["models"][name] for run in builds)
        for name in builds[0]["models"]
    }
    for name in sorted(models, key=models.__getitem__, reverse=True)[:SLOWEST]:
        print(f"  {name:24}{models[name]:8.2f} s")


def print_queries(answered: dict[str, Any]) -> None:
    """Print how long queries take if each opens the database first."""
    for name, measured in answered["queries"].items():
        verdict = "" if measured["ms"] < QUERY_LIMIT_MS else f"   over {QUERY_LIMIT_MS} ms"
        print(f"  {name:32}{measured['rows']:>8,} rows{measured['ms']:>8.1f} ms{verdict}")


def in_child(task: str, paths: WarehousePaths, options: argparse.Namespace) -> dict[str, Any]:
    """Run a task in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, __file__, "--child", task, "--folder", str(paths.root)]
    command += ["--participants", str(options.participants)]
    command += ["--permutations", str(options.permutations)]
    command += ["--without-landmarks"] if options.without_landmarks else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def run_child(
    task: str, paths: WarehousePaths, settings: Settings, participants: int
) -> dict[str, Any]:
    if task == "synthesize":
        return synthesize(paths, settings, participants)
    if task == "answers":
        ours = import_module(MODULES["build"])
        ours.save_answers(paths)
        return {}
    if task == "queries":
        return {"queries": ask(paths)}
    if task == "build":
        return build(paths, settings)
    contender = import_module(MODULES[task])
    shutil.rmtree(paths.root / "results" / task, ignore_errors=True)
    return timed(lambda: contender.work(paths, settings) or {})


def timed(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do some work and add its times and the process's peak memory to its result."""
    started, cpu = time.perf_counter(), time.process_time()
    result = work()
    result["wall"] = time.perf_counter() - started
    result["cpu"] = time.process_time() - cpu
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return result


def synthesize(paths: WarehousePaths, settings: Settings, participants: int) -> dict[str, Any]:
    from lakehouse.synthetic.cohort import write_cohort

    return timed(
        lambda: {"photos": write_cohort(paths, settings, participants=participants).photos}
    )


def build(paths: WarehousePaths, settings: Settings) -> dict[str, Any]:
    # Loaded before the clock starts: importing SciPy and scikit-learn is not work on the data.
    import_module("lakehouse.steps.registry").load_steps()
    ours = import_module(MODULES["build"])
    result = timed(lambda: ours.work(paths, settings))
    result["same"] = {
        key: sum(one[key] for name, one in result["models"].items() if name in ours.SAME_WORK)
        for key in ("wall", "cpu")
    }
    result["models"] = {name: one["wall"] for name, one in result["models"].items()}
    return result


def ask(paths: WarehousePaths) -> dict[str, Any]:
    """Time an analyst's queries, in milliseconds: the median of a few runs of each."""
    ours = import_module(MODULES["build"])
    answered = {}
    for name, query in ours.QUERIES.items():
        times = []
        for _ in range(QUERY_RUNS):
            started = time.perf_counter()
            rows = ours.ask(paths, query)
            times.append(1000 * (time.perf_counter() - started))
        answered[name] = {"rows": rows, "ms": statistics.median(times)}
    return answered


def megabytes(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


if __name__ == "__main__":
    main()
