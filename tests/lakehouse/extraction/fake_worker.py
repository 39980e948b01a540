"""A worker program that does what a task's path says, to see how the pool copes."""

import os
import signal
import sys
import time
from collections.abc import Callable

from lakehouse.extraction.protocol import run_worker
from lakehouse.ingest.result import Answer, Outcome, Status, Task


def _work(task: Task) -> Answer:
    what = task.path.rpartition("/")[2]
    if what == "abort":
        print("the last words", file=sys.stderr, flush=True)
        os.abort()
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hang":
        time.sleep(600)
    if what == "slow":
        time.sleep(0.3)
    if what == "raise":
        raise RuntimeError("one photograph's trouble")
    if what.startswith("$"):
        return Outcome(Status.OK, os.environ.get(what[1:]))
    return Outcome(Status.OK, what)


def _start(setup: str, serve: Callable[[Callable[[Task], Answer]], None]) -> None:
    if setup == "fail":
        raise ImportError("libEGL.so.1: cannot open shared object file")
    if setup == "die":
        print("no such instruction", file=sys.stderr, flush=True)
        os._exit(7)
    serve(_work)


if __name__ == "__main__":
    run_worker(_start)
