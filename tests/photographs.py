"""Small photographs for tests, all made from one public-domain portrait."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps
from skimage import data

from lakehouse.pictures.decode import turn_upright


@cache
def portrait(width: int = 320, *, mirrored: bool = False, shift: int = 0) -> Image.Image:
    """Give the astronaut's head and shoulders, `width` x `width` pixels, moved by `shift`."""
    box = (80 - shift, 0, 400 - shift, 320)
    image = Image.fromarray(data.astronaut()).crop(box).resize((width, width))
    return ImageOps.mirror(image) if mirrored else image


def two_faces() -> Image.Image:
    """Give a picture of a larger face on the left and a smaller one on the right."""
    image = Image.new("RGB", (620, 320), "grey")
    image.paste(portrait(320), (0, 0))
    image.paste(portrait(240), (350, 40))
    return image


def nobody() -> Image.Image:
    """Give a picture of a cup of coffee."""
    return Image.fromarray(data.coffee()).resize((320, 213))


def save(image: Image.Image, path: Path, **options: object) -> Path:
    """Write a picture, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, **{"format": "JPEG", **options})
    return path


def write_dataset(root: Path, participants: int = 2, photos: int = 3) -> Path:
    """Write neutral and happy photographs in the default layout, each one different."""
    for participant in range(participants):
        for code in ("00", "05"):
            for photo in range(photos):
                image = portrait(
                    260 + 10 * photo, mirrored=code == "05", shift=4 * participant + photo
                )
                save(image, root / code / "00" / f"{participant:04d}" / f"{photo}.jpg")
    return root


INVERSE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
"""The EXIF orientation that undoes each."""


def encoded(image: Image.Image, format_: str, **options: Any) -> bytes:
    """Give the bytes of a picture file."""
    buffer = io.BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def with_orientation(orientation: int, format_: str = "JPEG") -> bytes:
    """Encode the portrait's upper part so that a viewer that heeds EXIF shows it upright."""
    upright = np.asarray(portrait().crop((0, 0, 320, 240)))
    stored = turn_upright(upright, INVERSE[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(Image.fromarray(stored), format_, exif=exif)
