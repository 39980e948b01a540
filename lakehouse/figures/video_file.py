"""Writing pictures as a video that browsers play."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final, NamedTuple

import av
from av.video.reformatter import Colorspace

from lakehouse.figures.canvas import Pixels

_OPTIONS: Final = {
    # Photographs stay sharp enough to judge a mesh by; a frame takes about 70 kB.
    "crf": "23",
    "preset": "veryfast",
}
_BT709: Final = 1
_TICKS_PER_S: Final = 90_000
_USUAL_RATE: Final = Fraction(30)
"""Frames per second, where each says its own time."""


def write_video(frames: Iterable[Pixels], path: Path, fps: int, size: tuple[int, int]) -> int:
    """Write an H.264 video in an MP4 file that plays while it is still loading.

    Parameters
    ----------
    frames : iterable of ndarray of uint8, shape (height, width, 3)
        RGB; taken one at a time.
    path : Path
        Is written over; whatever its ending, it becomes an MP4 file.
    fps : int
        Frames per second.
    size : tuple of int
        Width and height, even numbers.

    Returns
    -------
    int
        Frames written.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    stamped = enumerate(frames)
    return _write(stamped, path, _Clock(Fraction(fps), Fraction(1, fps)), size)


def write_timed_video(
    frames: Iterable[tuple[float, Pixels]], path: Path, size: tuple[int, int]
) -> int:
    """Write such a video of frames that each say when they are shown.

    Parameters
    ----------
    frames : iterable of (float, ndarray of uint8 of shape (height, width, 3))
        Seconds, and RGB. One that is not later than the one before follows it at once.
    path : Path
        Is written over.
    size : tuple of int
        Width and height, even numbers.

    Returns
    -------
    int
        Frames written.

    Raises
    ------
    OSError
        If the file cannot be written.
    """

    def stamped() -> Iterator[tuple[int, Pixels]]:
        last = -1
        for time_s, picture in frames:
            last = max(last + 1, round(time_s * _TICKS_PER_S))
            yield last, picture

    return _write(stamped(), path, _Clock(_USUAL_RATE, Fraction(1, _TICKS_PER_S)), size)


class _Clock(NamedTuple):
    rate: Fraction
    time_base: Fraction


def _write(
    frames: Iterable[tuple[int, Pixels]], path: Path, clock: _Clock, size: tuple[int, int]
) -> int:
    count = 0
    # Before a colon, a name that does not begin with a slash would be a protocol.
    whole = path.absolute()
    with av.open(whole, "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=clock.rate, options=_OPTIONS)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        # Said, because players guess wrongly what numbers without a name mean.
        context = stream.codec_context
        context.time_base = clock.time_base
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        # A browser that is sent to a place must decode from the last key frame on.
        context.gop_size = max(1, round(2 * clock.rate))
        for stamp, picture in frames:
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(
                format="yuv420p", dst_colorspace=Colorspace.ITU709
            )
            frame.pts, frame.time_base = stamp, clock.time_base
            container.mux(stream.encode(frame))
            count += 1
        container.mux(stream.encode())
    return count
