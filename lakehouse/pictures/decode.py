"""From a file's bytes to the upright picture."""

import io
import warnings
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile, UnidentifiedImageError

from lakehouse.pictures.kinds import picture_format

Pixels = npt.NDArray[np.uint8]

MIN_SIDE: Final = 16
"""Pictures with a shorter side hold no face that could be measured."""

MAX_PIXELS: Final = 2 * (Image.MAX_IMAGE_PIXELS or 0)
"""Where Pillow itself calls a picture a decompression bomb; about 179 million."""

# Only what holds photographs: Pillow would hand an EPS to Ghostscript, which runs programs.
_FORMATS: Final = frozenset(
    {"JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "AVIF", "JPEG2000", "PPM", "HEIF"}
)
_ORIENTATION_TAG: Final = 0x0112
_PLUGINS: Final = {"HEIC": "HEIF", "BigTIFF": "TIFF", "JPEG 2000": "JPEG2000"}
"""Pillow's name of a format where it is not ours in capitals."""

_ALPHA_MODES: Final = ("RGBA", "LA", "PA", "RGBa", "La")


class ImageProblemError(Exception):
    """Why a file gives no picture."""


class UnreadableImageError(ImageProblemError):
    """The bytes are damaged, or no picture at all."""


class UnsupportedImageError(ImageProblemError):
    """The bytes are a picture in a format that the installed Pillow does not decode."""


@dataclass(frozen=True, eq=False)
class UprightImage:
    """A decoded picture.

    Attributes
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
        RGB, contiguous, upright.
    orientation : int
        EXIF orientation of the file, 1 to 8; it has been applied to `pixels`.
    """

    pixels: Pixels
    orientation: int

    @property
    def width(self) -> int:
        """Width of the upright picture, in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height of the upright picture, in pixels."""
        return int(self.pixels.shape[0])


def decode_image(content: bytes) -> UprightImage:
    """Decode a picture and turn it upright.

    Of 16-bit greys the highest eight bits in use are kept, colour profiles are ignored,
    transparency is laid over white, and of an animation or a document the first page is taken.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    UprightImage

    Raises
    ------
    UnreadableImageError
        If the bytes are damaged, too small, too large, or no picture.
    UnsupportedImageError
        If they are a picture that Pillow does not decode here.
    """
    if not content:
        raise UnreadableImageError("the file is empty")
    try:
        with warnings.catch_warnings():
            # Metadata that is out of order says nothing about the picture.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_readable()) as image:
                return _decoded(image, content)
    except UnidentifiedImageError as error:
        raise _unidentified(content) from error
    except Image.DecompressionBombError as error:
        raise UnreadableImageError(f"more than {MAX_PIXELS:,} pixels") from error
    except (ImageProblemError, MemoryError):
        raise
    except Exception as error:  # decoders raise whatever they like on damaged files
        reason = " ".join(str(error).split())
        raise UnreadableImageError(reason or type(error).__name__) from error


def turn_upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an EXIF orientation.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, channels)
        As stored in the file.
    orientation : int
        1 to 8.

    Returns
    -------
    ndarray of uint8
        Contiguous; height and width are exchanged for 5 to 8.
    """
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


@cache
def _readable() -> tuple[str, ...]:
    """List those of our formats for which there is a plugin, Pillow's own or the extra heic's."""
    Image.init()
    with suppress(ImportError):
        from pillow_heif import register_heif_opener

        register_heif_opener()
    return tuple(name for name in Image.OPEN if name in _FORMATS)


def _decoded(image: ImageFile.ImageFile, content: bytes) -> UprightImage:
    width, height = image.size
    if min(width, height) < MIN_SIDE:
        raise UnreadableImageError(f"{width} × {height} pixels are too few to hold a face")
    if width * height > MAX_PIXELS:
        raise UnreadableImageError(f"more than {MAX_PIXELS:,} pixels")
    orientation = _orientation(image)
    if image.format in ("JPEG", "MPO") and image.mode in ("RGB", "L"):
        # About twice as fast as Pillow. It fails where the file is truncated, and Pillow says why.
        flags = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), flags)
        if decoded is not None:
            pixels = decoded.astype(np.uint8, copy=False)
            return UprightImage(turn_upright(pixels, orientation), orientation)
    image.load()
    # Some of Pillow's decoders turn the picture themselves, and then say so.
    left_to_do = _orientation(image)
    return UprightImage(turn_upright(_rgb(image), left_to_do), orientation)


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # damaged metadata, on which the picture does not depend
        return 1
    return value if value in range(1, 9) else 1


def _rgb(image: Image.Image) -> Pixels:
    if image.mode.startswith("I;16"):
        grey = np.asarray(image).astype(np.uint16)
        # Scientific cameras put 10 or 12 bits into the lower end of 16.
        spare = max(0, int(grey.max()).bit_length() - 8)
        return np.repeat((grey >> spare).astype(np.uint8)[..., None], 3, axis=2)
    if image.mode in ("I", "F"):
        return _stretched(np.asarray(image, dtype=np.float64))
    if image.mode in _ALPHA_MODES or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return np.asarray(image.convert("RGB"))


def _stretched(grey: npt.NDArray[np.float64]) -> Pixels:
    """Bring greys without a natural range to 0–255."""
    low, high = float(grey.min()), float(grey.max())
    scaled = (grey - low) * (255.0 / (high - low) if high > low else 0.0)
    return np.repeat(scaled.astype(np.uint8)[..., None], 3, axis=2)


def _unidentified(content: bytes) -> ImageProblemError:
    name = picture_format(content[:32])
    if name is None:
        return UnreadableImageError("the content is no picture")
    if _PLUGINS.get(name, name.upper()) not in _readable():
        how = "; install pillow-heif (the extra heic)" if name in ("HEIC", "HEIF") else ""
        return UnsupportedImageError(f"the installed Pillow does not read {name}{how}")
    if name in ("TIFF", "BigTIFF"):
        return UnreadableImageError(f"the {name} file is damaged, or of a kind Pillow cannot read")
    return UnreadableImageError(f"the {name} file is damaged")
