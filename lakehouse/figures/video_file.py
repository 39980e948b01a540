"""Writing pictures as a video that browsers play."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.video.reformatter import Colorspace

from lakehouse.figures.canvas import Pixels

_OPTIONS: Final = {
    # Photographs stay sharp enough to judge a mesh by; a frame takes about 70 kB.
    "crf": "23",
    "preset": "veryfast",
}
_BT709: Final = 1


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
    count = 0
    # Before a colon, a name that does not begin with a slash would be a protocol.
    whole = path.absolute()
    with av.open(whole, "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps, options=_OPTIONS)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        # Said, because players guess wrongly what numbers without a name mean.
        context = stream.codec_context
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        # A browser that is sent to a place must decode from the last key frame on.
        context.gop_size = max(1, 2 * fps)
        for picture in frames:
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(
                format="yuv420p", dst_colorspace=Colorspace.ITU709
            )
            frame.pts = count
            frame.time_base = Fraction(1, fps)
            container.mux(stream.encode(frame))
            count += 1
        container.mux(stream.encode())
    return count
