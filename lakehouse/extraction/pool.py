"""Worker processes that may crash, hang or be killed without ending the run.

The standard library's pools give up when a worker dies, and cannot end one that hangs.
"""

import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Any, Final, Self

from lakehouse.errors import LakehouseError
from lakehouse.extraction.protocol import Ready, StartFailed
from lakehouse.files.scratch import nameless_log
from lakehouse.ingest.result import Answer, Outcome, Status, Task
from lakehouse.ingest.videos.result import VideoAnswer, VideoTask
from lakehouse.system.conversation import Channel, how_it_ended, started, wait

WORKER: Final = (sys.executable, "-P", "-m", "lakehouse.extraction")
"""The worker program; -P keeps modules of the user's folder from standing in for ours."""

TIME_LIMIT_S: Final = 60.0
"""For a photograph."""

STRETCH_LIMIT_S: Final = 1200.0
"""For 1,800 frames of a video: a photograph's time for each 90 of them."""

_START_LIMIT_S: Final = 120.0

_ENVIRONMENT: Final = {
    # Of a picture's size, glibc hands memory back at once and the kernel clears it again for the
    # next: half of the time that a large photograph takes. A worker keeps what it has had, and
    # gives back only what a picture beyond all others leaves at the end of the heap.
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": str(2**29),
    # Every core has a worker of its own.
    "OMP_NUM_THREADS": "1",
}
"""What workers find in their environment, beside what the parent has in its own."""

_QUEUED: Final = 16
"""Tasks a worker holds, so that it goes on while the parent writes a part."""

_QUEUED_LONG: Final = 2
"""The same where a task takes seconds and its answer megabytes."""

_WINDOW: Final = 256
"""Answers that may wait for an earlier one; bounds the memory."""


@dataclass(eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Channel
    log: IO[bytes]
    ready: bool = False
    tasks: deque[tuple[int, Any]] = field(default_factory=deque)
    since: float = field(default_factory=time.monotonic)


class WorkerPool:
    """A few worker processes, replaced when they die. Use as a context manager.

    Parameters
    ----------
    setup : object
        What each worker is given at its start; must be picklable.
    size : int
        Number of workers.
    time_limit_s : float
        Seconds that one task may take.
    command : sequence of str
        The worker program; what it needs to find its parent is added.
    """

    def __init__(
        self,
        setup: Any,
        size: int,
        *,
        time_limit_s: float = TIME_LIMIT_S,
        command: Sequence[str] = WORKER,
    ) -> None:
        self._setup = setup
        self._size = size
        self._time_limit_s = time_limit_s
        self._command = list(command)
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        try:
            for _ in range(self._size):
                self._workers.append(self._launch())
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._close()

    @property
    def pids(self) -> list[int]:
        """Process ids of the present workers."""
        return [worker.process.pid for worker in self._workers]

    def map(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """Have tasks worked on.

        Parameters
        ----------
        tasks : iterable of Task
            Read only a little ahead.

        Yields
        ------
        Outcome or Unchanged
            One for each task, in the tasks' order. A task whose worker died or took too long has
            the status crashed.

        Raises
        ------
        LakehouseError
            If a worker cannot start.
        """
        source = enumerate(tasks)
        again: deque[tuple[int, Task]] = deque()
        answers: dict[int, Answer] = {}
        given = 0
        next_answer = 0
        exhausted = False
        while True:
            while next_answer in answers:
                yield answers.pop(next_answer)
                next_answer += 1
            for worker in self._with_room():
                task = again.popleft() if again else None
                if task is None and not exhausted and given < next_answer + _WINDOW:
                    task = next(source, None)
                    exhausted = task is None
                    given += task is not None
                if task is None:
                    break
                self._give(worker, task)
            if exhausted and next_answer == given:
                return
            self._collect(answers, again)

    def work_off(
        self, more: Callable[[], VideoTask | None]
    ) -> Iterator[tuple[VideoTask, VideoAnswer | Outcome]]:
        """Have tasks worked on that come up in the course of the work.

        Parameters
        ----------
        more : callable
            Gives the next task, or None where there is none at the moment. It is asked whenever
            a worker has room.

        Yields
        ------
        tuple
            A task and its answer, in the order in which they are done; `Outcome` where the worker
            died or took too long. It ends when all are done and there is no more.

        Raises
        ------
        LakehouseError
            If a worker cannot start.
        """
        again: deque[tuple[int, Any]] = deque()
        answers: dict[int, Any] = {}
        given: dict[int, VideoTask] = {}
        number = 0
        while True:
            while answers:
                index, answer = answers.popitem()
                yield given.pop(index), answer
            none_left = False
            for worker in self._with_room(_QUEUED_LONG):
                if again:
                    self._give(worker, again.popleft())
                elif (task := more()) is not None:
                    given[number] = task
                    self._give(worker, (number, task))
                    number += 1
                else:
                    none_left = True
                    break
            if none_left and not given:
                return
            self._collect(answers, again)

    def _with_room(self, queued: int = _QUEUED) -> Iterator[_Worker]:
        for held in range(queued):
            for worker in list(self._workers):
                if worker.ready and len(worker.tasks) <= held:
                    yield worker

    def _give(self, worker: _Worker, task: tuple[int, Any]) -> None:
        if not worker.tasks:
            worker.since = time.monotonic()
        worker.tasks.append(task)
        try:
            worker.connection.send(task[1])
        except OSError:
            # It has died; its end of the pipe will tell when the pool next listens.
            return

    def _collect(self, answers: dict[int, Any], again: deque[tuple[int, Any]]) -> None:
        """Wait until something happens, and take what the workers have said."""
        by_connection = {worker.connection: worker for worker in self._workers}
        deadlines = [limit for worker in self._workers if (limit := self._deadline(worker))]
        timeout = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        heard = [by_connection[said] for said in wait(list(by_connection), timeout)]
        for worker in heard:
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                reason = f"the worker ended {how_it_ended(worker.process, worker.log)}"
                self._replace(worker, reason, answers, again)
            else:
                self._take(worker, message, answers)
        now = time.monotonic()
        for worker in list(self._workers):
            deadline = self._deadline(worker)
            if worker not in heard and deadline is not None and deadline <= now:
                reason = f"no answer within {self._time_limit_s:g} s"
                self._replace(worker, reason, answers, again)

    def _deadline(self, worker: _Worker) -> float | None:
        if not worker.ready:
            return worker.since + _START_LIMIT_S
        return worker.since + self._time_limit_s if worker.tasks else None

    def _take(self, worker: _Worker, message: Any, answers: dict[int, Any]) -> None:
        worker.since = time.monotonic()
        if isinstance(message, Ready):
            worker.ready = True
        elif isinstance(message, StartFailed):
            raise _cannot_start(message.reason)
        else:
            index, _ = worker.tasks.popleft()
            answers[index] = message

    def _replace(
        self,
        worker: _Worker,
        reason: str,
        answers: dict[int, Any],
        again: deque[tuple[int, Any]],
    ) -> None:
        """Put a new worker in the place of one that is lost, with its task on record."""
        _end(worker)
        if not worker.ready:
            raise _cannot_start(reason)
        if worker.tasks:
            index, _ = worker.tasks.popleft()
            answers[index] = Outcome(Status.CRASHED, reason)
            again.extendleft(reversed(worker.tasks))
        self._workers[self._workers.index(worker)] = self._launch()

    def _launch(self) -> _Worker:
        # What it says is for us alone, and goes with us.
        log = nameless_log()
        process, connection = started(self._command, log, {**os.environ, **_ENVIRONMENT})
        worker = _Worker(process, connection, log)
        try:
            connection.send(self._setup)
        except OSError:
            # It died at once; found out, with its exit code, when the pool listens.
            return worker
        return worker

    def _close(self) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()


def _end(worker: _Worker) -> None:
    # It holds nothing that needs an orderly end.
    worker.connection.close()
    worker.process.kill()
    worker.process.wait()
    worker.log.close()


def _cannot_start(reason: str) -> LakehouseError:
    return LakehouseError(
        f"the worker processes cannot start ({reason})",
        fix="`lakehouse doctor` reports what is missing on this machine",
    )
