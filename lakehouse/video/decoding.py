"""From a video file to its upright frames, with their times.

video = open_video(path)
frames = video.frames()
for frame in frames:
    look_at(frame.number, frame.time_s, frame.pixels())
print(frames.ending.status)
"""

from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice
from pathlib import Path
from typing import Final, NamedTuple

import av
from av import VideoFrame

from lakehouse.video.facts import Facts
from lakehouse.video.opening import Opened, container_of, opened
from lakehouse.video.packets import Decoded, Packets
from lakehouse.video.problems import VideoProblemError, VideoStatus
from lakehouse.video.stored import Stored, facts_of_stream, promised_end
from lakehouse.video.turning import Pixels
from lakehouse.video.whole import missing_bytes

_SOUGHT_IN: Final = frozenset({"mov", "matroska", "avi"})
"""Containers in which one arrives where one wanted to be."""

_BEFORE_S: Final = (0, 2, 20)
"""How long before a frame a key frame is looked for, as long as it was not early enough."""

_LONGEST_STEP_S: Final = 1.0
"""How much later than its last frame a video may end."""

_COUNTED_IN: Final = frozenset({"mov", "avi"})
"""Containers whose number of frames can be relied upon."""


class Place(NamedTuple):
    """A frame that is known from decoding the same file before."""

    number: int
    time_s: float


@dataclass(frozen=True, eq=False)
class Frame:
    """A decoded frame; good until the next one is asked for.

    Attributes
    ----------
    number : int
        Place among the decoded frames in the order in which they are shown, from 0.
    time_s : float
        Time stamp less the container's start, in seconds.
    corrupt : bool
        Whether the file is damaged here. What it shows may be anything.
    """

    number: int
    time_s: float
    corrupt: bool
    _shown: VideoFrame
    _stored: Stored

    def pixels(self) -> Pixels:
        """Convert the frame to colours, turn it upright and its pixels square.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
            RGB, contiguous.

        Raises
        ------
        VideoProblemError
            If frames are slanted.
        """
        return self._stored.upright(self._shown)


@dataclass(frozen=True)
class Ending:
    """How a video ended.

    Attributes
    ----------
    status : VideoStatus
        ok or truncated.
    error : str or None
        What was missing, in one line; also of videos that are ok.
    frames : int
        How many were decoded, from the video's first on.
    """

    status: VideoStatus
    error: str | None
    frames: int


class Frames(Iterator[Frame]):
    """The frames of a video, of which one is held at a time.

    Attributes
    ----------
    ending : Ending or None
        How the video ended, once its last frame was taken.
    """

    def __init__(self, video: "Video", after: Place | None) -> None:
        self._video = video
        self._frames = self._after(after) if after else self._from_start()
        self.ending: Ending | None = None

    def __next__(self) -> Frame:
        return next(self._frames)

    def close(self) -> None:
        """Close the file before its end was reached."""
        self._frames.close()

    def _from_start(self) -> Generator[Frame]:
        with opened(self._video.path, self._video.container) as source:
            packets = Packets(source)
            yield from self._numbered(source, packets, packets.frames(), None)

    def _after(self, place: Place) -> Generator[Frame]:
        if self._video.container in _SOUGHT_IN:
            for before in _BEFORE_S:
                with opened(self._video.path, self._video.container) as source:
                    packets = Packets(source)
                    if (found := _sought(source, packets, place, before)) is not None:
                        yield from self._numbered(source, packets, found, place)
                        return
        yield from islice(self._from_start(), place.number + 1, None)

    def _numbered(
        self,
        source: Opened,
        packets: Packets,
        decoded: Iterator[Decoded],
        after: Place | None,
    ) -> Generator[Frame]:
        stored = Stored(source)
        number, last_s = (after.number + 1, after.time_s) if after else (0, 0.0)
        for frame, time_s, corrupt in decoded:
            if time_s is None:
                raise VideoProblemError(
                    VideoStatus.NO_TIMESTAMPS, f"frame {number:,} has no time stamp"
                )
            yield Frame(number, time_s, corrupt, frame, stored)
            number, last_s = number + 1, time_s
        self.ending = self._video.ending(number, last_s, packets.broken)


@dataclass(frozen=True)
class Video:
    """A video that can be decoded.

    Attributes
    ----------
    container : str
        FFmpeg's name.
    missing : int
        Bytes that its header promises and that are not there.
    promised_s : float or None
        Seconds on the container's clock when the last frame is to end, if it says so.
    """

    path: Path
    container: str
    facts: Facts
    missing: int
    promised_s: float | None

    def frames(self, after: Place | None = None) -> Frames:
        """Decode, from the start or behind a known frame.

        Parameters
        ----------
        after : Place, optional
            The frame before the first one that is wanted, as it was decoded. Frames, marks and
            ending are those of decoding from the start, which is what is done where seeking is
            not exact.

        Raises
        ------
        VideoProblemError
            While frames are taken: if it can be opened no longer, or time stamps are missing.
        """
        return Frames(self, after)

    def ending(self, frames: int, last_s: float, broken: str | None) -> Ending:
        """Judge how it ended.

        Parameters
        ----------
        frames : int
            How many could be decoded.
        last_s : float
            Time of the last.
        broken : str or None
            Why reading ended early.
        """
        said = []
        if self.missing:
            said.append(f"the last {self.missing:,} bytes are missing")
        elif broken:
            said.append(broken)
        elif self._ends_early(last_s):
            said.append(f"frames end at {last_s:.2f} s of {self.promised_s:.2f} s")
        status = VideoStatus.TRUNCATED if said else VideoStatus.OK
        promised = self.facts.header_frames or 0
        if frames < promised and (said or self.container in _COUNTED_IN):
            said.append(f"{frames:,} of {promised:,} frames could be decoded")
        return Ending(status, "; ".join(said) or None, frames)

    def _ends_early(self, last_s: float) -> bool:
        if self.promised_s is None or self.facts.start_s is None:
            return False
        return last_s + self.facts.start_s < self.promised_s - _LONGEST_STEP_S


def open_video(path: Path) -> Video:
    """Look into a video and decode its first frame.

    Parameters
    ----------
    path : Path
        A local file. Nothing else is ever opened, whatever the file says.

    Raises
    ------
    VideoProblemError
        If there is no frame or frames have no times; its status and words are what the lake keeps.
    """
    container = container_of(path)
    with opened(path, container) as source:
        missing = missing_bytes(path, container)
        facts = facts_of_stream(source, container)
        first = next(Packets(source).frames(), None)
        if first is None:
            raise _nothing(facts, missing)
        try:
            facts = Stored(source).facts(facts, first.frame)
        except VideoProblemError as error:
            raise VideoProblemError(error.status, error.reason, facts) from error
        if first.time_s is None:
            raise VideoProblemError(VideoStatus.NO_TIMESTAMPS, "frames have no time stamps", facts)
        return Video(path, container, facts, missing, promised_end(source, container))


def _nothing(facts: Facts, missing: int) -> VideoProblemError:
    if missing:
        return VideoProblemError(
            VideoStatus.TRUNCATED,
            f"the last {missing:,} bytes are missing, and no frame could be decoded",
            facts,
        )
    return VideoProblemError(VideoStatus.UNREADABLE, "no frame could be decoded", facts)


def _sought(
    source: Opened, packets: Packets, place: Place, before_s: int
) -> Iterator[Decoded] | None:
    """Decode from a key frame on, up to a known frame.

    Returns
    -------
    iterator or None
        What comes behind it; None if it was not met, or cannot be told from the next.
    """
    if source.in_decoding_order:
        return None
    wanted = (Fraction(place.time_s) - before_s + source.start) / source.base
    with suppress(av.FFmpegError):
        source.container.seek(round(wanted), stream=source.stream)
    decoded = packets.frames()
    for _, time_s, _ in decoded:
        if time_s is None or time_s > place.time_s:
            return None
        if time_s == place.time_s:
            following = list(islice(decoded, 1))
            if any(each.time_s is None or each.time_s <= place.time_s for each in following):
                return None
            return chain(following, decoded)
    return None
