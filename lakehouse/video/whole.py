"""Whether a file is as long as it says itself.

FFmpeg reads what is there, and tells of many files that were cut short that all is well.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

_LARGEST_VINT: Final = 8
_EBML: Final = 0x1A45DFA3
_SEGMENT: Final = 0x18538067
_TS_PACKET: Final = 188


def missing_bytes(path: Path, container: str) -> int:
    """Count the bytes that a file's own header promises and that are not there.

    Parameters
    ----------
    container : str
        As `lakehouse.video.kinds.container_format` names it.

    Returns
    -------
    int
        0 if the file is whole, or does not say how long it is.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    promised = _PROMISED.get(container)
    if promised is None:
        return 0
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        return max(0, promised(file, size) - size)


def _boxes(file: BinaryIO, size: int) -> int:
    """Follow the boxes of MP4 and QuickTime, which lie one behind the other."""
    end = 0
    while end + 8 <= size:
        file.seek(end)
        head = file.read(16)
        length = int.from_bytes(head[:4], "big")
        if not head[4:8].isalnum():
            # Something that was put behind the video.
            return size
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length < 8:
            # 0 is "until the end"; less than its own head means nothing.
            return size
        end += length
    return end


def _riff(file: BinaryIO, size: int) -> int:
    """Follow the chunks of an AVI file; large ones have several."""
    end = 0
    while end + 8 <= size:
        file.seek(end)
        head = file.read(8)
        if head[:4] != b"RIFF":
            return size
        length = int.from_bytes(head[4:8], "little")
        if not length:
            # Nobody came back to fill it in.
            return size
        end += 8 + length
        end += length % 2 if end < size else 0
    return end


def _ebml(file: BinaryIO, size: int) -> int:
    """Follow the two elements of a Matroska file."""
    end = 0
    while end < size:
        file.seek(end)
        head = file.read(12)
        name = int.from_bytes(head[:4], "big")
        length, used = _vint(head[4:])
        if name not in (_EBML, _SEGMENT) or length is None:
            return size
        end += 4 + used + length
        if name == _SEGMENT:
            return end
    return end


def _vint(octets: bytes) -> tuple[int | None, int]:
    """Read a number of variable length; all ones mean that it is not known."""
    used = _LARGEST_VINT + 1 - octets[0].bit_length() if octets else _LARGEST_VINT + 1
    if used > min(_LARGEST_VINT, len(octets)):
        return None, used
    most = (1 << 7 * used) - 1
    number = int.from_bytes(octets[:used], "big") & most
    return (None if number == most else number), used


def _transport(file: BinaryIO, size: int) -> int:
    """Round up to whole packets."""
    return -(-size // _TS_PACKET) * _TS_PACKET if file.read(1) == b"G" else size


_PROMISED: Final[dict[str, Callable[[BinaryIO, int], int]]] = {
    "mov": _boxes,
    "avi": _riff,
    "matroska": _ebml,
    "mpegts": _transport,
}
