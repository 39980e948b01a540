"""Opening a video file so that nothing but this file is read.

FFmpeg also knows playlists, lists of files and descriptions of streams, which name other files and
servers. It is told which container to read, from the file's first bytes, and never guesses; it is
given an open file and no name; and it may open nothing else.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from lakehouse.system.regular_files import open_at_once, require_regular
from lakehouse.video.kinds import ELEMENTARY, container_format, read_head
from lakehouse.video.problems import VideoProblemError, VideoStatus, words_of

_BUFFER_BYTES: Final = 2**18
_MICROSECOND: Final = Fraction(1, av.time_base)
_SHORTEST_SIDE: Final = 16
_MOST_PIXELS: Final = 2**26
"""Twice 8K."""


class Opened(NamedTuple):
    """A video whose frames can be decoded one after the other."""

    container: InputContainer
    stream: VideoStream
    start: Fraction
    """Where the container's clock begins, in seconds."""

    base: Fraction
    """Seconds in which time stamps count."""

    @property
    def in_decoding_order(self) -> bool:
        """Whether stamps say when frames are decoded, which is not the order they are shown in.

        So it is in AVI, which knows no others.
        """
        return self.container.format.name == "avi" and bool(self.stream.codec_context.has_b_frames)

    def time_s(self, stamp: int | None) -> float | None:
        """Give the time of a stamp since the container's start, in seconds."""
        return None if stamp is None else float(stamp * self.base - self.start)


@contextmanager
def opened(path: Path, container: str) -> Iterator[Opened]:
    """Open a video.

    Parameters
    ----------
    container : str
        As `container_of` gives it.

    Yields
    ------
    Opened

    Raises
    ------
    VideoProblemError
        If it cannot be opened, or has nothing to show.
    """
    with _errors_in_words(), os.fdopen(open_at_once(path), "rb", buffering=0) as file:
        source = av.open(
            _Unnamed(file),
            "r",
            format=container,
            options={"protocol_whitelist": "none"},
            io_open=_refused,
            buffer_size=_BUFFER_BYTES,
        )
        with source:
            stream = _shown_stream(source)
            # More threads would decode the same at the same cost; a worker has one processor.
            stream.codec_context.thread_type = "NONE"
            stream.codec_context.thread_count = 1
            yield Opened(source, stream, _start(source), stream.time_base or Fraction(0))


def container_of(path: Path) -> str:
    """Tell a video's container.

    Raises
    ------
    VideoProblemError
        If it is no video, cannot be read, or has no time stamps.
    """
    with _errors_in_words():
        require_regular(path)
        head = read_head(path)
    if not head:
        raise VideoProblemError(VideoStatus.UNREADABLE, "the file is empty")
    container = container_format(head)
    if container is None:
        raise VideoProblemError(VideoStatus.UNREADABLE, "the file is not a video")
    if container in ELEMENTARY:
        raise VideoProblemError(
            VideoStatus.NO_TIMESTAMPS,
            f"a bare {container} stream without time stamps; put it into a container"
            " with its true frame rate",
        )
    return container


class _Unnamed:
    """An open file whose name FFmpeg does not learn."""

    def __init__(self, file: Any) -> None:
        self.read = file.read
        self.seek = file.seek
        self.tell = file.tell


def _refused(*_: object) -> NoReturn:
    raise PermissionError("the video names another file")


@contextmanager
def _errors_in_words() -> Iterator[None]:
    try:
        yield
    except av.InvalidDataError as error:
        raise VideoProblemError(
            VideoStatus.UNREADABLE, "the file is damaged or was never finished"
        ) from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise VideoProblemError(
            VideoStatus.UNREADABLE, f"the file cannot be read ({words_of(error)})"
        ) from error


def _shown_stream(source: InputContainer) -> VideoStream:
    """Choose the stream that a player would show."""
    shown = [
        stream
        for stream in source.streams.video
        if not stream.disposition & Disposition.attached_pic
    ]
    if not shown:
        raise VideoProblemError(
            VideoStatus.NO_VIDEO_STREAM, "the file has sound only, or no stream"
        )
    best = source.streams.best("video")
    stream = next((stream for stream in shown if stream is best), shown[0])
    if stream.codec_context is None:
        raise VideoProblemError(VideoStatus.UNSUPPORTED, "the codec is not known here")
    width, height = stream.codec_context.width, stream.codec_context.height
    if width * height > _MOST_PIXELS:
        raise VideoProblemError(
            VideoStatus.UNSUPPORTED, f"frames of more than {_MOST_PIXELS:,} pixels"
        )
    if 0 < min(width, height) < _SHORTEST_SIDE:
        raise VideoProblemError(
            VideoStatus.UNREADABLE, f"{width} × {height} pixels are too few to hold a face"
        )
    return stream


def _start(source: InputContainer) -> Fraction:
    """Give the container's start, exactly: it rounds that of its first stream to microseconds."""
    rounded = (source.start_time or 0) * _MICROSECOND
    starts = [
        stream.start_time * stream.time_base
        for stream in source.streams
        if stream.start_time is not None and stream.time_base is not None
    ]
    exact = min(starts, key=lambda start: abs(start - rounded), default=rounded)
    return exact if abs(exact - rounded) <= _MICROSECOND else rounded
