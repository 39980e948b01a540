"""How long the test suite takes, on how much of a processor, and how much memory at most.

Runs pytest in as many processes as there are processors to use, and samples the memory of the
whole process tree: pytest, its workers, and every program that a test starts. Where the kernel
tells it, a page that several processes share counts once (proportional set size); elsewhere the
resident sizes are added up, which counts it several times. Processor time is that of all these
processes, which says more than wall time on a machine that has other work too.

    python benchmarks/suite.py
    python benchmarks/suite.py -m "not slow"
    python benchmarks/suite.py --every-s 1 tests/sql
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from lakehouse.system.processors import available_cores

ROOT: Final = Path(__file__).parent.parent
PYTEST: Final = (
    *(sys.executable, "-m", "pytest", "--quiet", "--numprocesses", "auto"),
    *("--dist", "worksteal", "--durations", "20", "--durations-min", "0.5"),
)
MIB: Final = 1024**2


@dataclass
class Peak:
    """The most memory that was in use at once."""

    mib: int = 0
    after_s: float = 0.0
    processes: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--every-s", type=float, default=0.25, help="seconds between two samples")
    options, arguments = parser.parse_known_args()
    started = time.monotonic()
    with subprocess.Popen([*PYTEST, *arguments], cwd=ROOT) as suite:
        peak = watched(suite, options.every_s)
    seconds = time.monotonic() - started
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"\n{seconds:.0f} s on {available_cores()} processors; "
        f"{spent.ru_utime:.0f} s of user and {spent.ru_stime:.0f} s of system time; "
        f"at most {peak.mib:,} MiB of memory, "
        f"in {peak.processes} processes after {peak.after_s:.0f} s"
    )
    sys.exit(suite.returncode)


def watched(suite: subprocess.Popen[bytes], every_s: float) -> Peak:
    """Sample the memory of a process and all its descendants until it ends."""
    root, peak, started = psutil.Process(suite.pid), Peak(), time.monotonic()
    while suite.poll() is None:
        sizes = [size for size in map(memory_of, tree(root)) if size]
        if (mib := sum(sizes) // MIB) > peak.mib:
            peak = Peak(mib, time.monotonic() - started, len(sizes))
        time.sleep(every_s)
    return peak


def tree(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def memory_of(process: psutil.Process) -> int:
    """Give the bytes of a process; 0 if it has ended meanwhile."""
    try:
        memory = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(memory, "pss", memory.rss))


if __name__ == "__main__":
    main()
