"""Why a file gives no picture."""

from typing import Final

from PIL import Image

MIN_SIDE: Final = 16
"""Pictures with a shorter side hold no face that could be measured."""

MAX_PIXELS: Final = 2 * (Image.MAX_IMAGE_PIXELS or 0)
"""Where Pillow itself calls a picture a decompression bomb; about 179 million."""


class ImageProblemError(Exception):
    """Why a file gives no picture."""


class UnreadableImageError(ImageProblemError):
    """The bytes are no picture, or one that is too small or too large."""


class DamagedImageError(ImageProblemError):
    """The bytes are a picture of which a part is missing or wrong."""


class UnsupportedImageError(ImageProblemError):
    """The bytes are a picture of a kind that is not read here."""


def require_size(width: int, height: int, *, least: int = MIN_SIDE) -> None:
    """Refuse pictures that are too small for a face or too large for the memory.

    Parameters
    ----------
    width, height : int
        In pixels.
    least : int
        Of the shorter side, in pixels.

    Raises
    ------
    UnreadableImageError
    """
    if min(width, height) < least:
        raise UnreadableImageError(f"{width} × {height} pixels are too few to hold a face")
    if width * height > MAX_PIXELS:
        raise UnreadableImageError(f"more than {MAX_PIXELS:,} pixels")
