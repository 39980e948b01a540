"""Clips as H.264 in MP4, with frames at exact times."""

from __future__ import annotations

import io
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import av
import numpy as np
from av.video.reformatter import Colorspace

from lakehouse.synthetic.clips.clip import Clip
from lakehouse.synthetic.clips.filming import TICKS, Filming, Ticks
from lakehouse.synthetic.photo_pixels import Image

_OPTIONS: Final = {
    "crf": "23",
    "preset": "veryfast",
    # What x264 writes depends on its number of threads, and files must not depend on the machine.
    "threads": "1",
    # With it, and with frames that look forward, x264 gives other bytes every now and then.
    "x264-params": "mbtree=0",
}
_BT709: Final = 1
_USUAL_RATE: Final = 30
"""What the encoder is told where the rate varies."""


def encoded(clip: Clip) -> bytes:
    """Draw a clip and encode it.

    Returns
    -------
    bytes
        An MP4 file; the same clip gives the same bytes.
    """
    return encoded_pictures(clip.pictures(), clip.ticks, clip.filming)


def encoded_pictures(pictures: Iterable[Image], ticks: Ticks, filming: Filming) -> bytes:
    """Encode pictures at given times.

    Parameters
    ----------
    pictures : iterable of ndarray of uint8, shape (height, width, 3)
        RGB, upright, of the filming's size.
    ticks : ndarray of int64
        Each picture's time in 1/90,000 s, ascending.
    filming : Filming
        Of its rate the encoder is told only; times do not depend on it.

    Returns
    -------
    bytes
        An MP4 file.
    """
    quarters = filming.rotation_deg // 90
    width, height = filming.size[::-1] if quarters % 2 else filming.size
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=filming.rate or _USUAL_RATE, options=_OPTIONS)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS)
        context = stream.codec_context
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        if quarters:
            stream.set_display_rotation(filming.rotation_deg)
        for tick, picture in zip(ticks.tolist(), pictures, strict=True):
            stored = np.ascontiguousarray(np.rot90(picture, -quarters))
            frame = av.VideoFrame.from_ndarray(stored, format="rgb24").reformat(
                format="yuv420p", dst_colorspace=Colorspace.ITU709
            )
            frame.pts, frame.time_base = tick, Fraction(1, TICKS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return buffer.getvalue()
