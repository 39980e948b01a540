"""The photographs of a run, dealt out in shares: as a data frame's rows, and in a shared folder.

A share has a folder for as long as its answers are wanted. Every attempt at it writes a file of its
own name there, and the driver takes one of them and then the folder. An attempt that comes too late
finds no folder, and its work is not wanted.
"""

import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from lakehouse.errors import LakeError
from lakehouse.files.folders import make_private
from lakehouse.files.listing import listed
from lakehouse.files.sweep import take_away
from lakehouse.ingest.result import Answer, Task
from lakehouse.spark.answers import read_answers, write_answers

LISTING: Final = pa.schema(
    [
        pa.field("share", pa.int32(), nullable=False),
        # A path may be any bytes.
        pa.field("paths", pa.list_(pa.binary()), nullable=False),
        pa.field("known_sha256", pa.list_(pa.string()), nullable=False),
    ]
)
"""A row is a share; the photographs of one stay together, however an engine deals out rows."""


@dataclass(frozen=True, slots=True)
class Share:
    """Photographs that one task works on.

    Attributes
    ----------
    number : int
        From 0.
    tasks : tuple of Task
        One for each photograph.
    """

    number: int
    tasks: tuple[Task, ...]


def dealt_out(tasks: Sequence[Task], size: int) -> list[Share]:
    """Deal photographs out, in their order.

    Parameters
    ----------
    size : int
        Photographs of a share; the last may have fewer.
    """
    starts = range(0, len(tasks), size)
    return [
        Share(number, tuple(tasks[start : start + size])) for number, start in enumerate(starts)
    ]


def to_listing(shares: Sequence[Share]) -> pa.Table:
    """Lay shares out as `LISTING` says, a batch each: an engine may make a partition of each.

    Paths are then those from the disk's root: tasks work in folders of their own.
    """
    batches = [
        pa.RecordBatch.from_pylist(
            [
                {
                    "share": share.number,
                    "paths": [os.fsencode(Path(task.path).absolute()) for task in share.tasks],
                    "known_sha256": [task.known_sha256 for task in share.tasks],
                }
            ],
            schema=LISTING,
        )
        for share in shares
    ]
    return pa.Table.from_batches(batches, schema=LISTING)


def from_listing(batch: pa.RecordBatch) -> Iterator[Share]:
    """Take shares out of rows of a listing."""
    for row in batch.to_pylist():
        paths = map(os.fsdecode, row["paths"])
        yield Share(row["share"], tuple(map(Task, paths, row["known_sha256"])))


@dataclass(frozen=True, slots=True)
class ShareFolders:
    """The shares' folders.

    Parameters
    ----------
    root : Path
        The folder that they lie in, on a disk that all machines of the cluster share.
    """

    root: Path

    def prepare(self, number: int) -> None:
        """Make a share's folder."""
        make_private(self._of(number))

    def is_wanted(self, number: int) -> bool:
        """Tell whether there is a folder, and no answers in it yet."""
        return self._of(number).is_dir() and self.found(number) is None

    def found(self, number: int) -> Path | None:
        """Give the answers of some attempt that has ended, or None."""
        # What is being written has a hidden name.
        names = (name for name in listed(self._of(number)) if not name.startswith("."))
        return next((self._of(number) / name for name in sorted(names)), None)

    def write(self, number: int, answers: Sequence[Answer]) -> None:
        """Write an attempt's answers, unless nobody wants them any more.

        Raises
        ------
        LakeError
            If they cannot be written.
        """
        folder = self._of(number)
        try:
            write_answers(folder / f"{uuid.uuid4().hex}.parquet", answers)
        except LakeError:
            if folder.is_dir():
                raise

    def take(self, number: int, answers: Path) -> list[Answer]:
        """Read the answers of one attempt, and give the others no place any more.

        Parameters
        ----------
        answers : Path
            Found by `found`.

        Raises
        ------
        LakeError
            If they are damaged.
        """
        taken = read_answers(answers)
        self.close(number)
        return taken

    def close(self, number: int) -> None:
        """Take a share's folder away, if it is there."""
        # What stays goes with the folder that it lies in.
        with suppress(LakeError):
            take_away(self._of(number))

    def _of(self, number: int) -> Path:
        return self.root / f"share-{number:06d}"
