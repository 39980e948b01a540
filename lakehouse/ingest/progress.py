"""How far a run has come."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_WINDOW_S: Final = 20.0
"""The rate is that of the last seconds: what was known already goes by much faster."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a run.

    Attributes
    ----------
    done, total : int
        Photographs.
    failures : int
        Photographs of this run that gave no landmarks.
    photos_per_second : float
        Of late.
    seconds_left : float or None
        None while nothing can be said.
    frames_per_second : float or None
        Where the work is on videos: then they are what is counted, and how long the rest takes
        is not known.
    """

    done: int
    total: int
    failures: int
    photos_per_second: float
    seconds_left: float | None
    frames_per_second: float | None = None


class ProgressMeter:
    """Counts photographs and tells a listener.

    Parameters
    ----------
    total : int
        Photographs of the run.
    listener : callable or None
        Is given a `Progress` after every photograph.
    clock : callable
        Seconds that never go back.
    """

    def __init__(
        self,
        total: int,
        listener: Callable[[Progress], None] | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = total
        self._listener = listener
        self._clock = clock
        self._done = 0
        self._failures = 0
        self._recent: deque[tuple[float, int]] = deque([(clock(), 0)])

    def advance(self, *, failed: bool) -> None:
        """Count one photograph.

        Parameters
        ----------
        failed : bool
            Whether it gave no landmarks.
        """
        self._done += 1
        self._failures += failed
        if self._listener is None:
            return
        now = self._clock()
        self._recent.append((now, self._done))
        while len(self._recent) > 2 and self._recent[1][0] < now - _WINDOW_S:
            self._recent.popleft()
        then, before = self._recent[0]
        rate = (self._done - before) / (now - then) if now > then else 0.0
        left = (self._total - self._done) / rate if rate else None
        self._listener(Progress(self._done, self._total, self._failures, rate, left))


class VideoMeter:
    """Counts videos and their frames, and tells a listener.

    Parameters
    ----------
    total : int
        Videos of the run.
    listener : callable or None
        Is given a `Progress` after every stretch.
    clock : callable
        Seconds that never go back.
    """

    def __init__(
        self,
        total: int,
        listener: Callable[[Progress], None] | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = total
        self._listener = listener
        self._clock = clock
        self._began = clock()
        self._frames = 0
        self._done = 0
        self._failures = 0

    def advance(self, frames: int, *, done: bool, failed: bool = False) -> None:
        """Count a stretch of a video.

        Parameters
        ----------
        frames : int
            That were looked at.
        done : bool
            Whether the video ends there.
        failed : bool
            Whether it gave no landmarks.
        """
        self._frames += frames
        self._done += done
        self._failures += failed
        if self._listener is not None:
            seconds = self._clock() - self._began
            rate = self._frames / seconds if seconds > 0 else 0.0
            self._listener(Progress(self._done, self._total, self._failures, 0.0, None, rate))
