"""How much of the damage to picture files is noticed.

Each file is damaged in several ways, at random places among its pixels, and read as `extract` reads
it. Noticed is what is refused; of what is not, the picture is compared with the undamaged one.

    python benchmarks/damage.py
    python benchmarks/damage.py --photographs FOLDER --tries 3

Without a folder, synthetic photographs are written in each format; with one, its JPEG files are
taken as they are.
"""

from __future__ import annotations

import argparse
import io
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from lakehouse.pictures.decode import decode_image
from lakehouse.pictures.problems import ImageProblemError

FORMATS: dict[str, tuple[str, dict[str, object]]] = {
    "JPEG": ("JPEG", {"quality": 92}),
    "JPEG, progressive": ("JPEG", {"quality": 92, "progressive": True}),
    "PNG": ("PNG", {}),
    "TIFF, uncompressed": ("TIFF", {}),
    "TIFF, LZW": ("TIFF", {"compression": "tiff_lzw"}),
    "TIFF, deflate": ("TIFF", {"compression": "tiff_adobe_deflate"}),
    "TIFF, JPEG inside": ("TIFF", {"compression": "jpeg"}),
    "WebP": ("WEBP", {}),
    "GIF": ("GIF", {}),
    "BMP": ("BMP", {}),
    "JPEG 2000": ("JPEG2000", {}),
    "AVIF": ("AVIF", {}),
}
HEADER_SHARE, LEAST_BYTES = 0.1, 10_000

Damage = Callable[[bytes, int, int, random.Random], bytes]


def wrong_byte(content: bytes, start: int, end: int, chance: random.Random) -> bytes:
    place = chance.randrange(start, end)
    other = content[place] ^ chance.randrange(1, 256)
    return content[:place] + bytes([other]) + content[place + 1 :]


def zeros(count: int) -> Damage:
    def damage(content: bytes, start: int, end: int, chance: random.Random) -> bytes:
        place = chance.randrange(start, end - count)
        return content[:place] + bytes(count) + content[place + count :]

    return damage


def cut_out(content: bytes, start: int, end: int, chance: random.Random) -> bytes:
    place = chance.randrange(start, end - 512)
    return content[:place] + content[place + 512 :]


def ends_early(content: bytes, start: int, end: int, chance: random.Random) -> bytes:
    return content[: chance.randrange(start, end)]


DAMAGES: dict[str, Damage] = {
    "one wrong byte": wrong_byte,
    "512 bytes zero": zeros(512),
    "4096 bytes zero": zeros(4096),
    "512 bytes cut out": cut_out,
    "ends early": ends_early,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--photographs", type=Path)
    parser.add_argument("--people", type=int, default=3, help="synthetic ones")
    parser.add_argument("--most", type=int, default=300, help="files of the folder that are taken")
    parser.add_argument("--tries", type=int, default=20, help="of each damage to each file")
    options = parser.parse_args()
    chance = random.Random(0)
    folder = options.photographs
    files = from_folder(folder, options.most, chance) if folder else made(options.people)
    noticed: dict[tuple[str, str], list[bool]] = defaultdict(list)
    changed: dict[tuple[str, str], list[bool]] = defaultdict(list)
    count: dict[str, int] = defaultdict(int)
    for kind, content in files:
        try:
            sound = decode_image(content).pixels
        except ImageProblemError:
            continue
        count[kind] += 1
        for name, damage in DAMAGES.items():
            for _ in range(options.tries):
                pixels = read(damage(content, *pixels_of(content), chance))
                noticed[kind, name].append(pixels is None)
                changed[kind, name].append(pixels is not None and differs(pixels, sound))
    print("share noticed; in brackets, not noticed and the mean pixel off by more than one grey\n")
    print(f"| | {' | '.join(DAMAGES)} |")
    print(f"|---|{'---:|' * len(DAMAGES)}")
    for kind, files_of_kind in count.items():
        cells = [
            f"{np.mean(noticed[kind, name]):.0%} ({np.mean(changed[kind, name]):.0%})"
            for name in DAMAGES
        ]
        print(f"| {kind} ({files_of_kind}) | {' | '.join(cells)} |")


def from_folder(folder: Path, most: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Give the JPEG files of a folder, in random order."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))
    chance.shuffle(files)
    taken = 0
    for file in files:
        content = file.read_bytes()
        # Not with a thumbnail in its head, whose pixels come first.
        if content[:2] != b"\xff\xd8" or content.count(b"\xff\xd8") > 1:
            continue
        start, end = pixels_of(content)
        if end - start < LEAST_BYTES:
            continue
        yield "JPEG, progressive" if b"\xff\xc2" in content[:LEAST_BYTES] else "JPEG", content
        taken += 1
        if taken == most:
            return


def made(people: int) -> Iterator[tuple[str, bytes]]:
    """Give a synthetic photograph of everybody in each format."""
    from lakehouse.synthetic import plan_study, render_photo

    plan = plan_study(people, 1, expressions=("neutral", "happiness"), conditions=(False,))
    for person in plan.participants:
        picture = Image.fromarray(render_photo(plan, person, "happiness", False, 1))
        for kind, (format_, options) in FORMATS.items():
            buffer = io.BytesIO()
            picture.save(buffer, format_, **options)
            yield kind, buffer.getvalue()


def pixels_of(content: bytes) -> tuple[int, int]:
    """Give where the pixels begin and end, roughly where the format is not JPEG."""
    if content[:2] == b"\xff\xd8":
        scan = content.index(b"\xff\xda")
        return scan + 14, content.rindex(b"\xff\xd9")
    return round(HEADER_SHARE * len(content)), len(content) - 600


def read(content: bytes) -> np.ndarray | None:
    try:
        return decode_image(content).pixels
    except ImageProblemError:
        return None


def differs(pixels: np.ndarray, sound: np.ndarray) -> bool:
    if pixels.shape != sound.shape:
        return True
    return bool(np.abs(pixels.astype(int) - sound).mean() > 1)


if __name__ == "__main__":
    main()
