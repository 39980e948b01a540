"""JPEG files, decoded so that damage does not pass.

The decoder meets bits that make no sense, mends the picture as well as it can, and says so in a
warning, which most programs never ask for. Here any warning counts, unless it is about something
that the picture does not depend on.
"""

import io
import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import simplejpeg
from PIL import Image, UnidentifiedImageError

from lakehouse.pictures.problems import (
    MIN_SIDE,
    DamagedImageError,
    ImageProblemError,
    UnsupportedImageError,
    require_size,
)

Pixels = npt.NDArray[np.uint8]

_START: Final = b"\xff\xd8"
_END: Final = b"\xff\xd9"
_SCAN: Final = 0xDA
_COMMENT: Final = 0xFE
_SEQUENTIAL: Final = (0xC0, 0xC1)
_BARE: Final = (0x01, *range(0xD0, 0xD8))
"""Markers that nothing belongs to."""

_MARKER: Final = re.compile(rb"\xff+([\x01-\xfe])")
_FILLING: Final = re.compile(rb"(?:(?<=\xff\x00)|(?<![\xff\x00]))\x00{2,}(?=\xff+[\xc4\xd0-\xda])")
"""Zeros with which some cameras fill up before a marker. A single one may be of the pixels, and
one after 255 says that the 255 is."""

_JFIF: Final = b"JFIF\0\1\2\0\0\1\0\1\0\0"
_WHOLE_SCAN: Final = b"\x00\x3f\x00"
_ENDS_EARLY: Final = "Premature end of JPEG file"
_CALLED: Final = re.compile(r"^tj\w+\(\): ")


def read_jpeg(content: bytes, *, least_side: int = MIN_SIDE) -> Pixels:
    """Decode a JPEG as it is stored, or refuse it.

    Parameters
    ----------
    content : bytes
        The whole file; what follows the picture's end is ignored.
    least_side : int
        Pictures with a shorter side are refused; in pixels.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
        RGB, contiguous; equal to what other decoders give.

    Raises
    ------
    DamagedImageError
        If the decoder says that a part of the picture is missing or wrong.
    UnsupportedImageError
        If it cannot decode this kind of JPEG: 12 bits, or colours that are sampled unusually.
    UnreadableImageError
        If the picture is too small or too large.
    """
    try:
        return _strictly(content, least_side)
    except ValueError as first:
        # Most often damage. But it may be disorder without consequence, which hides damage too,
        # because the decoder speaks of the first thing only.
        try:
            return _strictly(_tidied(content), least_side)
        except ValueError as second:
            said = first if _ENDS_EARLY in str(first) else second
            raise _problem(_CALLED.sub("", str(said))) from second


def _strictly(content: bytes, least_side: int) -> Pixels:
    try:
        height, width, colours, _ = simplejpeg.decode_jpeg_header(content, strict=False)
    except (KeyError, ValueError) as error:
        raise _headless(content) from error
    require_size(int(width), int(height), least=least_side)
    if colours in ("CMYK", "YCCK"):
        # Programs write these inverted, and Pillow turns them into RGB.
        inks = 255 - simplejpeg.decode_jpeg(content, "CMYK")
        return np.array(Image.fromarray(inks, "CMYK").convert("RGB"))
    pixels: Pixels = simplejpeg.decode_jpeg(content, "RGB")
    return pixels


def _problem(words: str) -> ImageProblemError:
    if words.startswith("Unsupported ") and not words.startswith("Unsupported marker"):
        return UnsupportedImageError(f"{words}; save it anew as an ordinary JPEG")
    return DamagedImageError(words)


def _headless(content: bytes) -> ImageProblemError:
    """Tell why there is no header, for which the decoder has one sentence in all cases."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
            image.load()
    except UnidentifiedImageError:
        return DamagedImageError("the JPEG file's header cannot be read")
    except Exception as error:  # decoders raise whatever they like on damaged files
        return DamagedImageError(str(error) or type(error).__name__)
    return UnsupportedImageError(
        "the JPEG file samples its colours in an unusual way; save it anew as an ordinary JPEG"
    )


def _tidied(content: bytes) -> bytes:
    """Copy a JPEG without what the picture does not depend on.

    Gone are metadata, stray bytes between segments and zeros before a marker; version and
    parameters that only one value is defined for are set to it, and the end is marked.
    """
    kept = [_START]
    sequential, components = False, b""
    for marker, body, end in _segments(content):
        if marker in _SEQUENTIAL:
            sequential, components = True, body[5:6]
        if marker == _SCAN:
            data = _FILLING.sub(b"", content[end:])
            if sequential:
                body = body[:-3] + _WHOLE_SCAN
                # Only where this scan is all that there is to come.
                if body[:1] == components and _END not in data:
                    data += _END
            return b"".join([*kept, _segment(marker, body), data])
        if (needed := _needed(marker, body)) is not None:
            kept.append(_segment(marker, needed))
    return content


def _segments(content: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Give each segment's marker, body and end, up to the first one of pixels."""
    place = len(_START)
    while found := _MARKER.search(content, place):
        marker, place = found[1][0], found.end()
        if marker in _BARE:
            continue
        body = place + 2
        place += int.from_bytes(content[place:body], "big")
        yield marker, content[body:place], place
        if marker == _SCAN:
            return


def _needed(marker: int, body: bytes) -> bytes | None:
    """Give what a segment adds to the picture, or None for nothing."""
    if marker == 0xE0 and body.startswith(b"JFIF\0"):
        return _JFIF
    if marker == 0xEE and body.startswith(b"Adobe"):
        return body
    return None if 0xE0 <= marker <= 0xEF or marker == _COMMENT else body


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
