"""What a task of the cluster does with its shares: look at photographs, and write to staging.

A task may be tried again, and two attempts at it may run at once, on different machines. So it
writes files of its own name and nothing else; what becomes of them is the driver's business.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pyarrow as pa

from lakehouse.errors import EngineError
from lakehouse.extraction.options import Workers
from lakehouse.extraction.pool import TIME_LIMIT_S, WORKER, WorkerPool
from lakehouse.extraction.worker import Setup
from lakehouse.spark.staging import ShareFolders, from_listing

DONE: Final = pa.schema([pa.field("share", pa.int32())])
DONE_IN_SQL: Final = "share int"
"""What a task answers, to the very type: the shares of which there are answers in staging."""

_PACKAGES: Final = ("expression-lakehouse", "mediapipe")


def versions() -> dict[str, str]:
    """Tell with what photographs are looked at here."""
    return {name: version(name) for name in _PACKAGES}


@dataclass(frozen=True, slots=True)
class Errand:
    """What all tasks of a run have in common.

    Attributes
    ----------
    setup : Setup
        The model lies in staging too.
    staging : Path
        Where the shares' folders lie.
    photographs : Path
        Their folder.
    versions : dict of str to str
        With what the driver would look at them.
    time_limit_s : float
        Seconds that one photograph may take.
    command : tuple of str, optional
        The worker program; by default that of the machine's own Python.
    """

    setup: Setup
    staging: Path
    photographs: Path
    versions: dict[str, str]
    time_limit_s: float = TIME_LIMIT_S
    command: tuple[str, ...] | None = None

    def pool(self) -> WorkerPool:
        """Give one process, for a task has one core: it may crash, and has no network."""
        workers = Workers(1, self.time_limit_s, self.command or WORKER)
        return workers.pool(self.setup, photos=1)


def runner(
    errand: Errand,
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Give the function that an engine runs in its tasks, by `mapInArrow`."""

    # An engine carries functions over by their code, and modules by their names.
    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return run_errand(errand, batches)

    return run


def run_errand(errand: Errand, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Have the photographs of shares looked at.

    Parameters
    ----------
    batches : iterator of pyarrow.RecordBatch
        Rows of a listing.

    Yields
    ------
    pyarrow.RecordBatch
        A row of `DONE` for each share, once its answers are in staging.

    Raises
    ------
    EngineError
        If this machine has not what the driver has.
    LakehouseError
        If workers cannot start, or answers cannot be written.
    """
    _require_the_same(errand)
    folders = ShareFolders(errand.staging)
    with ExitStack() as stack:
        pool: WorkerPool | None = None
        for batch in batches:
            for share in from_listing(batch):
                # What an earlier attempt has done is not done again.
                if folders.is_wanted(share.number):
                    pool = pool or stack.enter_context(errand.pool())
                    folders.write(share.number, list(pool.map(share.tasks)))
                yield pa.RecordBatch.from_pylist([{"share": share.number}], schema=DONE)


def _require_the_same(errand: Errand) -> None:
    """Refuse to call photographs unreadable, or found otherwise, for what this machine lacks."""
    for folder in (errand.staging, errand.photographs):
        if not folder.is_dir():
            raise EngineError(
                "is not there on a machine of the cluster",
                where=str(folder),
                fix="photographs and warehouse must lie on a disk that all its machines share",
            )
    for name, wanted in errand.versions.items():
        if (present := versions()[name]) != wanted:
            raise EngineError(
                f"a machine of the cluster has {name} {present}, and this one {wanted}",
                fix="install the same version on all",
            )
