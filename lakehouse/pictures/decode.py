"""From a file's bytes to the upright picture."""

import io
import warnings
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile, TiffImagePlugin, UnidentifiedImageError

from lakehouse.pictures.camera_raw import is_camera_raw
from lakehouse.pictures.jpeg import Pixels, read_jpeg
from lakehouse.pictures.kinds import CAMERA_RAW, HEAD_BYTES, picture_format
from lakehouse.pictures.png import without_damaged_notes
from lakehouse.pictures.problems import (
    MAX_PIXELS,
    DamagedImageError,
    ImageProblemError,
    UnreadableImageError,
    UnsupportedImageError,
    require_size,
)
from lakehouse.pictures.tiff import WHITE_IS_ZERO, problem_of_tiff, require_right_tiff

# Only what holds photographs: Pillow would hand an EPS to Ghostscript, which runs programs.
_FORMATS: Final = frozenset(
    {"JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "AVIF", "JPEG2000", "PPM", "HEIF"}
)
_ORIENTATION_TAG: Final = 0x0112
_PLUGINS: Final = {"HEIC": "HEIF", "BigTIFF": "TIFF", "JPEG 2000": "JPEG2000"}
"""Pillow's name of a format where it is not ours in capitals."""

_TIFF: Final = ("TIFF", "BigTIFF")
_ALPHA_MODES: Final = ("RGBA", "LA", "PA", "RGBa", "La")


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

    Raises
    ------
    UnreadableImageError
        If the bytes are no picture, or one that is too small or too large.
    DamagedImageError
        If a part of the picture is missing or wrong, as far as the format lets anybody know.
    UnsupportedImageError
        If they are a camera raw file, or a picture of a kind that is not read here.
    """
    if not content:
        raise UnreadableImageError("the file is empty")
    name = picture_format(content[:HEAD_BYTES])
    try:
        with warnings.catch_warnings():
            # Metadata that is out of order says nothing about the picture.
            warnings.simplefilter("ignore")
            return _read(content, name)
    except UnidentifiedImageError as error:
        raise _unidentified(content, name) from error
    except Image.DecompressionBombError as error:
        raise UnreadableImageError(f"more than {MAX_PIXELS:,} pixels") from error
    except (ImageProblemError, MemoryError):
        raise
    except Exception as error:  # decoders raise whatever they like on damaged files
        reason = " ".join(str(error).split()) or type(error).__name__
        if reason.startswith("Unsupported"):
            raise UnsupportedImageError(reason) from error
        raise DamagedImageError(reason) from error


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


def _read(content: bytes, name: str | None) -> UprightImage:
    if name == "JPEG":
        pixels, orientation = read_jpeg(content), _orientation_of_jpeg(content)
        return UprightImage(turn_upright(pixels, orientation), orientation)
    if name == CAMERA_RAW or (name in _TIFF and is_camera_raw(io.BytesIO(content))):
        raise UnsupportedImageError("camera raw file; export it as JPEG")
    if name == "PNG":
        content = without_damaged_notes(content)
    with Image.open(io.BytesIO(content), formats=_readable()) as image:
        return _decoded(image, content)


@cache
def _readable() -> tuple[str, ...]:
    """List those of our formats for which there is a plugin, Pillow's own or the extra heic's."""
    Image.init()
    with suppress(ImportError):
        from pillow_heif import register_heif_opener

        register_heif_opener()
    return tuple(name for name in Image.OPEN if name in _FORMATS)


def _decoded(image: ImageFile.ImageFile, content: bytes) -> UprightImage:
    require_size(*image.size)
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        require_right_tiff(image.tag_v2, content)
    orientation = _orientation(image)
    image.load()
    # Some of Pillow's decoders turn the picture themselves, and then say so.
    left_to_do = _orientation(image)
    return UprightImage(turn_upright(_rgb(image), left_to_do), orientation)


def _orientation_of_jpeg(content: bytes) -> int:
    with suppress(Exception), Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
        return _orientation(image)
    return 1


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
        if _white_is_zero(image):
            grey = (256 << spare) - 1 - grey
        return np.repeat((grey >> spare).astype(np.uint8)[..., None], 3, axis=2)
    if image.mode in ("I", "F"):
        return _stretched(np.asarray(image, dtype=np.float64))
    if image.mode in _ALPHA_MODES or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return np.asarray(image.convert("RGB"))


def _white_is_zero(image: Image.Image) -> bool:
    """Tell whether light and dark are exchanged, which Pillow sees to with up to 8 bits only."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return False
    meaning = image.tag_v2.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION)
    return bool(meaning == WHITE_IS_ZERO)


def _stretched(grey: npt.NDArray[np.float64]) -> Pixels:
    """Bring greys without a natural range to 0–255."""
    low, high = float(grey.min()), float(grey.max())
    scaled = (grey - low) * (255.0 / (high - low) if high > low else 0.0)
    return np.repeat(scaled.astype(np.uint8)[..., None], 3, axis=2)


def _unidentified(content: bytes, name: str | None) -> ImageProblemError:
    if name is None:
        return UnreadableImageError("the file is not a picture")
    if _PLUGINS.get(name, name.upper()) not in _readable():
        how = "; install pillow-heif (the extra heic)" if name in ("HEIC", "HEIF") else ""
        return UnsupportedImageError(f"the installed Pillow does not read {name}{how}")
    if name in _TIFF:
        return problem_of_tiff(content)
    return DamagedImageError(f"the {name} file is damaged")
