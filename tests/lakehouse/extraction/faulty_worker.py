"""The real worker, but for photographs that it is told to fail at.

The folder that FAULTS names holds a file for each of them, called like it: a word for what is to
happen and, if it is to happen only once, the word ``once``.
"""

import ctypes
import os
import time
from collections.abc import Callable
from pathlib import Path

from lakehouse.extraction import worker
from lakehouse.extraction.protocol import run_worker
from lakehouse.ingest.result import Answer, Task


def _start(setup: worker.Setup, serve: Callable[[Callable[[Task], Answer]], None]) -> None:
    def serve_with_faults(work: Callable[[Task], Answer]) -> None:
        def faulty(task: Task) -> Answer:
            _fail(Path(os.environ["FAULTS"], Path(task.path).name))
            return work(task)

        serve(faulty)

    worker.start(setup, serve_with_faults)


def _fail(file: Path) -> None:
    try:
        what = file.read_text()
    except FileNotFoundError:
        return
    if what.endswith("once"):
        file.unlink()
    if what.startswith("hang"):
        time.sleep(600)
    ctypes.string_at(0)


if __name__ == "__main__":
    run_worker(_start)
