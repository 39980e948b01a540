"""Camera raw files: what the sensor saw, before it becomes a picture.

Most are TIFF files whose first picture is a thumbnail, so that a reader of TIFF takes them for
tiny photographs.
"""

import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from lakehouse.pictures.kinds import CAMERA_RAW, HEAD_BYTES, RAW_ENDINGS, picture_format

_KIND_OF_PICTURE: Final = 254
_PHOTOMETRIC: Final = 262
_MAKE: Final = 271
_SUB_DIRECTORIES: Final = 330
_DNG_VERSION: Final = 50706
_REDUCED: Final = 1
_SENSOR: Final = (32803, 34892)
"""Colours side by side as the sensor's filters are, and light as it was measured."""

_TAGS: Final = (_KIND_OF_PICTURE, _PHOTOMETRIC, _MAKE, _SUB_DIRECTORIES, _DNG_VERSION)
_MOST_DIRECTORIES: Final = 32


def is_camera_raw(stream: BinaryIO) -> bool:
    """Tell by its content whether a file is a camera raw file.

    Parameters
    ----------
    stream : binary file
        Can be sought.

    Returns
    -------
    bool
    """
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    kind = picture_format(head)
    if kind not in ("TIFF", "BigTIFF"):
        return kind == CAMERA_RAW
    return any(
        _DNG_VERSION in tags
        or tags.get(_PHOTOMETRIC) in _SENSOR
        or (place == 0 and _MAKE in tags and tags.get(_KIND_OF_PICTURE) == _REDUCED)
        for place, tags in enumerate(_directories(stream, head))
    )


def file_is_camera_raw(path: Path, ending: str) -> bool:
    """Tell whether a file is a camera raw file, by its ending only where its content is silent.

    Parameters
    ----------
    path : Path
        A regular file.
    ending : str
        Its ending, with the dot.

    Returns
    -------
    bool
    """
    by_ending = ending.lower() in RAW_ENDINGS
    try:
        with path.open("rb") as stream:
            known = picture_format(stream.read(HEAD_BYTES)) is not None
            return is_camera_raw(stream) if known else by_ending
    except OSError:
        return by_ending


def _directories(stream: BinaryIO, head: bytes) -> Iterator[dict[int, object]]:
    """Give the tags of a TIFF file's directories, the first one first, as far as they are read."""
    # Late, because most files need nothing of it.
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    header = head[:16] if head[2:4] in (b"+\0", b"\0+") else head[:8]
    waiting: list[object] = [ImageFileDirectory_v2(header).next]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        offset = waiting.pop(0)
        if not isinstance(offset, int) or offset in seen:
            continue
        seen.add(offset)
        directory = ImageFileDirectory_v2(header)
        tags: dict[int, object] = {}
        # Of a damaged file there is less to see.
        with suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            stream.seek(offset)
            directory.load(stream)
            tags |= {tag: directory[tag] for tag in _TAGS if tag in directory}
        yield tags
        below = tags.get(_SUB_DIRECTORIES)
        waiting += below if isinstance(below, tuple) else [below]
        waiting.append(directory.next)
