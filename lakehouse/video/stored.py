"""How frames are stored: their sides, their turn, the shape of their pixels."""

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final, cast

import av
import numpy as np
from av import VideoFrame
from av.sidedata.sidedata import Type as SideDataType
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from lakehouse.video.facts import Facts
from lakehouse.video.opening import Opened
from lakehouse.video.problems import VideoProblemError, VideoStatus
from lakehouse.video.turning import Pixels, SlantedError, Turn, turn_of

_FIELDS_FIRST: Final = 2
"""From this on FFmpeg's numbers of the order of fields mean that there are fields."""

_WIDEST_PIXEL: Final = 4
"""Pixels said to be longer than this are taken for square."""

_LENGTH_KEPT_APART: Final = frozenset({"matroska", "flv", "asf"})
"""Containers that say how long they last and not how many frames they have."""

_CLOCK: Final = re.compile(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)")


class Stored:
    """Makes upright frames with square pixels of those that are stored.

    Parameters
    ----------
    source : Opened
        Which says the shape of pixels.
    """

    def __init__(self, source: Opened) -> None:
        self._aspect = _aspect(source.stream.sample_aspect_ratio)
        self._reformatter = VideoReformatter()

    def upright(self, frame: VideoFrame) -> Pixels:
        """Convert a frame.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
            RGB, contiguous.

        Raises
        ------
        VideoProblemError
            If it is to be shown at a slant.
        """
        width, height = self._square(frame)
        rgb = self._reformatter.reformat(frame, width=width, height=height, format="rgb24")
        pixels: Pixels = rgb.to_ndarray().astype(np.uint8, copy=False)
        return turn_of_frame(frame)(pixels)

    def facts(self, facts: Facts, frame: VideoFrame) -> Facts:
        """Add to a file's facts what a frame shows.

        Raises
        ------
        VideoProblemError
            If it is to be shown at a slant.
        """
        turn = turn_of_frame(frame)
        width, height = self._square(frame)
        return replace(
            facts,
            pixel_format=frame.format.name,
            width=height if turn.sideways else width,
            height=width if turn.sideways else height,
            rotation=turn.rotation,
            mirrored=turn.mirrored,
            interlaced=bool(facts.interlaced or frame.interlaced_frame),
        )

    def _square(self, frame: VideoFrame) -> tuple[int, int]:
        """Give the sides in square pixels; none becomes shorter."""
        if self._aspect >= 1:
            return round(frame.width * self._aspect), frame.height
        return frame.width, round(frame.height / self._aspect)


def facts_of_stream(source: Opened, container: str) -> Facts:
    """Tell what is known before a frame is decoded."""
    stream = source.stream
    return Facts(
        codec=stream.codec_context.codec.canonical_name,
        pixel_format=stream.codec_context.pix_fmt,
        interlaced=stream.codec_context.field_order >= _FIELDS_FIRST,
        start_s=float(source.start),
        duration_s=_duration(source),
        header_frames=_header_frames(stream, container),
    )


def promised_end(source: Opened, container: str) -> float | None:
    """Tell when the last frame ends by the file's own words, on its clock, in seconds.

    Returns
    -------
    float or None
        None where the file does not say, or may mean its sound.
    """
    if container not in _LENGTH_KEPT_APART:
        return None
    for name, text in source.stream.metadata.items():
        # With a language behind it in files of mkvmerge's.
        if name.upper().startswith("DURATION") and (found := _CLOCK.fullmatch(text)):
            hours, minutes, seconds = map(float, found.groups())
            return 3600 * hours + 60 * minutes + seconds
    if len(source.container.streams) == 1 and source.container.duration:
        return source.container.duration / av.time_base
    return None


def turn_of_frame(frame: VideoFrame) -> Turn:
    """Read how a frame is to be turned.

    Raises
    ------
    VideoProblemError
        If it is to be shown at a slant.
    """
    # PyAV's stubs know one kind of side data only.
    side_data: Mapping[SideDataType, Any] = cast(Any, frame.side_data)
    matrix = side_data.get(SideDataType.DISPLAYMATRIX)
    if matrix is None:
        return Turn()
    try:
        return turn_of(bytes(matrix))
    except SlantedError as error:
        raise VideoProblemError(
            VideoStatus.UNSUPPORTED, "frames are to be shown at a slant"
        ) from error


def _duration(source: Opened) -> float | None:
    stream = source.stream
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if source.container.duration is not None:
        return source.container.duration / av.time_base
    return None


def _header_frames(stream: VideoStream, container: str) -> int | None:
    if not stream.frames:
        return None
    if container != "mov":
        return stream.frames
    # An edit list cuts frames away that must be decoded, because others hang on them.
    return stream.frames - sum(entry.is_discard for entry in stream.index_entries)


def _aspect(aspect: Fraction | None) -> Fraction:
    """Give a pixel's width as a multiple of its height."""
    if not aspect or not 1 / _WIDEST_PIXEL <= aspect <= _WIDEST_PIXEL:
        return Fraction(1)
    return aspect
