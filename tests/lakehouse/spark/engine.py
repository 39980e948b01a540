"""A session that runs in this process, and at once, what an engine would run in its tasks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


class Engine:
    """Takes the place of a session.

    Parameters
    ----------
    attempts : int
        How often each task is run, one attempt after the other.
    """

    def __init__(self, attempts: int = 1) -> None:
        self._attempts = attempts
        self.partitions = 0
        self.conf = self
        self.started = 0
        self.done: list[int] = []

    @contextmanager
    def __call__(self, master: str, config: Any) -> Iterator["Engine"]:
        """Take the place of `spark_session` too."""
        self.started += 1
        yield self

    def set(self, name: str, value: Any) -> None:
        """Take a setting."""
        self.partitions = value

    def addTag(self, tag: str) -> None:
        """Name a job."""

    def interruptTag(self, tag: str) -> None:
        """End a job; here none is under way."""

    def createDataFrame(self, table: pa.Table) -> "Engine":
        """Take rows, a partition in each batch."""
        self._partitions = table.to_batches()
        return self

    def mapInArrow(self, work: Work, schema: str) -> "Engine":
        """Take what is done with them."""
        self._work = work
        return self

    def collect(self) -> None:
        """Do it."""
        for batch in self._partitions:
            for _ in range(self._attempts):
                for done in self._work(iter([batch])):
                    self.done += done["share"].to_pylist()
