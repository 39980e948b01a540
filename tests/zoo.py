"""A zoo of picture files, good and bad, and what is to become of each."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageCms
from skimage import data

from tests.photographs import encoded, portrait, with_orientation
from tests.surgery import camera_raw, inserted, scan_of, tiff, with_byte, without, zeroed

CELL = "00/00/0001"
SIZE = 640
"""Side of the plain portrait, to whose landmarks others are compared."""


@dataclass(frozen=True)
class Specimen:
    """A file of the zoo.

    Attributes
    ----------
    name : str
        File name; ids in the lake are made from it.
    content : bytes
    status : str
        As in `photos.status`.
    retry : str
        The words that `photos.retry` may be, with spaces between; ``-`` for null.
    error : str
        Part of `photos.error`.
    faces : int
    place : ndarray of float64, shape (2, 3), or None
        Where x, y, 1 of the plain portrait lies in this picture.
    """

    name: str
    content: bytes
    status: str = "ok"
    retry: str = "-"
    error: str = ""
    faces: int = 1
    place: np.ndarray | None = None


@cache
def zoo() -> tuple[Specimen, ...]:
    """Give every specimen."""
    good = [Specimen(f"{name}.{ending}", content) for name, ending, content in pictures()]
    bad = (*damaged(), *unreadable(), *unsupported())
    return (*good, *oddly_named(), *scenes(), *nobody(), *bad)


def pictures() -> Iterator[tuple[str, str, bytes]]:
    """Give name, ending and content of the portrait in every format that is read."""
    colour = portrait()
    grey = colour.convert("L")
    deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    twelve_bit = Image.fromarray(np.asarray(grey).astype(np.uint16) * 16)
    adaptive = colour.convert("P", palette=Image.Palette.ADAPTIVE)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    pages = {"save_all": True, "append_images": [Image.new("RGB", (50, 70))]}
    yield "baseline", "jpg", encoded(colour, "JPEG")
    yield "progressive", "jpeg", encoded(colour, "JPEG", progressive=True)
    yield "grey", "jpg", encoded(grey, "JPEG")
    yield "cmyk", "jpg", encoded(colour.convert("CMYK"), "JPEG")
    yield "other profile", "jpg", encoded(colour, "JPEG", icc_profile=profile)
    yield "broken profile", "jpg", encoded(colour, "JPEG", icc_profile=b"nonsense" * 9)
    yield "broken exif", "jpg", with_broken_exif("JPEG")
    yield "8 bit", "png", encoded(colour, "PNG")
    yield "broken exif", "png", with_broken_exif("PNG")
    yield "16 bit colour", "png", deep_colour_png()
    yield "16 bit grey", "png", encoded(deep, "PNG")
    yield "12 of 16 bits", "png", encoded(twelve_bit, "PNG")
    yield "palette", "png", encoded(adaptive, "PNG")
    yield "alpha", "png", encoded(colour.convert("RGBA"), "PNG")
    yield "grey and alpha", "png", encoded(colour.convert("LA"), "PNG")
    yield "packbits", "tif", encoded(colour, "TIFF", compression="packbits")
    yield "lzw", "tif", encoded(colour, "TIFF", compression="tiff_lzw")
    yield "deflate", "tiff", encoded(colour, "TIFF", compression="tiff_adobe_deflate")
    yield "jpeg inside", "tiff", encoded(colour, "TIFF", compression="jpeg")
    yield "16 bit", "tiff", encoded(deep, "TIFF")
    white_is_zero = 65535 - np.asarray(deep).astype(np.uint16)
    yield "16 bit negative", "tiff", tiff(white_is_zero, photometric="miniswhite")
    yield "stray bytes", "jpg", with_stray_bytes()
    yield "float", "tiff", encoded(colour.convert("F"), "TIFF")
    yield "cmyk", "tiff", encoded(colour.convert("CMYK"), "TIFF")
    yield "first of two pages", "tiff", encoded(colour, "TIFF", **pages)
    yield "bitmap", "bmp", encoded(colour, "BMP")
    yield "lossy", "webp", encoded(colour, "WEBP")
    yield "lossless", "webp", encoded(colour.convert("RGBA"), "WEBP", lossless=True)
    yield "still", "gif", encoded(adaptive, "GIF")
    yield "first of two frames", "gif", encoded(grey, "GIF", **pages)
    yield "av1", "avif", encoded(colour, "AVIF")
    yield "wavelets", "jp2", encoded(colour, "JPEG2000")


def oddly_named() -> Iterator[Specimen]:
    """Give good pictures whose names are hard on scripts."""
    names = ["with space.jpg", "noël irmã.jpg", "\"double\" 'single' `back`.jpg", "line\nbreak.jpg"]
    names += ["a,b;c|d.jpg", "-rf.jpg", "%s {0} $HOME.jpg", "SHOUTING.JPG", "no ending", "😀.jpg"]
    for name in names:
        yield Specimen(name, encoded(portrait(), "JPEG"))
    for orientation in range(1, 9):
        yield Specimen(f"orientation {orientation}.jpg", with_orientation(orientation))


def scenes() -> Iterator[Specimen]:
    """Give faces in all kinds of places."""
    plain = portrait(SIZE)
    yield Specimen("plain.png", encoded(plain, "PNG"), place=np.eye(2, 3))
    # The face is 0.285 of the portrait's width.
    for share, words in ((6, "- crop"), (8, "crop tile"), (12, "tile"), (16, "tile")):
        yield placed(f"a {share}th of the width.png", 1600, 1200, 1600 / share / 0.285, words)
    yield placed("small in an upright picture.png", 900, 1200, 900 / 12 / 0.285, "tile")
    yield filling("filling the frame.png")
    for degrees, word in ((90, "crop"), (180, "turned_180"), (270, "crop")):
        yield turned(f"turned {degrees}.png", degrees, word)
    yield turned("lying on the left.png", 120, "turned_270")
    yield turned("lying on the right.png", 240, "turned_90")
    yield turned("tilted.png", 35, "crop")
    yield covered("mouth covered.png", (0.2, 0.47, 0.8, 0.7))
    yield covered("one side covered.png", (0.46, 0.1, 0.7, 0.62))
    two = Image.new("RGB", (620, 320), "grey")
    two.paste(portrait(320), (0, 0))
    two.paste(portrait(240), (350, 40))
    yield Specimen("two faces.png", encoded(two, "PNG"), faces=2)
    several = background(1600, 1200)
    for left, width in ((100, 200), (600, 260), (1100, 230)):
        several.paste(portrait(width), (left, 500))
    yield Specimen("three small faces.png", encoded(several, "PNG"), retry="tile", faces=3)


def nobody() -> Iterator[Specimen]:
    """Give pictures without a face."""
    noise = np.random.default_rng(0).integers(0, 256, (400, 400, 3), dtype=np.uint8)
    pictures = {
        "coffee.png": data.coffee(),
        "cat.png": data.chelsea(),
        "rocket.jpg": data.rocket(),
        "gravel.png": data.gravel(),
        "clock.png": data.clock(),
        "noise.png": noise,
        "black.png": np.zeros((300, 200, 3), np.uint8),
        "narrow.png": np.zeros((2000, 16, 3), np.uint8),
    }
    for name, pixels in pictures.items():
        content = encoded(Image.fromarray(pixels), "JPEG" if name.endswith("jpg") else "PNG")
        yield Specimen(name, content, "no_face", error="no face", faces=0)


def damaged() -> Iterator[Specimen]:
    """Give pictures of which a part is missing or wrong."""
    jpeg, png = encoded(portrait(), "JPEG"), encoded(portrait(), "PNG")
    start, end = scan_of(jpeg)
    spoiled = with_byte(png, len(png) // 2, png[len(png) // 2] ^ 1)
    files = {
        "half.jpg": (jpeg[: len(jpeg) // 2], "Premature end"),
        "head.jpg": (jpeg[:40], "Truncated"),
        "bytes cut out.jpg": (without(jpeg, (start + end) // 2, 512), "Corrupt JPEG data"),
        "zeros.jpg": (zeroed(jpeg, start + 1000, 4096), "Corrupt JPEG data"),
        "half.png": (png[: len(png) // 2], "truncated"),
        "wrong byte.png": (spoiled, "the checksum of the chunk IDAT is wrong"),
        "half.webp": (encoded(portrait(), "WEBP")[:3000], "decode"),
        "half.gif": (encoded(portrait().convert("L"), "GIF")[:9000], "truncated"),
        "half.tif": (encoded(portrait(), "TIFF", compression="tiff_lzw")[:9000], "ends before"),
        "lost strip.tif": (encoded(portrait(), "TIFF")[:-900], "1 of 1 pieces"),
        "half.avif": (encoded(portrait(), "AVIF")[:3000], "damaged"),
    }
    for name, (content, error) in files.items():
        yield Specimen(name, content, "damaged", error=error)


def unreadable() -> Iterator[Specimen]:
    """Give files that are no photograph."""
    files = {
        "empty.jpg": (b"", "the file is empty"),
        "text.jpg": (b"once upon a time", "not a picture"),
        "page.jpg": (b"<!doctype html><title>404</title>", "not a picture"),
        "document.jpg": (b"%PDF-1.7\n", "not a picture"),
        "one pixel.png": (encoded(Image.new("RGB", (1, 1)), "PNG"), "1 × 1 pixels are too few"),
        "bomb.png": (bomb(60_000), "pixels"),
        "smaller bomb.png": (bomb(15_000), "pixels"),
    }
    for name, (content, error) in files.items():
        yield Specimen(name, content, "unreadable", error=error)


def unsupported() -> Iterator[Specimen]:
    """Give pictures of kinds that are not read."""
    planes = np.moveaxis(np.asarray(portrait()), 2, 0).astype(np.uint16) * 257
    separate = tiff(planes, photometric="rgb", planarconfig="separate")
    yield Specimen("jpeg xl.jxl", b"\xff\x0a" + bytes(99), "unsupported", error="JPEG XL")
    yield Specimen("raw.nef", camera_raw(), "unsupported", error="camera raw file")
    yield Specimen("raw as.tif", camera_raw(), "unsupported", error="camera raw file")
    yield Specimen("planes.tif", separate, "unsupported", error="in separate planes")


def with_stray_bytes() -> bytes:
    """Give a JPEG with disorder of which decoders warn, and which changes no pixel."""
    content = encoded(portrait(), "JPEG")
    return inserted(content, content.index(b"\xff\xdb"), b"stray") + b"a video"


def background(width: int, height: int) -> Image.Image:
    """Give a picture of coffee."""
    return Image.fromarray(data.coffee()).resize((width, height))


def placed(name: str, width: int, height: int, side: float, retry: str) -> Specimen:
    """Give a picture of coffee with the portrait, `side` pixels wide, in it."""
    side = round(side)
    left, top = round(0.6 * (width - side)), round(0.3 * (height - side))
    picture = background(width, height)
    picture.paste(portrait(SIZE).resize((side, side), Image.Resampling.LANCZOS), (left, top))
    scale = side / SIZE
    place = np.array([[scale, 0, left], [0, scale, top]])
    return Specimen(name, encoded(picture, "PNG"), retry=retry, place=place)


def filling(name: str) -> Specimen:
    """Give a picture that ends inside of the face's outline."""
    left, top, right, bottom = 226, 172, 358, 326
    picture = portrait(SIZE).crop((left, top, right, bottom))
    place = np.array([[1.0, 0, -left], [0, 1, -top]])
    return Specimen(name, encoded(picture, "PNG"), retry="padded", place=place)


def turned(name: str, degrees: float, retry: str) -> Specimen:
    """Give the portrait turned clockwise."""
    picture = portrait(SIZE).rotate(-degrees, Image.Resampling.BICUBIC, fillcolor="grey")
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([[cos, -sin], [sin, cos]])
    middle = np.full(2, SIZE / 2)
    place = np.column_stack([turn, middle - turn @ middle])
    return Specimen(name, encoded(picture, "PNG"), retry=retry, place=place)


def covered(name: str, box: tuple[float, float, float, float]) -> Specimen:
    """Give the portrait with half of the face covered; whether it is seen is the model's affair."""
    picture = portrait(SIZE)
    left, top, right, bottom = (round(each * SIZE) for each in box)
    picture = picture.copy()
    picture.paste((90, 70, 60), (left, top, right, bottom))
    return Specimen(name, encoded(picture, "PNG"), retry="- crop padded tile")


def bomb(side: int) -> bytes:
    """Give a PNG file of a few bytes that claims to be large."""
    return png_file(struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0), bytes(1000))


def deep_colour_png() -> bytes:
    """Encode the portrait with 16 bits a channel, which Pillow reads but does not write."""
    pixels = (np.asarray(portrait()).astype(np.uint16) * 257).astype(">u2").reshape(320, -1)
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)
    return png_file(struct.pack(">IIBBBBB", 320, 320, 16, 2, 0, 0, 0), lines)


def png_file(header: bytes, lines: bytes) -> bytes:
    """Put a PNG file together."""
    content = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")):
        checksum = zlib.crc32(kind + body)
        content += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)
    return content


def with_broken_exif(format_: str) -> bytes:
    """Encode the portrait with metadata that points beyond its end."""
    entry = struct.pack(">HHII", 0x0112, 2, 0x7FFFFFFF, 0xFFFFFF00)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 900) + entry
    return encoded(portrait(), format_, exif=exif)
