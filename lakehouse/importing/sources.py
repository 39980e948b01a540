"""What every kind of source has: photographs in some order, and a look at each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from lakehouse.importing.coordinates import NO_FACE_PX, NO_SIZE, NoLandmarksError, PictureSize
from lakehouse.importing.pictured import Pictured
from lakehouse.importing.readings import Reading, Seen, to_reading, unreadable
from lakehouse.importing.whole_files import Whole, read_whole
from lakehouse.ingest.result import Status
from lakehouse.lake.photos_index import IndexedPhoto


@dataclass(frozen=True, slots=True)
class Question:
    """What is known of a photograph before a source is asked.

    Attributes
    ----------
    previous : IndexedPhoto or None
        What the lake holds of it.
    size : PictureSize or None
        Of photographs whose source does not say it.
    """

    previous: IndexedPhoto | None = None
    size: PictureSize | None = None

    @property
    def known_sha256(self) -> str | None:
        """The file that the lake holds this photograph's landmarks of, if it would say the same."""
        previous = self.previous
        if previous is None:
            return None
        if previous.status != Status.OK:
            return None if NO_SIZE in (previous.error or "") else previous.sha256
        # Shares of the picture that were taken for pixels, or made pixels by another size.
        mistaken = previous.face_height is not None and previous.face_height < NO_FACE_PX
        other = self.size is not None and self.previous_size not in (None, self.size)
        return None if mistaken or other else previous.sha256

    @property
    def previous_size(self) -> PictureSize | None:
        """The size that the lake has of the photograph."""
        if self.previous is None or self.previous.width is None or self.previous.height is None:
            return None
        return PictureSize(self.previous.width, self.previous.height)


Look = Callable[[Question], Reading | None]
"""Reads what a source says of a photograph; None if it is what the lake holds."""


class Source(Protocol):
    """Landmarks of photographs in one file."""

    @property
    def extractor(self) -> str:
        """What `photos.extractor` calls it."""

    @property
    def pictured(self) -> Sequence[Pictured]:
        """Its photographs."""

    def looks(self) -> Iterator[Look]:
        """Give a look at each of `pictured`, which is valid until the next one is asked for."""


def look_at(where: str, load: Callable[[], Seen]) -> Look:
    """Make a look of what one of several photographs in a file shows.

    Parameters
    ----------
    where : str
        The file and its row or entry.
    load : callable
        Gives what it says, or raises `NoLandmarksError`.
    """

    def look(question: Question) -> Reading:
        try:
            # Where nobody says the size any more, it is the one that it was.
            reading = to_reading(load(), question.size or question.previous_size)
        except NoLandmarksError as error:
            reading = unreadable(str(error))
        if reading.error is None:
            return reading
        return replace(reading, error=f"{where}: {reading.error}")

    return look


def look_at_file(path: Path, parse: Callable[[bytes], Seen], at_most: int) -> Look:
    """Make a look of a file that holds one photograph's landmarks.

    Parameters
    ----------
    parse : callable
        Gives what its content says, or raises `NoLandmarksError`.
    at_most : int
        Bytes that it may have.
    """

    def look(question: Question) -> Reading | None:
        whole = read_whole(path, question.known_sha256, at_most=at_most)
        if not isinstance(whole, Whole):
            return whole
        try:
            reading = to_reading(parse(whole.content), question.size)
        except NoLandmarksError as error:
            reading = unreadable(str(error))
        return replace(reading, sha256=whole.sha256, bytes=len(whole.content))

    return look


def always(reading: Reading) -> Look:
    """Make a look that gives the same, whatever is known."""
    return lambda question: reading
