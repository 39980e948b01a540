"""How fast the landmarks of a study are exported, and how much memory that takes.

It is compared with DuckDB's own COPY of the same table, with the same format, compression and
threads and without a memory limit. The export also neutralises cells that a spreadsheet would run
as formulas, counts rows and computes the file's SHA-256. A third contender, `lakehouse sql -o`,
streams the same rows through this process. The script compares the written files before it prints
a time.

    python benchmarks/export.py
    python benchmarks/export.py --participants 3090 --runs 3
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
from pathlib import Path
from typing import Any, Final

import duckdb

from lakehouse.exporting.choices import ExportFormat
from lakehouse.exporting.export import ExportRequest, export
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.answers import write_answer
from lakehouse.warehouse.choices import AnswerFormat
from lakehouse.warehouse.query import answered

FORMATS: Final = ("csv", "parquet")
OPTIONS: Final = {"csv": "format csv, header", "parquet": "format parquet, compression zstd"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("--format", choices=FORMATS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(timed(TASKS[options.child], options.folder, options.format)))
        return
    with tempfile.TemporaryDirectory() as folder:
        make_warehouse(Path(folder), options.participants)
        measure(Path(folder), options.runs)


def make_warehouse(folder: Path, participants: int) -> None:
    command = [sys.executable, "-m", "lakehouse.cli", "--warehouse", str(folder / "warehouse")]
    for words in (["synthesize", "--participants", str(participants)], ["build"]):
        subprocess.run([*command, *words], check=True, stdout=subprocess.DEVNULL)


def measure(folder: Path, runs: int) -> None:
    """Run the contenders alternately, compare what they wrote and print the table."""
    measured: dict[tuple[str, str], list[dict[str, float]]] = {}
    for run in range(runs):
        for file_format in FORMATS:
            for task in TASKS:
                measured.setdefault((file_format, task), []).append(
                    in_child(task, folder, file_format)
                )
            rows = compare(folder, file_format)
        print(f"run {run + 1} of {runs}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    print(f"{rows:,} landmarks; median of {runs}; {os.cpu_count()} cores", end=", ")
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"{'':20}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'rows/s':>13}{'× COPY':>9}")
    for (file_format, task), each in measured.items():
        wall, cpu, peak = (
            statistics.median(one[key] for one in each) for key in ("wall", "cpu", "peak")
        )
        # Ratios run by run, so that other work on the machine affects both sides.
        times = statistics.median(
            one["wall"] / copy["wall"]
            for one, copy in zip(each, measured[file_format, "copy"], strict=True)
        )
        print(
            f"{file_format + ' ' + task:20}{wall:9.2f}{cpu:9.2f}{peak:9.0f}{rows / wall:13,.0f}"
            f"{times:9.2f}"
        )


def in_child(task: str, folder: Path, file_format: str) -> dict[str, float]:
    """Run a task in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, __file__, "--child", task, "--format", file_format]
    command += ["--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def timed(task: Callable[[Path, str], Any], folder: Path, file_format: str) -> dict[str, float]:
    started, cpu = time.perf_counter(), time.process_time()
    task(folder, file_format)
    return {
        "wall": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
    }


def copy(folder: Path, file_format: str) -> None:
    with duckdb.connect(str(folder / "warehouse" / "lakehouse.duckdb"), read_only=True) as database:
        database.execute(
            f"copy landmarks to '{folder / f'copy.{file_format}'}' ({OPTIONS[file_format]})"
        )


def exported(folder: Path, file_format: str) -> None:
    request = ExportRequest(("landmarks",), file_format=ExportFormat(file_format))
    export(WarehousePaths(folder / "warehouse"), folder / "out", request)


def streamed(folder: Path, file_format: str) -> None:
    with answered(WarehousePaths(folder / "warehouse"), "from landmarks") as reader:
        write_answer(reader, AnswerFormat(file_format), folder / f"streamed.{file_format}")


TASKS = {"copy": copy, "export": exported, "sql": streamed}


def compare(folder: Path, file_format: str) -> int:
    """Stop unless all files hold the same rows; give the number of rows."""
    digest = "select count(*), sum(hash(participant, expression, supervised, photo, point)), "
    digest += "sum(x), sum(y), sum(z) from"
    files = [folder / f"copy.{file_format}", folder / "out" / f"landmarks.{file_format}"]
    files.append(folder / f"streamed.{file_format}")
    options = ", all_varchar = true" if file_format == "csv" else ""
    columns = "participant, expression, supervised::boolean as supervised, photo, "
    columns += "point::smallint as point, x::float as x, y::float as y, z::float as z"
    [first, *others] = [
        duckdb.sql(
            f"{digest} (select {columns} from read_{file_format}('{file}'{options}))"
        ).fetchall()[0]
        for file in files
    ]
    for other in others:
        assert other[:2] == first[:2]
        assert all(abs(a - b) <= 1e-6 * abs(a) for a, b in zip(first[2:], other[2:], strict=True))
    return int(first[0])


if __name__ == "__main__":
    main()
