import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from lakehouse.pictures.decode import decode_image
from lakehouse.pictures.problems import DamagedImageError, ImageProblemError
from tests.photographs import encoded, portrait
from tests.surgery import chunk, chunks_of, inserted, with_byte, zeroed

NOTES = PngImagePlugin.PngInfo()
NOTES.add_text("Comment", "taken on a Tuesday")
COLOUR = encoded(portrait(), "PNG", pnginfo=NOTES)
PALETTE = encoded(portrait().convert("P", palette=Image.Palette.ADAPTIVE), "PNG", transparency=3)
SMALL = encoded(portrait(32), "PNG", pnginfo=NOTES)


def place_of(png: bytes, kind: bytes) -> int:
    return next((start + end) // 2 for name, start, end in chunks_of(png) if name == kind)


@pytest.mark.parametrize(
    ("png", "kind"),
    [(COLOUR, b"IHDR"), (COLOUR, b"IDAT"), (PALETTE, b"PLTE"), (PALETTE, b"tRNS")],
)
def test_a_wrong_byte_that_pixels_depend_on_is_noticed(png: bytes, kind: bytes) -> None:
    place = place_of(png, kind)
    with pytest.raises(DamagedImageError, match=f"checksum of the chunk {kind.decode()}"):
        decode_image(with_byte(png, place, png[place] ^ 1))


def test_zeros_among_the_pixels_are_noticed() -> None:
    with pytest.raises(DamagedImageError, match="checksum of the chunk IDAT"):
        decode_image(zeroed(COLOUR, len(COLOUR) // 2, 512))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_file_that_ends_early_is_noticed(share: float) -> None:
    with pytest.raises(DamagedImageError, match="truncated in its chunk IDAT"):
        decode_image(COLOUR[: round(share * len(COLOUR))])


def test_a_file_that_ends_between_chunks_is_noticed() -> None:
    # Pillow writes the pixels in several chunks.
    *_, (_, last, _) = (each for each in chunks_of(COLOUR) if each[0] == b"IDAT")
    with pytest.raises(DamagedImageError, match="truncated"):
        decode_image(COLOUR[: last - 8])


def test_damaged_notes_change_nothing() -> None:
    place = place_of(COLOUR, b"tEXt")
    pixels = decode_image(with_byte(COLOUR, place, COLOUR[place] ^ 1)).pixels
    assert np.array_equal(pixels, decode_image(COLOUR).pixels)


def test_a_damaged_note_on_the_orientation_is_not_believed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    png = encoded(portrait(), "PNG", exif=exif)
    assert decode_image(png).orientation == 6
    _, start, _ = next(each for each in chunks_of(png) if each[0] == b"eXIf")
    broken = with_byte(png, png.index(b"\x06", start), 3)
    assert decode_image(broken).orientation == 1


def test_what_stands_at_or_behind_the_end_changes_nothing() -> None:
    end = COLOUR.index(b"IEND") - 4
    pixels = decode_image(COLOUR).pixels
    for content in (COLOUR + b"more", COLOUR[: end + 8], COLOUR + chunk(b"IDAT", b"nonsense")):
        assert np.array_equal(decode_image(content).pixels, pixels)


def test_an_unknown_chunk_changes_nothing() -> None:
    content = inserted(COLOUR, COLOUR.index(b"IDAT") - 4, chunk(b"vpAg", bytes(9)))
    assert np.array_equal(decode_image(content).pixels, decode_image(COLOUR).pixels)


@given(st.integers(8, len(SMALL) - 1), st.integers(0, 255))
def test_no_wrong_byte_changes_a_picture(place: int, value: int) -> None:
    try:
        pixels = decode_image(with_byte(SMALL, place, value)).pixels
    except ImageProblemError:
        return
    assert np.array_equal(pixels, decode_image(SMALL).pixels)
