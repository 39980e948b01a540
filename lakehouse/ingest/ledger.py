"""What a run found goes to the lake, and is counted."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from lakehouse.dataset.listing import PhotoFile
from lakehouse.ingest.part_writer import PartWriter
from lakehouse.ingest.problem import Problem
from lakehouse.ingest.result import Status
from lakehouse.lake.photos_index import IndexedPhoto
from lakehouse.lake.records import PhotoRecord

_PROBLEMS_SHOWN: Final = 20


class Ledger:
    """Gives photographs to the writer and counts what became of them.

    Parameters
    ----------
    writer : PartWriter
        Takes the rows.
    before_first : callable, optional
        Called before the first photograph that was worked on goes to the writer.

    Attributes
    ----------
    statuses : Counter of str
        Of the photographs worked on.
    already_done, replaced : int
        Photographs whose rows stay, or take the place of earlier ones.
    by_stamp : int
        Photographs whose rows stay, recognised without being read.
    usable : int
        Photographs, worked on or not, with landmarks in the lake.
    problems : list of Problem
        The first photographs without landmarks.
    """

    def __init__(self, writer: PartWriter, before_first: Callable[[], None] | None = None) -> None:
        self._writer = writer
        self._before_first = before_first
        self.statuses: Counter[str] = Counter()
        self.already_done = 0
        self.by_stamp = 0
        self.replaced = 0
        self.usable = 0
        self.problems: list[Problem] = []

    def keep(self, file: PhotoFile, previous: IndexedPhoto, *, by_stamp: bool = False) -> None:
        """Leave a photograph's rows as they are, but for its path if the file has moved."""
        self.already_done += 1
        self.by_stamp += by_stamp
        self.usable += previous.status == Status.OK
        moved = file.path if file.path != previous.path else None
        self._writer.keep(previous.part, previous.key, moved)

    def put(self, record: PhotoRecord, previous: IndexedPhoto | None) -> None:
        """Take a photograph that was worked on.

        Parameters
        ----------
        previous : IndexedPhoto or None
            What the lake holds of it.
        """
        row = record.row
        if self._before_first and not self.statuses:
            self._before_first()
        if previous:
            self.replaced += 1
            self._writer.replace(previous.part, record)
        else:
            self._writer.add(record)
        self.statuses[row.status] += 1
        self.usable += row.status == Status.OK
        if row.status != Status.OK and len(self.problems) < _PROBLEMS_SHOWN:
            self.problems.append(Problem(row.path, row.status, row.error or ""))
