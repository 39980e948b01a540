import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from lakehouse.extraction import images
from lakehouse.extraction.images import (
    ImageProblemError,
    UnreadableImageError,
    UnsupportedImageError,
    decode_image,
    turn_upright,
)
from tests.photographs import INVERSE, encoded, portrait, with_orientation


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright(orientation: int, format_: str) -> None:
    image = decode_image(with_orientation(orientation, format_))
    assert image.orientation == orientation
    assert (image.width, image.height) == (320, 240)
    assert image.pixels.flags.c_contiguous
    expected = np.asarray(portrait().crop((0, 0, 320, 240)), dtype=float)
    assert np.abs(image.pixels - expected).mean() < 4


@given(
    arrays(np.uint8, st.tuples(st.integers(1, 5), st.integers(1, 5), st.just(3))),
    st.integers(1, 8),
)
def test_an_orientation_is_undone_by_its_inverse(pixels: np.ndarray, orientation: int) -> None:
    there_and_back = turn_upright(turn_upright(pixels, orientation), INVERSE[orientation])
    assert np.array_equal(there_and_back, pixels)


SIXTEEN_BIT = Image.fromarray(np.asarray(portrait().convert("L")).astype(np.uint16) * 257)
VARIANTS = {
    "progressive": (portrait(), "JPEG", {"progressive": True}),
    "grey jpeg": (portrait().convert("L"), "JPEG", {}),
    "cmyk jpeg": (portrait().convert("CMYK"), "JPEG", {}),
    "rgba": (portrait().convert("RGBA"), "PNG", {}),
    "16 bit": (SIXTEEN_BIT, "PNG", {}),
    "16 bit tiff": (SIXTEEN_BIT, "TIFF", {}),
    "float": (portrait().convert("F"), "TIFF", {}),
    "palette": (portrait().convert("P", palette=Image.Palette.ADAPTIVE), "PNG", {}),
    "gif": (portrait().convert("L"), "GIF", {}),
    "bmp": (portrait(), "BMP", {}),
    "webp": (portrait(), "WEBP", {}),
    "jpeg 2000": (portrait(), "JPEG2000", {}),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_kind_of_picture_becomes_rgb(name: str) -> None:
    image, format_, options = VARIANTS[name]
    pixels = decode_image(encoded(image, format_, **options)).pixels
    assert pixels.dtype == np.uint8
    assert pixels.shape == (320, 320, 3)
    grey = np.asarray(portrait().convert("L"), dtype=float)
    assert np.abs(pixels.mean(axis=2) - grey).mean() < 16


def test_transparency_lies_over_white() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert (decode_image(encoded(clear, "PNG")).pixels == 255).all()


def test_of_an_animation_the_first_frame_is_taken() -> None:
    frames = [Image.new("L", (20, 20), value) for value in (10, 200)]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decode_image(content).pixels.max() < 20


JPEG, PNG = encoded(portrait(), "JPEG"), encoded(portrait(), "PNG")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"once upon a time there was a text file", "no picture"),
        (JPEG[: len(JPEG) // 2], "truncated"),
        (JPEG[:-200], "truncated"),
        (JPEG[:40], "Truncated File Read"),
        (PNG[: len(PNG) // 2], "truncated"),
        (encoded(Image.new("RGB", (1, 1)), "JPEG"), "1 × 1 pixels are too few"),
    ],
    ids=["empty", "text", "half", "tail", "head", "half png", "one pixel"],
)
def test_damaged_files_say_what_is_wrong(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableImageError, match=reason):
        decode_image(content)


@pytest.mark.parametrize("limit", [50, 100])
def test_decompression_bombs_are_refused(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Pillow's own limit and ours, on either of which the other may come first.
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit * 100)
    monkeypatch.setattr(images, "MAX_PIXELS", 7_500)
    with pytest.raises(UnreadableImageError, match="more than"):
        decode_image(encoded(Image.new("RGB", (101, 101)), "PNG"))


def test_a_format_that_pillow_does_not_read_is_unsupported() -> None:
    with pytest.raises(UnsupportedImageError, match="JPEG XL"):
        decode_image(b"\xff\x0a" + bytes(100))


@given(st.data())
def test_no_damage_escapes_as_another_error(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([JPEG[:4000], PNG[:4000]])))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=20)):
        content[place] ^= 0xFF
    try:
        decode_image(bytes(content))
    except ImageProblemError:
        return
