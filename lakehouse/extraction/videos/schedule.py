"""Giving out stretches of videos, so that all workers have something to do.

What comes back is taken in the order of the videos and of their stretches, so that the lake does
not hang on who was quicker. So the first of the videos that are not done goes first; others are
begun while it leaves workers idle, as far as there is memory for what they find meanwhile.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from lakehouse.extraction.options import VideoPool
from lakehouse.extraction.videos.jobs import Job
from lakehouse.ingest.result import Outcome
from lakehouse.ingest.videos.result import (
    Chunk,
    Probed,
    ProbeTask,
    Problem,
    VideoAnswer,
    VideoTask,
)

_AHEAD: Final = 64
"""Videos that are opened before the first of them is done."""

Event = tuple[Job, Probed | Chunk | Problem]


class Schedule:
    """Has videos looked at, and gives what was found in their order.

    Parameters
    ----------
    jobs : iterable of Job
        In the order in which they are to be taken.
    most_waiting : int
        Stretches that may be out, or wait for those before them; bounds the memory.
    """

    def __init__(self, jobs: Iterable[Job], most_waiting: int) -> None:
        self._coming = deque(jobs)
        self._open: deque[Job] = deque()
        self._most_waiting = most_waiting
        self._of_task: dict[int, tuple[VideoTask, Job, int, int]] = {}

    def run(self, pool: VideoPool) -> Iterator[Event]:
        """Have all looked at.

        Yields
        ------
        Job
        Probed, Chunk or Problem
            First what its file is, then its stretches in order; a problem ends a video.
        """
        announced: set[int] = set()
        for task, answer in pool.work_off(self._more):
            self._note(task, answer)
            while self._open and (job := self._open[0]).probed is not None:
                if id(job) not in announced:
                    announced.add(id(job))
                    yield job, job.probed
                found = job.take()
                if found is not None:
                    yield job, found
                elif job.over:
                    self._open.popleft()
                else:
                    break

    def _more(self) -> VideoTask | None:
        for job in self._open:
            if (task := self._next_of(job)) is not None:
                return task
        while self._coming and len(self._open) < _AHEAD:
            job = self._coming.popleft()
            self._open.append(job)
            if (task := self._next_of(job)) is not None:
                return task
        return None

    def _next_of(self, job: Job) -> VideoTask | None:
        if job.ask():
            return self._remembered(ProbeTask(str(job.file.absolute)), job, 0, 0)
        waiting = sum(each.waiting for each in self._open)
        # The first has always room, or nobody would ever make any.
        if waiting >= self._most_waiting and not (job is self._open[0] and not job.waiting):
            return None
        if (found := job.next_task()) is None:
            return None
        place, of_round, task = found
        return self._remembered(task, job, place, of_round)

    def _remembered(self, task: VideoTask, job: Job, place: int, of_round: int) -> VideoTask:
        self._of_task[id(task)] = task, job, place, of_round
        return task

    def _note(self, task: VideoTask, answer: VideoAnswer | Outcome) -> None:
        _, job, place, of_round = self._of_task.pop(id(task))
        if isinstance(answer, Outcome):
            problem = Problem(str(answer.status), answer.error or "")
            if isinstance(task, ProbeTask):
                job.opened(Probed(problem=problem))
            else:
                job.arrived(place, of_round, problem)
        elif isinstance(answer, Probed):
            job.opened(answer)
        else:
            job.arrived(place, of_round, answer)
