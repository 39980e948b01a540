"""A worker program that takes very long for a photograph the first time that it is looked at."""

import time
from collections.abc import Callable
from pathlib import Path

from lakehouse.extraction.protocol import run_worker
from lakehouse.extraction.worker import Setup
from lakehouse.extraction.worker import start as really_start
from lakehouse.ingest.result import Answer, Task

SLOW = "00/00/0000/0.jpg"
HELD = ".held"
SECONDS = 600.0


def start(setup: Setup, serve: Callable[[Callable[[Task], Answer]], None]) -> None:
    """Do what the worker does, but for the one photograph."""

    def hold(work: Callable[[Task], Answer]) -> None:
        def slowly(task: Task) -> Answer:
            mark = Path(task.path + HELD)
            if task.path.endswith(SLOW) and not mark.exists():
                mark.touch()
                time.sleep(SECONDS)
            return work(task)

        serve(slowly)

    really_start(setup, hold)


if __name__ == "__main__":
    run_worker(start)
