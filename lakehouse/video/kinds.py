"""Which files are videos: by their first bytes, without a decoder being loaded.

Animated pictures (GIF, PNG, WebP, AVIF) are photographs here, of which the first frame is taken: a
file is a photograph or a video, never both. `decoding` reads a GIF all the same.
"""

import os
from pathlib import Path
from typing import Final

from lakehouse.paths import ending_apart
from lakehouse.system.regular_files import open_at_once

ENDINGS: Final = frozenset(
    {
        *(".3g2", ".3gp", ".asf", ".avi", ".dv", ".f4v", ".flv", ".h264", ".h265", ".hevc"),
        *(".ivf", ".m1v", ".m2t", ".m2ts", ".m2v", ".m4v", ".mk3d", ".mkv", ".mod", ".mov"),
        *(".mp4", ".mpe", ".mpeg", ".mpg", ".mts", ".mxf", ".ogv", ".qt", ".tod", ".ts"),
        *(".vob", ".webm", ".wmv", ".y4m"),
    }
)
"""Endings of video files."""

HEAD_BYTES: Final = 1024
"""How much of a file `container_format` looks at."""

ELEMENTARY: Final = frozenset({"h264", "hevc", "m4v", "mpegvideo"})
"""Bare streams of pictures without a container, which hold no time stamps."""

_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"FLV\x01", "flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", "asf"),
    (b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02", "mxf"),
    (b"DKIF\x00\x00", "ivf"),
    (b"YUV4MPEG2 ", "yuv4mpegpipe"),
    (b"\x1f\x07\x00", "dv"),
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"\x00\x00\x01\xb3", "mpegvideo"),
    (b"\x00\x00\x01\xb0", "m4v"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_ATOMS: Final = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"moof"})
"""What may begin a QuickTime file that says no brand."""

_OTHER_BRANDS: Final = frozenset(
    {
        *(b"avif", b"avis", b"crx ", b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"),
        *(b"mif1", b"msf1", b"jp2 ", b"jpx ", b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"aax "),
    }
)
"""Brands of pictures and of sound, which lie in the same container."""

_TS_PACKETS: Final = ((0, 188), (4, 192))
"""Where the first packet of a transport stream begins, and how long packets are."""

_OGG_VIDEO: Final = (b"\x80theora", b"fishead\x00", b"BBCD\x00", b"OVP80")
_H264_FIRST: Final = frozenset({6, 7, 9})
_HEVC_FIRST: Final = frozenset({32, 33, 35, 39})


def container_format(head: bytes) -> str | None:
    """Tell a video's container from its first bytes.

    Parameters
    ----------
    head : bytes
        At least the first `HEAD_BYTES` bytes of the file, if it has as many.

    Returns
    -------
    str or None
        FFmpeg's name of what reads it, or None if it is no video. Playlists and other texts that
        name further files are none.
    """
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    kind = head[4:8]
    if kind == b"ftyp":
        return None if head[8:12] in _OTHER_BRANDS else "mov"
    if kind in _ATOMS:
        return "mov"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi"
    if head[:4] == b"OggS":
        return "ogg" if any(mark in head for mark in _OGG_VIDEO) else None
    return _stream_format(head)


def is_video(head: bytes) -> bool:
    """Tell from its first bytes whether a file is a video.

    Parameters
    ----------
    head : bytes
        At least the first `HEAD_BYTES` bytes of the file, if it has as many.

    Returns
    -------
    bool
        False for animated pictures.
    """
    return container_format(head) not in (None, "gif")


def may_be_video(path: Path) -> bool:
    """Look into a file whether it is to be treated as a video.

    Returns
    -------
    bool
        True if its bytes are a video's, whatever its name; or if it is called like one, so that
        what cannot be read is told.
    """
    if path.suffix.lower() in ENDINGS:
        return True
    try:
        return is_video(read_head(path))
    except OSError:
        return False


def without_ending(name: str) -> tuple[str, str]:
    """Split a path into the part that a layout describes and its video ending.

    Parameters
    ----------
    name : str
        A file name or a path with ``/``.

    Returns
    -------
    tuple of str
        Name and ending with its dot; the ending is empty unless it is a video's.
    """
    return ending_apart(name, ENDINGS)


def read_head(path: Path) -> bytes:
    """Read the first `HEAD_BYTES` of a file.

    Raises
    ------
    OSError
        If it cannot be read, or is a pipe.
    """
    descriptor = open_at_once(path)
    try:
        return os.read(descriptor, HEAD_BYTES)
    finally:
        os.close(descriptor)


def _stream_format(head: bytes) -> str | None:
    """Tell what has no signature, but a mark that returns."""
    for start, length in _TS_PACKETS:
        marks = head[start : start + 3 * length : length]
        # Two packets at least: "G" also begins words.
        if marks.startswith(b"GG") and marks.strip(b"G") == b"":
            return "mpegts"
    if not head.startswith((b"\x00\x00\x00\x01", b"\x00\x00\x01")):
        return None
    first = head[head.index(b"\x01") + 1 :][:2]
    if len(first) < 2 or first[0] & 0x80:
        return None
    if first[0] >> 1 in _HEVC_FIRST and first[0] & 1 == 0 and first[1] == 1:
        return "hevc"
    return "h264" if first[0] & 0x1F in _H264_FIRST else None
