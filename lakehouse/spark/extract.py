"""Photographs looked at by a cluster: a team that an extraction is given.

The extraction is that of one machine: it plans, numbers and commits, alone and under the lake's
lock. Only who looks at the photographs is another. Of every share the answers of one attempt are
taken, so that each photograph has one row, however often a task was tried.
"""

import re
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import pyarrow as pa

from lakehouse.errors import EngineError, UsageError
from lakehouse.extraction.face_model import MODEL_NAME, read_model
from lakehouse.extraction.options import Pool, Workers
from lakehouse.extraction.pool import TIME_LIMIT_S, WORKER, WorkerPool
from lakehouse.extraction.worker import Setup
from lakehouse.files.errors import write_errors
from lakehouse.files.listing import present
from lakehouse.files.replace import write_bytes
from lakehouse.files.temporary import temporary_folder
from lakehouse.ingest.result import Answer, Task
from lakehouse.paths import WarehousePaths
from lakehouse.spark.session import require_engine, require_pyspark, spark_session
from lakehouse.spark.staging import ShareFolders, dealt_out, to_listing
from lakehouse.spark.tasks import DONE_IN_SQL, Errand, runner, versions
from lakehouse.system.processors import available_cores

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PER_TASK: Final = 512
"""Photographs; on one core they take ten seconds and more, and to start takes one or two."""

_LOOK_S: Final = 0.1
_VISIBLE_S: Final = 60.0
"""Network disks show other machines' files after up to a minute."""

_TAG: Final = "lakehouse-extract"
_PARTITIONS: Final = "spark.sql.leafNodeDefaultParallelism"
_SAID_LENGTH: Final = 300
_SAID: Final = re.compile(r"^(?:[\w.]+\.)?\w*(?:Error|Exception): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class SparkTeam:
    """A cluster of Spark, whose tasks look at photographs.

    Parameters
    ----------
    master : str
        As for `spark_session`.
    photographs : Path
        Their folder, which all its machines have by this path.
    paths : WarehousePaths
        The warehouse, likewise: tasks write beside the lake.
    per_task : int
        Photographs that a task works on.
    config : mapping of str to str
        Settings of Spark.
    time_limit_s : float
        Seconds that one photograph may take.
    command : tuple of str, optional
        The worker program; by default that of each machine's own Python.
    """

    master: str
    photographs: Path
    paths: WarehousePaths
    per_task: int = PER_TASK
    config: Mapping[str, str] = field(default_factory=dict)
    time_limit_s: float = TIME_LIMIT_S
    command: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse a number that is none, and what cannot work, before anything is made."""
        if self.per_task < 1:
            raise UsageError(f"is {self.per_task}", where="--per-task", fix="give 1 or more")
        # With a lake there may be nothing to do, which takes no cluster.
        if present(self.paths.lake):
            require_pyspark()
        else:
            require_engine(self.master)

    @property
    def at_once(self) -> int:
        """Files that this machine reads at a time, to tell what has changed."""
        return available_cores()

    @contextmanager
    def pool(self, setup: Setup, photos: int) -> Iterator[Pool]:
        """Open a session; at the end its tasks are ended, and what they wrote is removed.

        Parameters
        ----------
        photos : int
            How many it will be asked to look at.

        Raises
        ------
        EngineError
            If there is no session to be had.
        LakeError
            If the warehouse cannot be written.
        """
        with ExitStack() as stack:
            with write_errors(self.paths.root):
                staging = stack.enter_context(temporary_folder(self.paths.cluster.absolute()))
            model = staging / MODEL_NAME
            write_bytes(model, read_model(setup.model))
            errand = Errand(
                Setup(model, setup.min_detection_confidence, setup.min_presence_confidence),
                staging,
                self.photographs.absolute(),
                versions(),
                self.time_limit_s,
                self.command,
            )
            with _own_interrupt():
                session = stack.enter_context(spark_session(self.master, self.config))
            yield stack.enter_context(_SparkPool(session, errand, self.per_task))

    def video_pool(self, setup: Setup, stretches: int) -> WorkerPool:
        """Give processes of this machine: a cluster's machines take videos by shards."""
        return Workers(command=self.command or WORKER).video_pool(setup, stretches)


class _SparkPool:
    """What has a cluster look at photographs. Use as a context manager, once."""

    def __init__(self, session: "SparkSession", errand: Errand, per_task: int) -> None:
        self._session = session
        self._errand = errand
        self._per_task = per_task
        self._folders = ShareFolders(errand.staging)
        self._wanted: set[int] = set()
        self._thread = ThreadPoolExecutor(1)
        self._jobs: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while wait(self._jobs, timeout=0).not_done:
            # Such as a slow task's second attempt, whose answers nobody waits for.
            self._session.interruptTag(_TAG)
            wait(self._jobs, timeout=_LOOK_S)
        self._thread.shutdown()
        for number in self._wanted:
            self._folders.close(number)

    def map(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """Have tasks worked on.

        Parameters
        ----------
        tasks : iterable of Task
            Read to the end first.

        Yields
        ------
        Outcome or Unchanged
            One for each task, in the tasks' order, a share at a time as it comes.

        Raises
        ------
        EngineError
            If a task has failed as often as Spark tries it, or its answers cannot be seen.
        LakeError
            If answers are damaged, or staging cannot be written.
        """
        shares = dealt_out(list(tasks), self._per_task)
        self._wanted = {share.number for share in shares}
        for share in shares:
            self._folders.prepare(share.number)
        job = self._thread.submit(self._run, to_listing(shares))
        self._jobs.append(job)
        for share in shares:
            yield from self._folders.take(share.number, self._awaited(share.number, job))
            self._wanted.discard(share.number)

    def _run(self, listing: pa.Table) -> None:
        """Have the engine deal the shares out to its machines, and wait until all are done."""
        try:
            self._session.addTag(_TAG)
            # A partition, and with it a task, for each share.
            self._session.conf.set(_PARTITIONS, listing.num_rows)
            listed = self._session.createDataFrame(listing)
            listed.mapInArrow(runner(self._errand), DONE_IN_SQL).collect()
        except _errors() as error:
            raise EngineError(f"a task of the cluster failed: {_said(error)}") from error

    def _awaited(self, number: int, job: "Future[None]") -> Path:
        """Wait until some attempt at a share has ended well."""
        until: float | None = None
        while True:
            # In this order: what a job that has ended has written is there, or will be seen.
            ended = job.done()
            if (found := self._folders.found(number)) is not None:
                return found
            if not ended:
                wait([job], timeout=_LOOK_S)
                continue
            job.result()
            until = until or time.monotonic() + _VISIBLE_S
            if time.monotonic() > until:
                raise EngineError(
                    "what the cluster's tasks have written cannot be seen here",
                    where=str(self._errand.staging),
                    fix="the warehouse must lie on a disk that all its machines share",
                )
            time.sleep(_LOOK_S)


@contextmanager
def _own_interrupt() -> Iterator[None]:
    """Keep what Ctrl-C does: a session that starts has it end all its jobs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _errors() -> tuple[type[Exception], ...]:
    """Name what an engine raises; the client of Spark Connect alone comes without py4j."""
    from pyspark.errors import PySparkException

    if find_spec("py4j") is None:
        return (PySparkException,)
    from py4j.protocol import Py4JError

    return PySparkException, Py4JError


def _said(error: Exception) -> str:
    """Give what matters of many lines: what Python said last in the task, or what came first."""
    text = str(error).strip()
    lines = _SAID.findall(text)[-1:] or text.splitlines()[:1] or [type(error).__name__]
    return str(lines[0])[:_SAID_LENGTH]
