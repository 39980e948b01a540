"""Demuxing and decoding step by step, so that damage is seen which a decoder passes over."""

from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

import av
from av import Packet, VideoFrame
from av.video.stream import VideoStream

from lakehouse.video.opening import Opened
from lakehouse.video.problems import words_of

_MOST_FAILURES: Final = 3
"""Attempts to read on behind damage."""


class Decoded(NamedTuple):
    """A frame as the decoder gives it."""

    frame: VideoFrame

    time_s: float | None
    """Since the container's start; None without a time stamp."""

    corrupt: bool
    """Whether it was made from a damaged packet, is the first behind one that was lost, or lies
    between such a frame and the next key frame."""


class Packets:
    """The frames of an open video, and how reading ended.

    Parameters
    ----------
    source : Opened
        At the place from which it is to be decoded.

    Attributes
    ----------
    broken : str or None
        Why reading ended before the file's end; None while it has not, or if it did not.
    """

    def __init__(self, source: Opened) -> None:
        self._source = source
        self._damaged: set[int | None] = set()
        self._lost: list[int] = []
        self._fresh: set[int] = set()
        self._decoding_stamps: deque[int | None] | None = (
            deque() if source.in_decoding_order else None
        )
        self._spoiled = False
        self.broken: str | None = None

    def frames(self) -> Iterator[Decoded]:
        """Decode to the end.

        Yields
        ------
        Decoded
        """
        for packet in self._packets():
            for frame in self._decoded(packet):
                yield self._marked(frame)
        for frame in self._decoded(None):
            yield self._marked(frame)

    def _decoded(self, packet: "Packet[VideoStream] | None") -> list[VideoFrame]:
        stamps = self._decoding_stamps
        if stamps is not None and packet is not None:
            stamps.append(packet.dts)
        try:
            return self._source.stream.codec_context.decode(packet)
        except av.EOFError:
            return []
        except av.FFmpegError:
            if stamps:
                stamps.pop()
            if packet is not None and packet.pts is not None:
                self._lost.append(packet.pts)
            return []

    def _packets(self) -> Iterator["Packet[VideoStream]"]:
        failures = 0
        while failures < _MOST_FAILURES:
            try:
                # What the last packet, an empty one, would do is done by `frames`.
                for packet in filter(_is_full, self._source.container.demux(self._source.stream)):
                    failures = 0
                    self.broken = "the last packet is incomplete" if packet.is_corrupt else None
                    if packet.is_corrupt:
                        self._damaged.add(packet.pts)
                    if packet.is_keyframe and packet.pts is not None:
                        self._fresh.add(packet.pts)
                    yield packet
            except (av.FFmpegError, OSError, IndexError) as error:
                failures += 1
                self.broken = f"reading ended early ({words_of(error)})"
            else:
                return

    def _marked(self, frame: VideoFrame) -> Decoded:
        damaged = frame.is_corrupt or frame.pts in self._damaged
        # Behind what was lost, decoders also call frames key frames that are none.
        fresh = frame.key_frame and (frame.pts is None or frame.pts in self._fresh)
        lost = frame.pts is not None and any(pts <= frame.pts for pts in self._lost)
        # What hangs on a damaged frame is not marked by the decoder, and shows what is not there.
        self._spoiled = damaged or (not fresh and (lost or self._spoiled))
        self._forget(frame.pts)
        return Decoded(frame, self._source.time_s(self._stamp(frame)), self._spoiled)

    def _forget(self, shown: int | None) -> None:
        """Forget the packets of frames that have been shown."""
        if shown is not None:
            self._lost = [pts for pts in self._lost if pts > shown]
            self._fresh = {pts for pts in self._fresh if pts > shown}

    def _stamp(self, frame: VideoFrame) -> int | None:
        if self._decoding_stamps is not None:
            # A frame is a packet, so the n-th that is shown is shown when the n-th was decoded.
            return self._decoding_stamps.popleft() if self._decoding_stamps else None
        # The decoder hands stamps of decoding on in the order in which frames are shown.
        return frame.pts if frame.pts is not None else frame.dts


def _is_full(packet: "Packet[VideoStream]") -> bool:
    return packet.size > 0
