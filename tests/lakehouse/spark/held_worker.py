"""The real worker program, but that it stops at photographs until something has happened.

Its arguments are what to stop at, and a folder where files tell what has happened.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lakehouse.extraction.protocol import run_worker
from lakehouse.extraction.worker import Setup
from lakehouse.extraction.worker import start as really_start
from lakehouse.ingest.result import Answer, Task

HELD = "held"
"""Who is to be slow, or to be lost, has a photograph before it."""
FIRST = "first"
OTHERS = "others"
"""All others have done some, and are before more."""
LOST = "lost"
"""The one is lost, and the others need not wait any longer."""

SLOW = "00/00/0000/0.jpg"
LOST_HOST = "127.0.0.2"
_SECONDS = 600.0


def slow(folder: Path, task: Task) -> None:
    """Take very long for one photograph, the first time that it is looked at."""
    if task.path.endswith(SLOW) and not (folder / HELD).exists():
        (folder / HELD).touch()
        time.sleep(_SECONDS)


def lost(folder: Path, task: Task) -> None:
    """Never end a task on one host; elsewhere end one, and no more before that host is lost."""
    if os.environ["SPARK_LOCAL_IP"] == LOST_HOST:
        (folder / HELD).touch()
        time.sleep(_SECONDS)
    # A task has a process of its own, and the other host has a core for one at a time.
    process, first = str(os.getpid()), folder / FIRST
    if not first.exists():
        first.write_text(process)
    if first.read_text() != process:
        (folder / OTHERS).touch()
        while not (folder / LOST).exists():
            time.sleep(0.05)


def start(
    before: Callable[[Task], None], setup: Setup, serve: Callable[[Callable[[Task], Answer]], None]
) -> None:
    """Do what the worker does, after something else."""

    def hold(work: Callable[[Task], Answer]) -> None:
        def held(task: Task) -> Answer:
            before(task)
            return work(task)

        serve(held)

    really_start(setup, hold)


if __name__ == "__main__":
    run_worker(
        partial(start, partial({"slow": slow, "lost": lost}[sys.argv[1]], Path(sys.argv[2])))
    )
