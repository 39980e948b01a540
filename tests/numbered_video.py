"""Videos whose frames carry their number in coarse blocks, which any codec leaves legible.

Four by three blocks: the first row is white in its first block only, which tells how a picture
is turned and mirrored; the others are the eight bits of the number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

ROWS, COLUMNS = 3, 4
DARK, LIGHT = 40, 215


def picture(number: int, width: int = 64, height: int = 48) -> np.ndarray:
    """Draw a number of 0 to 255 as an upright picture."""
    bits = [1, 0, 0, 0, *(number >> place & 1 for place in range(8))]
    blocks = np.where(np.reshape(bits, (ROWS, COLUMNS)), LIGHT, DARK).astype(np.uint8)
    rows = np.arange(height) * ROWS // height
    columns = np.arange(width) * COLUMNS // width
    return np.repeat(blocks[rows][:, columns, None], 3, axis=2)


def number_in(pixels: np.ndarray) -> int | None:
    """Read the number; None if the picture is not upright."""
    height, width, _ = pixels.shape
    rows = (np.arange(ROWS) * 2 + 1) * height // (2 * ROWS)
    columns = (np.arange(COLUMNS) * 2 + 1) * width // (2 * COLUMNS)
    bits = [int(pixels[y - 2 : y + 3, x - 2 : x + 3].mean() > 128) for y in rows for x in columns]
    if bits[:4] != [1, 0, 0, 0]:
        return None
    return sum(bit << place for place, bit in enumerate(bits[4:]))


@dataclass(frozen=True)
class Film:
    """How a video is written.

    Attributes
    ----------
    container, codec : str
        FFmpeg's names.
    ticks : sequence of int
        Time stamps of the frames in units of `time_base`.
    shape : tuple of int
        Width and height of the upright picture.
    turn : callable, optional
        From the upright picture to the stored one.
    matrix : sequence of int, optional
        Display matrix by which a player undoes that.
    grain : int
        How noisy pictures are, so that they take some room; at most 40.
    """

    container: str = "mp4"
    codec: str = "libx264"
    pix_fmt: str = "yuv420p"
    options: dict[str, str] = field(default_factory=dict)
    muxer: dict[str, str] = field(default_factory=dict)
    ticks: Sequence[int] = tuple(range(24))
    time_base: Fraction = Fraction(1, 25)
    rate: Fraction = Fraction(25)
    shape: tuple[int, int] = (64, 48)
    gop: int = 8
    b_frames: int = 0
    turn: object = None
    matrix: Sequence[int] | None = None
    aspect: Fraction | None = None
    interlaced: bool = False
    sound: bool = False
    grain: int = 0

    @property
    def times(self) -> list[float]:
        """Times of the frames since the first that is shown, exact; below 0 of those cut away."""
        start = max(self.ticks[0], 0)
        return [float((tick - start) * self.time_base) for tick in self.ticks]

    @property
    def shown(self) -> list[int]:
        """Numbers of the frames that are shown."""
        return [number for number, tick in enumerate(self.ticks) if tick >= 0]


def write(film: Film, path: Path) -> None:
    """Write a video of frames numbered from 0."""
    random = np.random.default_rng(0)
    pictures = (picture(number % 256, *film.shape) for number in range(len(film.ticks)))
    grainy = (
        pixels + random.integers(0, film.grain + 1, pixels.shape, dtype=np.uint8)
        for pixels in pictures
    )
    write_pictures(film, path, grainy)


def write_pictures(film: Film, path: Path, pictures: Iterable[np.ndarray]) -> None:
    """Write a video of pictures."""
    with av.open(path, "w", format=film.container, container_options=film.muxer) as container:
        if not film.ticks:
            write_sound(container, container.add_stream("aac", rate=8000), 1.0)
            return
        stream = container.add_stream(film.codec, rate=film.rate, options=film.options)
        context = stream.codec_context
        context.time_base = film.time_base
        stream.time_base = film.time_base
        context.gop_size, context.max_b_frames = film.gop, film.b_frames
        context.pix_fmt = film.pix_fmt
        if film.aspect:
            context.sample_aspect_ratio = film.aspect
        if film.matrix:
            stream.set_display_matrix(film.matrix)
        if film.interlaced:
            context.flags |= _INTERLACED
        sound = container.add_stream("aac", rate=8000) if film.sound else None
        for tick, pixels in zip(film.ticks, pictures, strict=True):
            stored = np.ascontiguousarray(film.turn(pixels) if film.turn else pixels)
            if tick == film.ticks[0]:
                context.height, context.width = stored.shape[:2]
            frame = av.VideoFrame.from_ndarray(stored, format="rgb24").reformat(format=film.pix_fmt)
            frame.pts, frame.time_base = tick, film.time_base
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if sound is not None:
            write_sound(container, sound, film.times[-1])


def write_sound(container, stream, seconds: float) -> None:
    """Write silence of a length."""
    samples = 1024
    for number in range(int(seconds * 8000) // samples + 1):
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, samples), dtype=np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate, frame.pts = 8000, number * samples
        container.mux(stream.encode(frame))
    container.mux(stream.encode())


_INTERLACED = 1 << 18 | 1 << 29
