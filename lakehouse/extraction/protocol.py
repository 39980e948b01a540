"""The worker's side of the conversation with its parent, whatever the work is."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from lakehouse.files.scratch import emptied
from lakehouse.ingest.result import Answer, Outcome, Status, Task
from lakehouse.ingest.videos.result import VideoAnswer, VideoTask
from lakehouse.system.conversation import Channel, parent_of

_STDERR: Final = 2

Work = Callable[[Task | VideoTask], Answer | VideoAnswer]
"""Answers a task."""


@dataclass(frozen=True, slots=True)
class Ready:
    """First message of a worker that can take tasks."""


@dataclass(frozen=True, slots=True)
class StartFailed:
    """First and only message of a worker that cannot.

    Attributes
    ----------
    reason : str
        What went wrong, in one line.
    """

    reason: str


def run_worker(start: Callable[[Any, Callable[[Work], None]], None]) -> None:
    """Be a worker of the parent that the program's last two arguments tell of.

    Parameters
    ----------
    start : callable
        Is given the parent's setup and a function `serve`; it loads what it needs and then calls
        `serve` with the function that answers a task.
    """
    connection = parent_of(sys.argv[-2:])
    serving = False

    def serve(work: Work) -> None:
        nonlocal serving
        serving = True
        connection.send(Ready())
        _answer_all(connection, work)

    try:
        start(connection.recv(), serve)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:
        if serving:
            raise
        connection.send(StartFailed(f"{type(error).__name__}: {error}"))


def _answer_all(connection: Channel, work: Work) -> None:
    while True:
        task: Task | VideoTask = connection.recv()
        # The log then holds what was said about this file, and cannot grow without end.
        emptied(_STDERR)
        try:
            answer = work(task)
        except Exception as error:  # one file must not end the worker
            answer = Outcome(Status.CRASHED, f"{type(error).__name__}: {error}")
        connection.send(answer)
