"""How much processor time commands take that have nothing to do.

Each line is typed several times, as a user does, in a process of its own; what counts is the
median of its processor time. `python -c pass` shows what of it is the interpreter's.

    python benchmarks/start.py
    python benchmarks/start.py --runs 21
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

LAKEHOUSE: Final = (sys.executable, "-m", "lakehouse.cli")

LIMITS_S: Final = {"--help": 0.25, "sql": 0.5}
"""What each may take, by its first word."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        lakehouse = (*LAKEHOUSE, "--warehouse", str(Path(folder) / "warehouse"))
        for words in (("synthesize", "--participants", "12", "--quiet"), ("build",)):
            subprocess.run([*lakehouse, *words], check=True, stdout=subprocess.DEVNULL)
        show("python -c pass", median_s([sys.executable, "-c", "pass"], runs), None)
        for words in (["--help"], ["sql", "select 1"]):
            name = f"lakehouse {' '.join(words)}"
            show(name, median_s([*lakehouse, *words], runs), LIMITS_S[words[0]])


def median_s(command: Sequence[str], runs: int) -> float:
    """Measure a command.

    Returns
    -------
    float
        Seconds of processor time, its own and the system's for it.
    """
    spent_s(command)  # its files are in memory from here on
    return statistics.median(spent_s(command) for _ in range(runs))


def spent_s(command: Sequence[str]) -> float:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime


def show(name: str, seconds: float, limit: float | None) -> None:
    told = "" if limit is None else f"  of {limit:.2f} s{'' if seconds < limit else ': TOO SLOW'}"
    print(f"{name:28}{seconds:7.3f} s{told}")


if __name__ == "__main__":
    main()
