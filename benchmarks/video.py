"""How fast videos become landmarks, compared with a plain loop, and how large they are.

Both contenders read the same H.264 clips of a face that sways. Each runs in a process of its own,
which is measured from its start to its end, including workers, imports and model. Each has run once
before on a short clip, so that Python finds its modules compiled.

- product: `extract` into a new lake, with one worker per core.
- plain loop: decodes and runs MediaPipe's Face Landmarker with blendshapes and pose, one frame
  after the other, and discards the results.

The share is also given of processor time, which other work on the machine distorts less. The last
lines project to 300 hours of video.

    python benchmarks/video.py
    python benchmarks/video.py --frames 5400 --runs 5
    python benchmarks/video.py --clips FOLDER
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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lakehouse.system.processors import available_cores

SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}
RATE = 30
SHORT = 10
HOURS = 300
LAYOUT = "{participant}/{video}"

Pixels = npt.NDArray[np.uint8]


class Measured(NamedTuple):
    """One run; times per frame, bytes of all."""

    wall_s: float
    cpu_s: float
    lake_bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--frames", type=int, default=1800, help="of each size, at 30 a second")
    parser.add_argument("--videos", type=int, default=2, help="that they are spread over")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--clips", type=Path, help="a folder of clips to measure instead")
    parser.add_argument("--child", choices=CHILDREN, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        CHILDREN[options.child](options.folder, options.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options)


def measure(work: Path, options: argparse.Namespace) -> None:
    """Make the clips, run the contenders alternately and print the table."""
    from lakehouse.extraction.model_sources import fetch_model

    fetch_model()
    print("| | frames/s | CPU ms a frame | of cores x loop | of its CPU | MB a minute |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, folder in written(work, options).items():
        frames, seconds = counted(folder)
        taken: dict[str, list[Measured]] = {child: [] for child in CHILDREN}
        for child in CHILDREN:
            in_child(child, work / "short", work, SHORT)
        for run in range(options.runs):
            # Alternating, so that other work on the machine affects both.
            for child in CHILDREN:
                taken[child].append(in_child(child, folder, work, frames))
            told = f"{name}: run {run + 1} of {options.runs}, load {os.getloadavg()[0]:.1f}"
            print(told, file=sys.stderr)
        report(name, taken, seconds)
    cores, load = available_cores(), os.getloadavg()[0]
    print(f"\n{cores} cores; medians of {options.runs}; load at the end {load:.1f}")


def written(work: Path, options: argparse.Namespace) -> dict[str, Path]:
    """Write the clips; gives the folder of each kind."""
    write_clips(work / "short", SIZES["720p"], 1, SHORT)
    if options.clips:
        return {options.clips.name: options.clips}
    for name, size in SIZES.items():
        write_clips(work / name, size, options.videos, options.frames)
    return {name: work / name for name in SIZES}


def report(name: str, taken: dict[str, list[Measured]], seconds: float) -> None:
    """Print the rows of one kind of clips, and what 300 hours of them would take."""

    def median(child: str, what: str) -> float:
        return statistics.median(getattr(one, what) for one in taken[child])

    plain_wall, plain_cpu = median("plain", "wall_s"), median("plain", "cpu_s")
    for child in CHILDREN:
        wall, cpu = median(child, "wall_s"), median(child, "cpu_s")
        megabytes = median(child, "lake_bytes") / 1e6 / (seconds / 60)
        print(
            f"| {name}, {NAMES[child]} | {1 / wall:.1f} | {1000 * cpu:.1f} "
            f"| {plain_wall / wall / available_cores():.2f} | {plain_cpu / cpu:.2f} "
            f"| {f'{megabytes:.1f}' if megabytes else ''} |"
        )
    hours = HOURS * 3600 * RATE * median("product", "wall_s") / 3600
    cpu_hours = HOURS * 3600 * RATE * median("product", "cpu_s") / 3600
    gigabytes = median("product", "lake_bytes") / seconds * 3600 * HOURS / 1e9
    print(
        f"{HOURS} hours of {name} at {RATE} frames a second: {hours:.0f} h here "
        f"({cpu_hours:.0f} processor hours), {gigabytes:.0f} GB",
        file=sys.stderr,
    )


def in_child(child: str, clips: Path, work: Path, frames: int) -> Measured:
    """Run a contender in a process of its own and measure it with all its children."""
    out = work / "out"
    out.mkdir()
    command = [sys.executable, __file__, "--child", child, "--folder", str(clips)]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(work / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [*command, "--out", str(out)], check=True, stderr=subprocess.DEVNULL, env=environment
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    written = sum(file.stat().st_size for file in (out / "lake").rglob("*.parquet"))
    shutil.rmtree(out)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall / frames, cpu / frames, written)


def product(folder: Path, out: Path) -> None:
    from lakehouse.extraction.extract import extract
    from lakehouse.extraction.options import ExtractionOptions
    from lakehouse.paths import WarehousePaths
    from lakehouse.settings import Settings

    extract(folder, WarehousePaths(out), Settings(), ExtractionOptions(layout=LAYOUT))


def plain(folder: Path, out: Path) -> None:
    from lakehouse.extraction.network import close_network

    close_network()
    import av
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

    from lakehouse.extraction.face_model import read_model

    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=read_model()),
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        for file in sorted(folder.rglob("*.*")):
            with av.open(str(file)) as container:
                container.streams.video[0].thread_type = "NONE"
                for frame in container.decode(video=0):
                    pixels = frame.to_ndarray(format="rgb24")
                    landmarker.detect(mp.Image(mp.ImageFormat.SRGB, pixels))


CHILDREN: dict[str, Callable[[Path, Path], None]] = {"product": product, "plain": plain}
NAMES = {"product": "product", "plain": "plain loop"}


def counted(folder: Path) -> tuple[int, float]:
    """Count the frames of all clips, and their seconds at 30 a second."""
    from lakehouse.video.decoding import open_video

    frames = sum(1 for file in folder.rglob("*.*") for _ in open_video(file).frames())
    return frames, frames / RATE


def write_clips(folder: Path, size: tuple[int, int], videos: int, frames: int) -> None:
    """Write clips of made-up people, each for itself."""
    from lakehouse.figures.video_file import write_timed_video

    for number in range(videos):
        place = folder / f"{number:04d}"
        place.mkdir(parents=True)
        write_timed_video(swaying(number, size, frames // videos), place / "clip.mp4", size)


def swaying(person: int, size: tuple[int, int], frames: int) -> Iterator[tuple[float, Pixels]]:
    """Draw a face that sways before a noisy camera."""
    import cv2

    from lakehouse.synthetic import plan_study, render_photo

    plan = plan_study(person + 1, 1, expressions=("neutral", "happiness"), conditions=(False,))
    face: Any = render_photo(plan, plan.participants[person], "happiness", False, 1)
    width, height = size
    scale = height / face.shape[0]
    rng = np.random.default_rng(person)
    noise = rng.normal(0, 2, (height + 64, width + 64, 3)).astype(np.int16)
    middle = (face.shape[1] / 2, face.shape[0] / 2)
    for frame in range(frames):
        turn = cv2.getRotationMatrix2D(middle, 1.5 * np.sin(frame / 30), scale)
        turn[:, 2] += np.array([width, height]) / 2 - middle
        picture = cv2.warpAffine(face, turn, size, borderMode=cv2.BORDER_REPLICATE)
        y, x = rng.integers(0, 64, 2)
        grainy = picture + noise[y : y + height, x : x + width]
        yield frame / RATE, np.clip(grainy, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
