"""Byte surgery on picture files: what cameras, cards and cables do to them."""

import io
import zlib
from collections.abc import Iterator

import numpy as np
import tifffile

from tests.photographs import portrait

START_OF_SCAN = b"\xff\xda"
END = b"\xff\xd9"


def scan_of(jpeg: bytes) -> tuple[int, int]:
    """Give where the pixels of a JPEG's first scan begin, and where its end is marked."""
    header = jpeg.index(START_OF_SCAN) + 2
    length = int.from_bytes(jpeg[header : header + 2], "big")
    return header + length, jpeg.index(END, header)


def without(content: bytes, place: int, count: int) -> bytes:
    """Cut bytes out."""
    return content[:place] + content[place + count :]


def zeroed(content: bytes, place: int, count: int) -> bytes:
    """Overwrite bytes with zeros, as a sector that was never written reads."""
    return content[:place] + bytes(count) + content[place + count :]


def with_byte(content: bytes, place: int, value: int) -> bytes:
    """Overwrite one byte."""
    return content[:place] + bytes([value]) + content[place + 1 :]


def inserted(content: bytes, place: int, more: bytes) -> bytes:
    """Put bytes in."""
    return content[:place] + more + content[place:]


def chunks_of(png: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Give each chunk's kind, and where its content begins and ends."""
    place = 8
    while place < len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        yield png[place + 4 : place + 8], place + 8, place + 8 + length
        place += length + 12


def chunk(kind: bytes, content: bytes) -> bytes:
    """Give a sound chunk of a PNG file."""
    checksum = zlib.crc32(kind + content)
    return len(content).to_bytes(4, "big") + kind + content + checksum.to_bytes(4, "big")


def tiff(pixels: np.ndarray, **options: object) -> bytes:
    """Give a TIFF file as a program other than Pillow writes it."""
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, pixels, **options)
    return buffer.getvalue()


MAKE = (271, 2, 6, "NIKON", True)
DNG_VERSION = (50706, 1, 4, bytes((1, 4, 0, 0)), True)


def camera_raw() -> bytes:
    """Give a raw file as most cameras write it: a thumbnail, and the sensor's data below it."""
    thumbnail = np.asarray(portrait(160).resize((160, 120)))
    sensor = np.random.default_rng(0).integers(0, 4096, (480, 640), dtype=np.uint16)
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as file:
        file.write(thumbnail, photometric="rgb", subfiletype=1, subifds=1, extratags=[MAKE])
        file.write(sensor, photometric="cfa", subfiletype=0)
    return buffer.getvalue()
