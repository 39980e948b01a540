"""Photographs of one file that were read at once and are kept, as of JSON and NumPy's archives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from lakehouse.dataset.listing import IgnoredCounter
from lakehouse.importing.coordinates import NoLandmarksError
from lakehouse.importing.pictured import NotListedError, PhotographReader, Pictured, Row
from lakehouse.importing.readings import Seen
from lakehouse.importing.sources import Look, look_at


@dataclass
class HeldSource:
    """Landmarks of photographs, kept until they are asked for.

    Attributes
    ----------
    path : Path
        Of the file.
    ignored : IgnoredCounter
        Counts what cannot be taken.
    pictured : list of Pictured
    told : list of str
        What a user should know of how it was read.
    """

    extractor: str
    path: Path
    photographs: PhotographReader
    ignored: IgnoredCounter
    pictured: list[Pictured] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    _loads: list[Callable[[], Seen]] = field(default_factory=list)

    def add(self, row: Row, entry: str, read: Callable[[], Seen]) -> None:
        """Read and keep what the file says of a photograph.

        Parameters
        ----------
        row : mapping
            Ids, or the path.
        entry : str
            Where in the file it stands.
        read : callable
            Gives what it says, or raises `NoLandmarksError`.
        """
        where = f"{self.path.name}, {entry}"
        try:
            pictured = self.photographs.read_row(row, where, self.path)
        except NotListedError as error:
            self.ignored.add(error.reason, error.example)
            return
        self.pictured.append(pictured)
        try:
            self._loads.append(partial(_give, read()))
        except NoLandmarksError as error:
            self._loads.append(partial(_refuse, str(error)))

    def looks(self) -> Iterator[Look]:
        """Give what was kept."""
        for pictured, load in zip(self.pictured, self._loads, strict=True):
            yield look_at(pictured.where, load)


def _give(seen: Seen) -> Seen:
    return seen


def _refuse(reason: str) -> Seen:
    raise NoLandmarksError(reason)
