"""Small videos of the portrait for tests: it sways, may be gone for a while, or not alone."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.numbered_video import Film, write_pictures
from tests.photographs import nobody, portrait

SIDE = 192
FILM = Film(options={"preset": "ultrafast"}, shape=(SIDE, SIDE), gop=12)


def swaying(frames: int, gone: Collection[int] = (), start: int = 0) -> Iterator[np.ndarray]:
    """Give pictures of the portrait, and of a cup of coffee where it is gone."""
    face = np.asarray(portrait(SIDE))
    coffee = np.asarray(nobody().resize((SIDE, SIDE)))
    for number in range(frames):
        moved = round(4 * np.sin((number + start) / 4))
        yield coffee if number in gone else np.roll(face, moved, axis=1)


def clip(
    path: Path, frames: int, gone: Collection[int] = (), *, film: Film = FILM, start: int = 0
) -> Path:
    """Write a clip of the portrait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_pictures(replace(film, ticks=tuple(range(frames))), path, swaying(frames, gone, start))
    return path


def write_clips(root: Path) -> Path:
    """Write videos of two participants in the default layout; two of them are long.

    With stretches of 20 frames, that is. One is of a container in which nothing can be sought.
    """
    clip(root / "00" / "00" / "0001" / "rest.mp4", 9)
    clip(root / "05" / "00" / "0001" / "long.mp4", 66, gone=range(28, 47))
    clip(root / "05" / "00" / "0001" / "short.mkv", 11, film=replace(FILM, container="matroska"))
    clip(root / "05" / "00" / "0002" / "stream.ts", 43, film=replace(FILM, container="mpegts"))
    clip(root / "05" / "00" / "0002" / "tail.mp4", 8, start=5)
    (root / "05" / "00" / "0002" / "text.mp4").write_text("no video at all")
    return root
