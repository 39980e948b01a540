import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from lakehouse.pictures import decode, problems
from lakehouse.pictures.decode import decode_image, turn_upright
from lakehouse.pictures.problems import (
    DamagedImageError,
    ImageProblemError,
    UnreadableImageError,
    UnsupportedImageError,
)
from tests.photographs import INVERSE, encoded, portrait, with_orientation
from tests.zoo import pictures


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


PICTURES = {f"{name}.{ending}": content for name, ending, content in pictures()}


@pytest.mark.parametrize("name", PICTURES)
def test_every_kind_of_picture_becomes_rgb(name: str) -> None:
    image = decode_image(PICTURES[name])
    assert image.orientation == 1
    assert image.pixels.dtype == np.uint8
    assert image.pixels.shape == (320, 320, 3)
    grey = np.asarray(portrait().convert("L"), dtype=float)
    assert np.abs(image.pixels.mean(axis=2) - grey).mean() < 16


def test_a_colour_profile_changes_no_pixel() -> None:
    for name in ("other profile.jpg", "broken profile.jpg", "broken exif.jpg"):
        pixels = decode_image(PICTURES[name]).pixels
        assert np.array_equal(pixels, decode_image(PICTURES["baseline.jpg"]).pixels)


def test_heic_is_read_with_the_extra() -> None:
    pytest.importorskip("pillow_heif").register_heif_opener()
    # The format turns pictures itself, and says that EXIF's word on it is to be ignored.
    for orientation in (1, 6):
        exif = Image.Exif()
        exif[0x0112] = orientation
        image = decode_image(encoded(portrait(), "HEIF", exif=exif))
        assert image.orientation == 1
        assert np.abs(image.pixels - np.asarray(portrait(), dtype=float)).mean() < 4


def test_heic_is_unsupported_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    monkeypatch.delitem(Image.OPEN, "HEIF", raising=False)
    decode._readable.cache_clear()
    try:
        with pytest.raises(UnsupportedImageError, match=r"HEIC; install pillow-heif"):
            decode_image(b"\0\0\0\x18ftypheic" + bytes(100))
    finally:
        decode._readable.cache_clear()


def test_transparency_lies_over_white() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert (decode_image(encoded(clear, "PNG")).pixels == 255).all()


def test_of_an_animation_the_first_frame_is_taken() -> None:
    frames = [Image.new("L", (20, 20), value) for value in (10, 200)]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decode_image(content).pixels.max() < 20


JPEG, PNG = encoded(portrait(), "JPEG"), encoded(portrait(), "PNG")
TINY = encoded(Image.new("RGB", (1, 1)), "JPEG")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"once upon a time there was a text file", "not a picture"),
        (TINY, "1 × 1 pixels are too few"),
    ],
    ids=["empty", "text", "one pixel"],
)
def test_what_is_no_photograph_is_unreadable(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableImageError, match=reason):
        decode_image(content)


FORMATS = {
    "JPEG": ("JPEG", {}),
    "PNG": ("PNG", {}),
    "lossy WebP": ("WEBP", {}),
    "lossless WebP": ("WEBP", {"lossless": True}),
    "BMP": ("BMP", {}),
    "TIFF": ("TIFF", {}),
    "AVIF": ("AVIF", {}),
    "JPEG 2000": ("JPEG2000", {}),
    "PPM": ("PPM", {}),
    "HEIC": ("HEIF", {}),
}


@pytest.mark.parametrize("share", [0.2, 0.6, 0.98])
@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_ends_early_is_damaged(name: str, share: float) -> None:
    pytest.importorskip("pillow_heif").register_heif_opener()
    format_, options = FORMATS[name]
    content = encoded(portrait(), format_, **options)
    with pytest.raises(DamagedImageError):
        decode_image(content[: round(share * len(content))])


@pytest.mark.parametrize("share", [0.2, 0.6, 0.98])
def test_a_gif_that_ends_early_is_damaged(share: float) -> None:
    content = encoded(portrait().convert("P", palette=Image.Palette.ADAPTIVE), "GIF")
    with pytest.raises(DamagedImageError, match="truncated"):
        decode_image(content[: round(share * len(content))])


def test_what_pillow_calls_unsupported_is_unsupported() -> None:
    content = bytearray(encoded(portrait(), "BMP"))
    # Two bits for a pixel, which nobody writes.
    content[28] = 2
    with pytest.raises(UnsupportedImageError, match="Unsupported BMP pixel depth"):
        decode_image(bytes(content))


@pytest.mark.parametrize("limit", [50, 100])
def test_decompression_bombs_are_refused(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Pillow's own limit and ours, on either of which the other may come first.
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit * 100)
    monkeypatch.setattr(problems, "MAX_PIXELS", 7_500)
    for format_ in ("PNG", "JPEG"):
        with pytest.raises(UnreadableImageError, match="more than"):
            decode_image(encoded(Image.new("RGB", (101, 101)), format_))


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
