import io
from pathlib import Path

import numpy as np
import pytest
import tifffile

from lakehouse.pictures.camera_raw import file_is_camera_raw, is_camera_raw
from lakehouse.pictures.decode import decode_image
from lakehouse.pictures.problems import ImageProblemError, UnsupportedImageError
from tests.photographs import encoded, portrait
from tests.surgery import DNG_VERSION, MAKE, camera_raw, tiff, with_byte

THUMBNAIL = np.asarray(portrait(160))
COLOURS = {"photometric": "rgb"}
TIFF_HEAD = b"II*\x00\x10\x00\x00\x00"


def thumbnail_and_raw_page() -> bytes:
    """Give a raw file whose sensor data stand in the next directory, not below the first."""
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as file:
        file.write(THUMBNAIL, **COLOURS)
        file.write(np.zeros((64, 64), np.uint16), photometric="cfa")
    return buffer.getvalue()


RAW = {
    "sensor data below a thumbnail": camera_raw(),
    "sensor data behind a thumbnail": thumbnail_and_raw_page(),
    "sensor data alone": tiff(np.zeros((64, 64), np.uint16), photometric="cfa"),
    "measured light": tiff(THUMBNAIL.astype(np.uint16), photometric=34892, planarconfig="contig"),
    "DNG": tiff(THUMBNAIL, **COLOURS, extratags=[DNG_VERSION]),
    "a camera's thumbnail": tiff(THUMBNAIL, **COLOURS, subfiletype=1, extratags=[MAKE]),
    "Canon's CR2": TIFF_HEAD + b"CR\x02\x00" + bytes(99),
    "Canon's CR3": b"\0\0\0\x18ftypcrx " + bytes(99),
    "Canon's CRW": b"II\x1a\x00\x00\x00HEAPCCDR" + bytes(99),
    "Fujifilm's": b"FUJIFILMCCD-RAW 0201" + bytes(99),
    "Panasonic's": b"IIU\x00\x18\x00\x00\x00" + bytes(99),
    "Olympus's": b"IIRO\x08\x00\x00\x00" + bytes(99),
    "Minolta's": b"\0MRM" + bytes(99),
    "Sigma's": b"FOVb" + bytes(99),
    "Phase One's": b"II*\x00\x08\n\x00\x00IIIICwaR" + bytes(99),
}


@pytest.mark.parametrize("name", RAW)
def test_a_raw_file_is_known_by_its_content(name: str) -> None:
    assert is_camera_raw(io.BytesIO(RAW[name]))
    with pytest.raises(UnsupportedImageError, match="camera raw file; export it as JPEG"):
        decode_image(RAW[name])


def several_sizes() -> bytes:
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as file:
        file.write(THUMBNAIL, **COLOURS, subifds=1, extratags=[MAKE])
        file.write(THUMBNAIL[::2, ::2], **COLOURS, subfiletype=1)
    return buffer.getvalue()


PICTURES = {
    "a scanner's TIFF": tiff(THUMBNAIL, **COLOURS, extratags=[MAKE]),
    "a TIFF in several sizes": several_sizes(),
    "a big TIFF": tiff(THUMBNAIL, **COLOURS, bigtiff=True),
    "a JPEG": encoded(portrait(), "JPEG"),
    "a PNG": encoded(portrait(), "PNG"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_no_raw_file(name: str) -> None:
    assert not is_camera_raw(io.BytesIO(PICTURES[name]))
    decode_image(PICTURES[name])


@pytest.mark.parametrize("length", range(8, 400, 7))
def test_a_raw_file_that_ends_early_gives_no_picture(length: int) -> None:
    with pytest.raises(ImageProblemError):
        decode_image(camera_raw()[:length])


def test_directories_in_a_circle_are_gone_through_once() -> None:
    content = tiff(THUMBNAIL, **COLOURS, byteorder="<")
    first = int.from_bytes(content[4:8], "little")
    entries = int.from_bytes(content[first : first + 2], "little")
    # The place of the next directory becomes that of the first.
    circle = with_byte(content, first + 2 + 12 * entries, first)
    assert not is_camera_raw(io.BytesIO(circle))


@pytest.mark.parametrize(
    ("name", "content", "raw"),
    [
        ("a.nef", camera_raw(), True),
        ("a.tif", camera_raw(), True),
        ("a.nef", PICTURES["a JPEG"], False),
        ("a.NEF", b"what a card reader left", True),
        ("a.jpg", b"what a card reader left", False),
    ],
)
def test_an_ending_counts_where_the_content_says_nothing(
    name: str, content: bytes, raw: bool, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert file_is_camera_raw(file, file.suffix) is raw


def test_a_file_that_cannot_be_opened_goes_by_its_ending(tmp_path: Path) -> None:
    assert file_is_camera_raw(tmp_path / "gone.arw", ".arw")
    assert not file_is_camera_raw(tmp_path / "gone.jpg", ".jpg")
