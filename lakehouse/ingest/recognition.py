"""Telling which photographs are as the lake knows them, by stamp or by content."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from lakehouse.ingest.plan import PlannedPhoto, says_the_same
from lakehouse.ingest.reading import read_photograph
from lakehouse.ingest.result import Outcome
from lakehouse.lake.stamps import Stamped, read_stamps, record_stamps
from lakehouse.paths import WarehousePaths
from lakehouse.system.file_stamps import FileStamp, file_stamp


class Known(Enum):
    """How a photograph was recognised."""

    BY_STAMP = auto()
    BY_CONTENT = auto()
    NOT = auto()


class Recognition:
    """Recognises the photographs of a run, and remembers stamps for the next.

    Parameters
    ----------
    paths : WarehousePaths
        Whose lake's lock this process holds.
    root : Path
        The dataset's folder.
    by_content : bool
        Read every file, whatever its stamp says.
    """

    def __init__(self, paths: WarehousePaths, root: Path, *, by_content: bool) -> None:
        self._paths = paths
        self._root = root
        self._by_content = by_content
        self._stored = read_stamps(paths, root)
        self._stamps = dict(self._stored)

    def look(
        self, photos: Iterable[PlannedPhoto], at_once: int
    ) -> Iterator[tuple[PlannedPhoto, Known]]:
        """Look at the photographs of which the lake holds what it would hold again.

        Parameters
        ----------
        at_once : int
            Files to be read at a time.

        Yields
        ------
        PlannedPhoto
            Those with their stamp first, otherwise in the order given.
        Known
        """
        others = []
        for photo in photos:
            if not photo.settled:
                continue
            if self.has_stamp(photo.file.path, photo.file.absolute, photo.task.known_sha256):
                yield photo, Known.BY_STAMP
            else:
                others.append(photo)
        for photo, read in _readings(others, at_once):
            self.note(photo.file.path, read.sha256, read.stamp)
            yield photo, Known.BY_CONTENT if _is_as_before(photo, read) else Known.NOT

    def has_stamp(self, path: str, absolute: Path, sha256: str | None) -> bool:
        """Tell whether a file is known to have this content by its stamp alone.

        Parameters
        ----------
        path : str
            Below the root.
        absolute : Path
            The same file, from anywhere.
        sha256 : str or None
            The content that the lake has rows of.
        """
        if self._by_content:
            return False
        stamped = self._stamps.get(path)
        if stamped is None or stamped.sha256 != sha256:
            return False
        try:
            return file_stamp(absolute) == stamped.stamp
        except OSError:
            return False

    def note(self, path: str, sha256: str | None, stamp: FileStamp | None) -> None:
        """Remember a file that was read.

        Parameters
        ----------
        path : str
            Below the root.
        sha256 : str or None
            Of its content; None if it could not be read.
        stamp : FileStamp or None
            That its content had, if that is certain.
        """
        if sha256 is None or stamp is None:
            self._stamps.pop(path, None)
        else:
            self._stamps[path] = Stamped(stamp, sha256)

    def write_down(self, wanted: Collection[str]) -> None:
        """Write down what is remembered, if it is not what was written before.

        Parameters
        ----------
        wanted : collection of str
            Paths below the root; of others nothing is kept.
        """
        kept = {path: stamp for path, stamp in self._stamps.items() if path in wanted}
        if kept != self._stored:
            record_stamps(self._paths, self._root, kept)


class _Read(NamedTuple):
    """What was read, without the content: those of a whole dataset may wait here."""

    sha256: str | None
    stamp: FileStamp | None
    failure: Outcome | None


def _readings(photos: Sequence[PlannedPhoto], at_once: int) -> Iterator[tuple[PlannedPhoto, _Read]]:
    """Read files, several at a time."""
    if not photos:
        return
    # Reading and hashing leave Python's lock alone.
    with ThreadPoolExecutor(at_once) as threads:
        try:
            yield from zip(photos, threads.map(_read, photos), strict=True)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def _read(photo: PlannedPhoto) -> _Read:
    read = read_photograph(Path(photo.task.path))
    if isinstance(read, Outcome):
        return _Read(None, None, read)
    return _Read(read.sha256, read.stamp, None)


def _is_as_before(photo: PlannedPhoto, read: _Read) -> bool:
    if read.failure is None:
        return read.sha256 == photo.task.known_sha256
    # It could not be read the last time either.
    return photo.previous is not None and says_the_same(photo.previous, read.failure)
