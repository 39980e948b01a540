"""A zoo of video files, good and bad, and what is to become of each.

Frames carry their number, so that a test can tell whether each is there and in its place.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np

from tests.numbered_video import Film, write

# It writes what it thinks to standard error.
os.environ.setdefault("SVT_LOG", "0")

UNEVEN = (0, 33, 66, 150, 151, 190, 300, 302, 500, 900, 933, 966, 1000, 1100)
"""Milliseconds."""

NTSC = {
    "ticks": tuple(1001 * number for number in range(24)),
    "time_base": Fraction(1, 30000),
    "rate": Fraction(30000, 1001),
}
LATE = tuple(range(125, 149))
MILLISECOND = Fraction(1, 1000)
LONG = Film(ticks=tuple(range(60)), b_frames=2, muxer={"movflags": "faststart"}, grain=40)
X265 = {"x265-params": "log-level=none"}
FAST = {"deadline": "realtime"}


@dataclass(frozen=True)
class Specimen:
    """A file of the zoo.

    Attributes
    ----------
    name : str
        File name, with an ending.
    film : Film
        How it was written, before it was damaged.
    damage : callable, optional
        From the file's bytes to those that are kept.
    status, error : str
        As in `videos`; part of the error, empty for none.
    facts : dict
        Facts that are checked.
    rounded_s : float
        How far the container rounds times.
    """

    name: str
    film: Film = field(default_factory=Film)
    damage: Callable[[bytes], bytes] | None = None
    status: str = "ok"
    error: str = ""
    facts: dict[str, object] = field(default_factory=dict)
    rounded_s: float = 0.0

    @property
    def opens(self) -> bool:
        """Whether it has frames."""
        return self.status in ("ok", "truncated") and "no frame" not in self.error

    def write(self, folder: Path) -> Path:
        """Write the file."""
        path = folder / self.name
        write(self.film, path)
        if self.damage:
            path.write_bytes(self.damage(path.read_bytes()))
        return path


def write_video_zoo(folder: Path) -> Path:
    """Write every specimen."""
    for specimen in video_zoo():
        specimen.write(folder)
    return folder


@cache
def video_zoo() -> tuple[Specimen, ...]:
    """Give every specimen."""
    return (*codecs(), *clocks(), *shapes(), *turned(), *damaged(), *no_videos())


def codecs() -> Iterator[Specimen]:
    """Codecs and containers that are read."""
    for name, container in (
        ("h264.mp4", "mp4"), ("h264.mov", "mov"), ("h264.mkv", "matroska"), ("h264.ts", "mpegts"),
        ("h264.flv", "flv"), ("h264.avi", "avi"),
    ):  # fmt: skip
        yield Specimen(name, Film(container, b_frames=2), facts={"codec": "h264"})
    fragments = {"movflags": "frag_keyframe+empty_moov"}
    yield Specimen("fragments.mp4", Film(muxer=fragments, b_frames=2))
    yield Specimen("camcorder.m2ts", Film("mpegts", muxer={"mpegts_m2ts_mode": "1"}, b_frames=2))
    yield Specimen("sound.mp4", Film(b_frames=2, sound=True))
    yield Specimen("open-gop.mkv", Film("matroska", b_frames=3, options=x264("open-gop=1")))
    yield Specimen("refreshed.mp4", Film(options=x264("intra-refresh=1")))
    yield Specimen("hevc.mp4", Film(codec="libx265", options=X265, b_frames=2))
    ten = Film("matroska", "libx265", "yuv420p10le", options=X265)
    yield Specimen("hevc10.mkv", ten, facts={"pixel_format": "yuv420p10le", "codec": "hevc"})
    av1 = Film(codec="libsvtav1", options={"preset": "8", "crf": "20"}, shape=(128, 96))
    yield Specimen("av1.mp4", av1, facts={"codec": "av1"})
    yield Specimen("vp8.webm", Film("webm", "libvpx", options=FAST))
    hidden = {"deadline": "good", "auto-alt-ref": "1", "lag-in-frames": "10"}
    yield Specimen("hidden.webm", Film("webm", "libvpx", options=hidden, gop=12))
    yield Specimen("vp9.webm", Film("webm", "libvpx-vp9", options=FAST))
    yield Specimen("mjpeg.avi", Film("avi", "mjpeg", "yuvj420p"))
    yield Specimen("mpeg4.avi", Film("avi", "mpeg4", b_frames=2), facts={"header_frames": 24})
    yield Specimen("prores.mov", Film("mov", "prores_ks", "yuv422p10le"))
    yield Specimen("mpeg2.mpg", Film("mpeg", "mpeg2video", b_frames=2))
    yield Specimen("ffv1.mkv", Film("matroska", "ffv1"))
    yield Specimen("wmv2.wmv", Film("asf", "wmv2"))
    yield Specimen("animated.gif", Film("gif", "gif", "rgb8"))


def clocks() -> Iterator[Specimen]:
    """Frame rates, variable ones, and clocks that do not begin at 0."""
    yield Specimen("ntsc.mp4", Film(b_frames=2, **NTSC))
    yield Specimen("ntsc.mkv", Film("matroska", **NTSC), rounded_s=0.00051)
    for name, container in (("uneven.mp4", "mp4"), ("uneven.mkv", "matroska")):
        yield Specimen(name, Film(container, ticks=UNEVEN, time_base=MILLISECOND, b_frames=2))
    # As telephones do that cut a clip: frames that others hang on stay in the file.
    cut_away = Film(ticks=tuple(range(-5, 19)), b_frames=2, muxer={"avoid_negative_ts": "disabled"})
    yield Specimen("trimmed.mp4", cut_away, facts={"header_frames": 19, "start_s": 0.0})
    for name, container in (("late.mkv", "matroska"), ("late.ts", "mpegts")):
        yield Specimen(name, Film(container, ticks=LATE), facts={"start_s": 5.0})


def shapes() -> Iterator[Specimen]:
    """Sizes, and shapes of pixels."""
    odd = Film("matroska", "libvpx-vp9", options=FAST, shape=(67, 49))
    yield Specimen("odd.mkv", odd, facts={"width": 67, "height": 49})
    yield Specimen("one.mp4", Film(ticks=(0,)), facts={"header_frames": 1})
    wide = {"width": 93, "height": 48}
    yield Specimen("wide-pixels.mp4", Film(aspect=Fraction(16, 11)), facts=wide)
    yield Specimen(
        "interlaced.mp4",
        Film(interlaced=True, options=x264("interlaced=1")),
        facts={"interlaced": True},
    )


def turned() -> Iterator[Specimen]:
    """Every way in which a picture can be stored, with the matrix that undoes it."""
    one = 1 << 16
    for rotation in (0, 90, 180, 270):
        for mirrored in (False, True):
            if not rotation and not mirrored:
                continue
            a, b, c, d = _MATRICES[rotation]
            # Mirrored first, so that x counts from the other side.
            x, y = (-a, -b) if mirrored else (a, b)
            matrix = (x * one, y * one, 0, c * one, d * one, 0, 0, 0, 1 << 30)
            name = f"turned-{rotation}{'-mirrored' if mirrored else ''}.mp4"
            film = Film(turn=_Stored(rotation, mirrored), matrix=matrix, b_frames=1)
            facts = {"rotation": rotation, "mirrored": mirrored, "width": 64, "height": 48}
            yield Specimen(name, film, facts=facts)


def damaged() -> Iterator[Specimen]:
    """Files that are cut short or overwritten."""
    missing = "bytes are missing"
    for name, container in (("mp4", "mp4"), ("mkv", "matroska"), ("ts", "mpegts")):
        film = replace(LONG, container=container, muxer=LONG.muxer if name == "mp4" else {})
        yield Specimen(f"cut.{name}", film, cut, "truncated", missing)
        yield Specimen(f"corrupt.{name}", film, overwritten)
    old = replace(LONG, container="avi", codec="mpeg4", b_frames=0, muxer={})
    yield Specimen("cut.avi", old, cut, "truncated", missing)
    kept = replace(LONG, container="matroska", muxer={}, gop=60, ticks=tuple(range(120)))
    yield Specimen("ends-early.mkv", kept, broken_off, "truncated", "frames end at")


def no_videos() -> Iterator[Specimen]:
    """Files that give no frames, and one whose name is wrong."""
    unfinished = replace(LONG, muxer={})
    yield Specimen("unfinished.mp4", unfinished, without_index, "unreadable", "never finished")
    yield Specimen("beheaded.mp4", LONG, start_only, "truncated", "no frame could be decoded")
    yield Specimen("empty.mp4", damage=lambda _: b"", status="unreadable", error="empty")
    text = b"Participant 7 smiled, and the camera was off.\n" * 40
    yield Specimen("renamed.mp4", damage=lambda _: text, status="unreadable", error="not a video")
    sound = Film("mp4", ticks=(), sound=True)
    yield Specimen("sound-only.mp4", sound, status="no_video_stream", error="sound only")
    yield Specimen("bare.h264", Film("h264", b_frames=2), status="no_timestamps", error="h264")
    yield Specimen("called-otherwise.avi", Film(b_frames=2), facts={"codec": "h264"})
    slanted = Film(matrix=(46341, 46341, 0, -46341, 46341, 0, 0, 0, 1 << 30))
    yield Specimen("slanted.mp4", slanted, status="unsupported", error="slant")


def without_index(content: bytes) -> bytes:
    """Cut off what a camera writes last."""
    return content[: content.index(b"moov") - 4]


def start_only(content: bytes) -> bytes:
    """Keep the index and nothing that it leads to."""
    return content[: content.index(b"mdat") + 4]


def cut(content: bytes) -> bytes:
    """Cut a file short."""
    return content[: len(content) * 85 // 100 + 7]


def overwritten(content: bytes) -> bytes:
    """Overwrite something in the middle."""
    middle = len(content) * 6 // 10
    noise = np.random.default_rng(5).integers(0, 256, 200, dtype=np.uint8).tobytes()
    return content[:middle] + noise + content[middle + 200 :]


def broken_off(content: bytes) -> bytes:
    """Blank a file's second half, but for its very end."""
    middle = len(content) // 2
    return content[:middle] + bytes(len(content) - middle - 500) + content[-500:]


def x264(words: str) -> dict[str, str]:
    """Give the encoder parameters of its own."""
    return {"x264-params": words}


_MATRICES = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""By which a picture is turned clockwise."""


@dataclass(frozen=True)
class _Stored:
    """From an upright picture to one that is upright once mirrored and then turned clockwise."""

    rotation: int
    mirrored: bool

    def __call__(self, upright: np.ndarray) -> np.ndarray:
        pixels = np.rot90(upright, self.rotation // 90)
        return pixels[:, ::-1] if self.mirrored else pixels
