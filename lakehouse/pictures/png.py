"""The checksums of PNG files, which Pillow does not look at where the pixels are."""

import struct
import zlib
from typing import Final

from lakehouse.pictures.problems import DamagedImageError

_SIGNATURE_BYTES: Final = 8
_OPTIONAL: Final = 0x20
"""In the first letter of a chunk that a reader may ignore."""


def without_damaged_notes(content: bytes) -> bytes:
    """Verify every checksum up to the picture's end.

    Parameters
    ----------
    content : bytes
        A PNG file.

    Returns
    -------
    bytes
        The file without those chunks that are damaged and say nothing of the pixels.

    Raises
    ------
    DamagedImageError
        If a chunk that the pixels depend on is damaged or cut off.
    """
    kept = [content[:_SIGNATURE_BYTES]]
    place = _SIGNATURE_BYTES
    while place + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        if kind == b"IEND":
            break
        end = place + 12 + length
        name = kind.decode("ascii", "backslashreplace")
        if end > len(content):
            raise DamagedImageError(f"the file is truncated in its chunk {name}")
        (checksum,) = struct.unpack_from(">I", content, end - 4)
        if checksum == zlib.crc32(memoryview(content)[place + 4 : end - 4]):
            kept.append(content[place:end])
        elif not kind[0] & _OPTIONAL or kind == b"tRNS":
            raise DamagedImageError(f"the checksum of the chunk {name} is wrong")
        place = end
    return b"".join([*kept, content[place:]])
