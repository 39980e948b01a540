"""How fast photographs become landmarks, compared with a plain loop and the paper's way.

All contenders read the same full-HD JPEG files. Each runs in a process of its own, which is
measured from its start to its end, including workers, imports and model. Each has run once before
on a few photographs, so that Python finds its modules compiled. Their results are not compared,
because the plain loop keeps none.

- product: `extract` into a new lake, with one worker per core.
- plain loop: decodes and runs MediaPipe's Face Landmarker with blendshapes and pose, one
  photograph after the other, and discards the results.
- paper's way: runs the same detection, then transforms the whole picture. It rotates the picture
  until the eyes are level. It scales and shifts it until the forehead lies at (1250, 25) and the
  chin 1500 pixels below, and crops it to 2500 x 1900. It writes a CSV file with 468 rows per
  photograph.
- product, nobody there: `extract` on pictures without a face, where it tries every retry.

    python benchmarks/extraction.py
    python benchmarks/extraction.py --photographs 5000 --runs 5
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lakehouse.system.processors import available_cores

WIDTH, HEIGHT = 1920, 1080
LEFT_EYE, RIGHT_EYE, FOREHEAD, CHIN, MESH = 362, 133, 10, 152, 468
CANVAS = (2500, 1900)
FOREHEAD_AT, FACE_HEIGHT = (1250, 25), 1500
NOBODY_SHARE = 4
FIRST = 4


class Measured(NamedTuple):
    """The times of one run, per photograph."""

    wall_s: float
    cpu_s: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--photographs", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--only", nargs="+", choices=CONTENDERS, default=list(CONTENDERS), metavar="CONTENDER",
        help=f"of: {', '.join(CONTENDERS)}; the plain loop always runs",
    )  # fmt: skip
    parser.add_argument("--child", choices=CHILDREN, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        CHILDREN[options.child](options.folder, options.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.photographs, options.runs, {*options.only, "plain loop"})


def measure(folder: Path, photographs: int, runs: int, wanted: Collection[str]) -> None:
    """Make the photographs, run the chosen contenders alternately and print the table."""
    from lakehouse.extraction.model_sources import fetch_model

    fetch_model()
    nobody = max(1, photographs // NOBODY_SHARE)
    write_faces(folder / "faces", photographs)
    write_nobody(folder / "nobody", nobody)
    write_faces(folder / "first", FIRST)
    counts = {"faces": photographs, "nobody": nobody}
    contenders = {
        name: (child, kind, counts[kind])
        for name, (child, kind) in CONTENDERS.items()
        if name in wanted
    }
    for child, _, _ in contenders.values():
        in_child(child, folder / "first", folder, FIRST)
    taken: dict[str, list[Measured]] = {name: [] for name in contenders}
    for run in range(runs):
        # Alternating, so that other work on the machine affects all.
        for name, (child, kind, count) in contenders.items():
            taken[name].append(in_child(child, folder / kind, folder, count))
        print(f"run {run + 1} of {runs}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    cores = available_cores()
    plain = statistics.median(one.wall_s for one in taken["plain loop"])
    print(f"{photographs:,} photographs of {WIDTH} x {HEIGHT}, {cores} cores; ", end="")
    print(f"medians of {runs}; load {os.getloadavg()[0]:.1f}\n")
    print("| | photographs/s | CPU ms a photograph | of cores x plain loop |")
    print("|---|---:|---:|---:|")
    for name, measured in taken.items():
        wall = statistics.median(one.wall_s for one in measured)
        cpu = statistics.median(one.cpu_s for one in measured)
        share = plain / wall / cores
        print(f"| {name} | {1 / wall:.1f} | {1000 * cpu:.1f} | {share:.2f} |")


def in_child(child: str, photographs: Path, work: Path, count: int) -> Measured:
    """Run a contender in a process of its own and measure it with all its children."""
    out = work / "out"
    out.mkdir()
    command = [sys.executable, __file__, "--child", child, "--folder", str(photographs)]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(work / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [*command, "--out", str(out)], check=True, stderr=subprocess.DEVNULL, env=environment
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(out)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall / count, cpu / count)


def product(folder: Path, out: Path) -> None:
    from lakehouse.extraction.extract import extract
    from lakehouse.paths import WarehousePaths
    from lakehouse.settings import Settings

    extract(folder, WarehousePaths(out), Settings())


def plain(folder: Path, out: Path) -> None:
    for _ in detected(folder):
        pass


def paper(folder: Path, out: Path) -> None:
    for name, pixels, points in detected(folder):
        aligned = align(pixels, points)
        lines = [f"{index},{x},{y}\n" for index, (x, y) in enumerate(aligned.tolist())]
        (out / f"{name}.csv").write_text("index,x,y\n" + "".join(lines))


CHILDREN: dict[str, Callable[[Path, Path], None]] = {
    "product": product,
    "plain": plain,
    "paper": paper,
}


CONTENDERS: dict[str, tuple[str, str]] = {
    "product": ("product", "faces"),
    "plain loop": ("plain", "faces"),
    "paper's way": ("paper", "faces"),
    "product, nobody there": ("product", "nobody"),
}
"""What runs on which pictures."""


def detected(folder: Path) -> Iterator[tuple[str, npt.NDArray[np.uint8], npt.NDArray[np.float64]]]:
    """Decode every photograph and find its face, without any further work."""
    from lakehouse.extraction.network import close_network

    close_network()
    import cv2
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

    from lakehouse.extraction.face_model import read_model

    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=read_model()),
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        for file in sorted(folder.rglob("*.jpg")):
            pixels: Any = cv2.imread(str(file), cv2.IMREAD_COLOR_RGB)
            found = landmarker.detect(mp.Image(mp.ImageFormat.SRGB, pixels)).face_landmarks
            points = np.array([(point.x, point.y) for point in found[0][:MESH]])
            yield file.stem, pixels, points * (pixels.shape[1], pixels.shape[0])


def align(
    pixels: npt.NDArray[np.uint8], points: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Rotate, scale, shift and crop the picture, and transform its points likewise."""
    import cv2

    height, width = pixels.shape[:2]
    across = points[LEFT_EYE] - points[RIGHT_EYE]
    degrees = np.degrees(np.arctan2(across[1], across[0]))
    rotation = cv2.getRotationMatrix2D((width / 2, height / 2), float(degrees), 1.0)
    level = cv2.warpAffine(pixels, rotation, (width, height))
    points = points @ rotation[:, :2].T + rotation[:, 2]
    scale = FACE_HEIGHT / np.hypot(*(points[CHIN] - points[FOREHEAD]))
    shift = np.array(FOREHEAD_AT) - scale * points[FOREHEAD]
    cv2.warpAffine(level, np.array([[scale, 0, shift[0]], [0, scale, shift[1]]]), CANVAS)
    aligned: npt.NDArray[np.float64] = points * scale + shift
    return aligned


def write_faces(folder: Path, count: int) -> None:
    """Write synthetic photographs, head and shoulders in the middle."""
    import cv2

    from lakehouse.synthetic import plan_study, render_photo

    people = min(count, 20)
    plan = plan_study(people, 1, expressions=("neutral", "happiness"), conditions=(False,))
    pictures = []
    for person in plan.participants:
        picture = render_photo(plan, person, "happiness", False, 1)
        picture = cv2.resize(picture, (HEIGHT * picture.shape[1] // picture.shape[0], HEIGHT))
        side = (WIDTH - picture.shape[1]) // 2
        wide = cv2.copyMakeBorder(picture, 0, 0, side, side, cv2.BORDER_REPLICATE)
        pictures.append(jpeg(wide))
    write(folder, pictures, count)


def write_nobody(folder: Path, count: int) -> None:
    """Write pictures of a cup of coffee."""
    import cv2
    from skimage import data

    write(folder, [jpeg(cv2.resize(data.coffee(), (WIDTH, HEIGHT)))], count)


def jpeg(pixels: npt.NDArray[Any]) -> bytes:
    import cv2

    return bytes(cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])[1])


def write(folder: Path, pictures: list[bytes], count: int) -> None:
    """Write `count` files, no two with the same bytes."""
    place = folder / "05" / "00" / "0001"
    place.mkdir(parents=True)
    for number in range(count):
        # Decoders ignore bytes after the end of a JPEG picture.
        content = pictures[number % len(pictures)] + str(number).encode()
        (place / f"{number:05d}.jpg").write_bytes(content)


if __name__ == "__main__":
    main()
