"""TIFF files of all kinds, written by another program than reads them."""

import io
from typing import Any

import numpy as np
import pytest
import tifffile
from PIL import Image

from lakehouse.pictures.decode import decode_image
from lakehouse.pictures.problems import DamagedImageError, UnsupportedImageError
from tests.photographs import encoded, portrait
from tests.surgery import tiff, with_byte, zeroed

RGB = np.asarray(portrait())
GREY = np.asarray(portrait().convert("L"))
INKS = np.asarray(portrait().convert("CMYK"))
PLANES = np.moveaxis(RGB, 2, 0)
CLEAR = np.zeros_like(GREY)
WHITE, BLACK = {"photometric": "miniswhite"}, {"photometric": "minisblack"}
COLOURS: dict[str, Any] = {"photometric": "rgb"}
SEPARATE: dict[str, Any] = {**COLOURS, "planarconfig": "separate"}
ZLIB: dict[str, Any] = {"compression": "zlib"}
WIDE = GREY.astype(np.uint16) * 257
TWELVE = GREY.astype(np.uint16) * 16


def palette() -> bytes:
    picture = portrait().convert("P", palette=Image.Palette.ADAPTIVE)
    colours = np.array(picture.getpalette(), np.uint16).reshape(-1, 3).T * 257
    colours = np.pad(colours, ((0, 0), (0, 256 - colours.shape[1])))
    return tiff(np.asarray(picture), photometric="palette", colormap=colours)


def brightness_and_colour() -> bytes:
    return tiff(np.asarray(portrait().convert("YCbCr")), photometric="ycbcr")


RIGHT = {
    "colours": tiff(RGB, **COLOURS),
    "colours, compressed": tiff(RGB, **COLOURS, **ZLIB),
    "colours, predicted": tiff(RGB, **COLOURS, **ZLIB, predictor=True),
    "colours, in planes": tiff(PLANES, **SEPARATE),
    "colours, in compressed planes": tiff(PLANES, **SEPARATE, **ZLIB),
    "colours, in tiles": tiff(RGB, **COLOURS, tile=(64, 64)),
    "colours, in tiles of planes": tiff(PLANES, **SEPARATE, tile=(64, 64)),
    "colours, in strips": tiff(RGB, **COLOURS, rowsperstrip=16),
    "colours, big": tiff(RGB, **COLOURS, bigtiff=True),
    "colours, big-endian": tiff(RGB, **COLOURS, byteorder=">"),
    "16 bit": tiff(RGB.astype(np.uint16) * 257, **COLOURS),
    "16 bit, compressed": tiff(RGB.astype(np.uint16) * 257, **COLOURS, **ZLIB),
    "with two more channels": tiff(np.dstack([RGB, CLEAR, CLEAR]), **COLOURS),
    "palette": palette(),
    "brightness and colour": brightness_and_colour(),
    "jpeg inside": encoded(portrait(), "TIFF", compression="jpeg", quality=95),
    "lzw": encoded(portrait(), "TIFF", compression="tiff_lzw"),
}
RIGHT_GREY = {
    "grey": tiff(GREY, **BLACK),
    "white is zero": tiff(255 - GREY, **WHITE),
    "16 bit": tiff(WIDE, **BLACK),
    "16 bit, big-endian": tiff(WIDE, **BLACK, byteorder=">"),
    "16 bit, white is zero": tiff(65535 - WIDE, **WHITE),
    "16 bit, compressed, white is zero": tiff(65535 - WIDE, **WHITE, **ZLIB),
    "16 bit, in tiles, white is zero": tiff(65535 - WIDE, **WHITE, tile=(64, 64)),
    "12 of 16 bits": tiff(TWELVE, **BLACK),
    "12 of 16 bits, white is zero": tiff(4095 - TWELVE, **WHITE),
    "signed 16 bit": tiff(GREY.astype(np.int16) * 128, **BLACK),
    "floating point": tiff(GREY.astype(np.float32) / 255, **BLACK),
}


@pytest.mark.parametrize("name", RIGHT)
def test_colours_come_out_right(name: str) -> None:
    pixels = decode_image(RIGHT[name]).pixels.astype(float)
    # Palettes, brightness and colour, and JPEG are coarser than the portrait.
    coarse = any(word in name for word in ("palette", "brightness", "jpeg"))
    assert np.abs(pixels - RGB).mean() <= (4 if coarse else 0)


@pytest.mark.parametrize("name", RIGHT_GREY)
def test_greys_come_out_right(name: str) -> None:
    pixels = decode_image(RIGHT_GREY[name]).pixels.astype(float)
    # What has no natural range is stretched to one.
    assert np.abs(pixels - GREY[..., None]).mean() < 2


def test_inks_come_out_as_pillow_shows_them() -> None:
    expected = np.asarray(Image.fromarray(INKS, "CMYK").convert("RGB"))
    for inks in (INKS, INKS.astype(np.uint16) * 257):
        pixels = decode_image(tiff(inks, photometric="separated")).pixels
        assert np.array_equal(pixels, expected)


def test_of_pictures_of_several_sizes_the_first_and_largest_is_taken() -> None:
    content = encoded(
        portrait(), "TIFF", save_all=True, append_images=[portrait(160), portrait(80)]
    )
    assert np.array_equal(decode_image(content).pixels, RGB)


REFUSED = {
    "16 bit in planes": (tiff(PLANES.astype(np.uint16) * 257, **SEPARATE), "separate planes"),
    "16 bit in tiles of planes": (
        tiff(PLANES.astype(np.uint16) * 257, **SEPARATE, tile=(64, 64)),
        "16 bits .* in separate planes",
    ),
    "planes with transparency": (
        tiff(np.stack([*PLANES, CLEAR]), **SEPARATE, extrasamples=["unassalpha"]),
        "separate planes",
    ),
    "32 bit": (tiff(GREY.astype(np.uint32) * 16_843_009, **BLACK), "samples of 32 bits"),
    "signed 8 bit": (tiff((GREY // 2).astype(np.int8), **BLACK), "signed samples of 8 bits"),
    "floating point, white is zero": (
        tiff(GREY.astype(np.float32), **WHITE),
        "floating-point samples of 32 bits",
    ),
    "floating point colours": (tiff(RGB.astype(np.float32), **COLOURS), "floating-point"),
    "half precision": (tiff(GREY.astype(np.float16), **BLACK), "floating-point samples of 16"),
    "16 bit grey with transparency": (
        tiff(np.dstack([WIDE, WIDE]), **BLACK, extrasamples=["unassalpha"]),
        "samples of 16 bits",
    ),
    "a thumbnail first": (tiff(RGB[::2, ::2], **COLOURS, subfiletype=1), "reduced copy"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_come_out_wrong_is_refused(name: str) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(UnsupportedImageError, match=f"TIFF .*{reason}.*save it anew"):
        decode_image(content)


def test_a_compression_that_is_not_read_is_refused() -> None:
    content = tiff(RGB, **COLOURS, **ZLIB)
    # Adobe's deflate becomes JPEG XL.
    tag = content.index(bytes((3, 1, 3, 0, 1, 0, 0, 0, 8, 0)))
    content = content[: tag + 8] + (50002).to_bytes(2, "little") + content[tag + 10 :]
    with pytest.raises(UnsupportedImageError, match="compression 50002"):
        decode_image(content)


STRIPS = tiff(RGB, **COLOURS, rowsperstrip=32)
PACKED = tiff(RGB, **COLOURS, **ZLIB, rowsperstrip=32)
JPEGS = encoded(portrait(), "TIFF", compression="jpeg")


PLACES, LENGTHS = 273, 279


def with_lost_strip(content: bytes, tag: int, value: int) -> bytes:
    """Overwrite the third strip's place or length in the directory's list."""
    with tifffile.TiffFile(io.BytesIO(content)) as file:
        found = file.pages[0].tags[tag]
    width = found.valuebytecount // found.count
    at = found.valueoffset + 2 * width
    return content[:at] + value.to_bytes(width, "little") + content[at + width :]


@pytest.mark.parametrize(
    ("tag", "value"),
    [(PLACES, 0), (LENGTHS, 0), (PLACES, 10**8)],
    ids=["no place", "no length", "outside"],
)
def test_a_lost_strip_is_noticed(tag: int, value: int) -> None:
    content = with_lost_strip(tiff(RGB, **COLOURS, rowsperstrip=32, byteorder="<"), tag, value)
    with pytest.raises(DamagedImageError, match="1 of 10 pieces of the TIFF file are missing"):
        decode_image(content)


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("content", [STRIPS, PACKED, JPEGS], ids=["plain", "packed", "jpeg"])
def test_a_file_that_ends_early_is_noticed(content: bytes, share: float) -> None:
    with pytest.raises(DamagedImageError, match="TIFF"):
        decode_image(content[: round(share * len(content))])


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
def test_a_wrong_byte_in_a_packed_strip_is_noticed(share: float) -> None:
    place = round(share * len(PACKED))
    with pytest.raises(DamagedImageError, match=r"piece \d+ of 10: Error"):
        decode_image(with_byte(PACKED, place, PACKED[place] ^ 1))


@pytest.mark.parametrize("content", [PACKED, JPEGS], ids=["packed", "jpeg"])
def test_zeros_in_a_strip_are_noticed(content: bytes) -> None:
    with pytest.raises(DamagedImageError, match=r"piece \d+ of \d+"):
        decode_image(zeroed(content, len(content) // 2, 1024))


def test_strips_without_lengths_are_read_as_old_programs_wrote_them() -> None:
    content = tiff(RGB, **COLOURS, byteorder="<")
    with tifffile.TiffFile(io.BytesIO(content)) as file:
        entry = file.pages[0].tags[LENGTHS].offset
    nothing = (65000).to_bytes(2, "little")
    assert np.array_equal(
        decode_image(content[:entry] + nothing + content[entry + 2 :]).pixels, RGB
    )
