"""Which files are photographs: by a known ending, or by their first bytes."""

import os
from pathlib import Path
from typing import Final

from lakehouse.paths import ending_apart
from lakehouse.system.regular_files import open_at_once

RAW_ENDINGS: Final = frozenset(
    {
        *(".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq"),
        *(".kdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".rw2", ".rwl"),
        *(".sr2", ".srf", ".srw", ".x3f"),
    }
)
"""Endings of camera raw files."""

ENDINGS: Final = RAW_ENDINGS | frozenset(
    {
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".gif", ".bmp", ".dib", ".tif"),
        *(".tiff", ".webp", ".avif", ".heic", ".heif", ".hif", ".jp2", ".j2k", ".jpx", ".jxl"),
        *(".ppm", ".pgm", ".pnm"),
    }
)
"""Endings of picture files. Anything else after a dot is part of the name, so that the files
of a dataset may be called ``subject07.happy``."""

CAMERA_RAW: Final = "camera raw"
"""The format of what is no picture yet, as `picture_format` calls it."""

HEAD_BYTES: Final = 32
"""How much of a file `picture_format` looks at."""

_BITMAP_HEADER_SIZES: Final = frozenset({12, 40, 52, 56, 64, 108, 124})
_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "BigTIFF"),
    (b"MM\x00+", "BigTIFF"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"FUJIFILMCCD-RAW", CAMERA_RAW),
    (b"IIU\x00", CAMERA_RAW),
    (b"IIRO", CAMERA_RAW),
    (b"IIRS", CAMERA_RAW),
    (b"MMOR", CAMERA_RAW),
    (b"FOVb", CAMERA_RAW),
    (b"\x00MRM", CAMERA_RAW),
)
_RAW_MARKS: Final = ((6, b"HEAPCCDR"), (8, b"CR\x02"), (8, b"IIII"), (8, b"MMMM"))
"""Where and what stands in the head of raw files that else begin like TIFF files."""

_CONTAINER_BRANDS: Final = {
    b"crx ": CAMERA_RAW,
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"hevc": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"mif1": "HEIF",
    b"msf1": "HEIF",
}


def split_ending(name: str) -> tuple[str, str]:
    """Split a path into the part that the layout describes and its picture ending.

    Parameters
    ----------
    name : str
        A file name or a path with ``/``.

    Returns
    -------
    tuple of str
        Name and ending with its dot; the ending is empty unless it is a picture's.
    """
    return ending_apart(name, ENDINGS)


def picture_format(head: bytes) -> str | None:
    """Tell a picture's format from its first bytes.

    Parameters
    ----------
    head : bytes
        At least the first `HEAD_BYTES` bytes of the file, if it has as many.

    Returns
    -------
    str or None
        A name of the format, or None if it is no picture. That of many camera raw files is
        TIFF; see `lakehouse.pictures.camera_raw`.
    """
    if head[:2] in (b"II", b"MM") and any(head[at:].startswith(mark) for at, mark in _RAW_MARKS):
        return CAMERA_RAW
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        return _CONTAINER_BRANDS.get(head[8:12])
    # "BM" alone also begins ordinary text.
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BITMAP_HEADER_SIZES:
        return "BMP"
    return None


def may_be_picture(path: Path) -> bool:
    """Look into a regular file without a picture's ending.

    Returns
    -------
    bool
        True if its bytes are a picture's, or if nobody can tell because it cannot be opened.
    """
    try:
        # Not opened for reading if it is a pipe: that would wait for a writer.
        descriptor = open_at_once(path)
    except OSError:
        return True
    try:
        return picture_format(os.read(descriptor, HEAD_BYTES)) is not None
    except OSError:
        return True
    finally:
        os.close(descriptor)
