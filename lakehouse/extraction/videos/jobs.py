"""Videos that are worked on: which stretches are given out, and which have come back."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from lakehouse.dataset.listing import VideoFile
from lakehouse.extraction.videos.following import Followed
from lakehouse.ingest.videos.result import Chunk, ChunkTask, Known, Probed, Problem, Times
from lakehouse.lake.video_parts import PART_FRAMES
from lakehouse.lake.videos_index import IndexedVideo

_MOST_DECODED: Final = 18_000
"""Frames of a chunk, with those that are only decoded: where few are looked at, decoding them
takes the time."""


@dataclass(slots=True)
class Told:
    """What is known of a video's frames that are in the lake, or on their way there.

    Attributes
    ----------
    times, statuses : list
        Of each frame.
    last : Followed or None
        The face that is followed, as it was last seen.
    """

    times: list[float] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    last: Followed | None = None


@dataclass(eq=False)
class Job:
    """A video to be looked at.

    Parameters
    ----------
    file : VideoFile
        What it shows, and where it lies.
    previous : IndexedVideo or None
        What the lake holds of it, to be replaced.
    every : int
        Every how many-th frame is looked at.
    told : Told
        What is known of frames that need not be looked at again, if the content is still that of
        `known_sha256`.
    known_sha256 : str or None
    part_frames : int
        Frames of a stretch at most.

    Attributes
    ----------
    restarted : bool
        Whether it is not, so that they are.
    probed : Probed or None
        What its file is, once that is known.
    """

    file: VideoFile
    previous: IndexedVideo | None
    every: int
    told: Told = field(default_factory=Told)
    known_sha256: str | None = None
    part_frames: int = PART_FRAMES
    restarted: bool = False
    probed: Probed | None = None
    _asked: bool = False
    _given: int = 0
    _out: set[int] = field(default_factory=set)
    _arrived: dict[int, Chunk | Problem] = field(default_factory=dict)
    _expected: Times | None = None
    _over: bool = False
    _round: int = 0

    def __post_init__(self) -> None:
        """Begin behind what is known."""
        self._size = chunk_frames(self.every, self.part_frames)
        self._given = len(self.told.times) // self._size

    @property
    def waiting(self) -> int:
        """Stretches that are out or have come back, and are not yet in the lake."""
        return len(self._out) + len(self._arrived)

    def ask(self) -> bool:
        """Tell, once, that the file is to be opened."""
        self._asked, first = True, not self._asked
        return first

    def opened(self, probed: Probed) -> None:
        """Take what the file is."""
        self.probed = probed
        if self.told.times and probed.sha256 != self.known_sha256:
            self.told, self._given, self.restarted = Told(), 0, True
        self._over = probed.problem is not None
        self._expected = None if probed.times is None else probed.times[:: self.every]

    def next_task(self) -> tuple[int, int, ChunkTask] | None:
        """Give the next stretch to be looked at, with its place and the round it is of.

        Returns
        -------
        tuple or None
            None where there is none, or it is not known yet where it begins.
        """
        if self.probed is None or self._over:
            return None
        first = self._given * self._size
        known: Sequence[float] | Times = self.told.times
        if first > len(known):
            if self._expected is None:
                return None
            known = self._expected
            if first >= len(known):
                return None
        task = ChunkTask(
            str(self.file.absolute),
            self.every,
            first * self.every,
            self._size,
            _second_before(known, first, self.every),
        )
        place = self._given
        self._out.add(place)
        self._given += 1
        return place, self._round, task

    def arrived(self, place: int, of_round: int, answer: Chunk | Problem) -> None:
        """Take what became of a stretch, unless nobody waits for it any more."""
        if of_round == self._round:
            self._out.discard(place)
            self._arrived[place] = answer

    def take(self) -> Chunk | Problem | None:
        """Give the stretch that follows those taken before, if it has come back."""
        place = len(self.told.times) // self._size
        answer = self._arrived.pop(place, None)
        if answer is None:
            return None
        if isinstance(answer, Problem) or answer.ended:
            self._stop()
        elif not self._is_as_expected(answer, place):
            # The stretches behind it begin elsewhere.
            self._expected = None
            self._call_off(place + 1)
        return answer

    @property
    def over(self) -> bool:
        """Whether nothing more of it is to be looked at."""
        return self._over

    def _stop(self) -> None:
        self._over = True
        self._call_off(self._given)

    def _call_off(self, following: int) -> None:
        self._out.clear()
        self._arrived.clear()
        self._round += 1
        self._given = following

    def _is_as_expected(self, chunk: Chunk, place: int) -> bool:
        if self._expected is None:
            return True
        first = place * self._size
        expected = self._expected[first : first + len(chunk.frames)]
        return np.array_equal(expected, [frame.time_s for frame in chunk.frames])


def chunk_frames(every: int, most: int = PART_FRAMES) -> int:
    """Tell how many frames of a chunk are looked at.

    Parameters
    ----------
    every : int
        Every how many-th frame that is.
    most : int
        Frames at most.
    """
    return max(1, min(most, _MOST_DECODED // every))


def _second_before(times: Sequence[float] | Times, first: int, every: int) -> Known | None:
    """Find the frame behind which the second of the frame before a stretch begins."""
    if not first:
        return None
    start = first - 1
    second = math.floor(times[start])
    while start and math.floor(times[start - 1]) == second:
        start -= 1
    return Known((start - 1) * every, float(times[start - 1])) if start else None
