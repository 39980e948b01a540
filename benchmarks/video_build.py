"""How much time, memory and disk a build takes with videos, of landmarks that are made up.

Everybody shows eight expressions with and without a cue, a clip each. In a clip the mouth begins to
move after a second, at a time that is its own, stays and returns; the head sways, and points are
found with noise. Nothing is decoded and no face is looked for: that is `benchmarks/video.py`'s.

    python benchmarks/video_build.py --participants 30
    python benchmarks/video_build.py --participants 300 --folder /somewhere/large
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lakehouse.lake import schemas
from lakehouse.lake.video_parts import VideoTables, commit_video_part
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.portrait import load_landmarks

RATE = 30
SLOWEST = 12
CLIPS_OF_A_PART = 12
BLENDSHAPES = 52


def main() -> None:
    options = parsed()
    if options.child:
        task = {"make": make, "build": build}[options.child]
        print(json.dumps(task(WarehousePaths(options.folder), options)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        measure(WarehousePaths(Path(folder)), options)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--participants", type=int, default=30)
    parser.add_argument("--frames", type=int, default=150, help="of a clip")
    parser.add_argument("--neutral", default="events", help="as [video] neutral")
    parser.add_argument("--masks", default="photos", help="as [video] masks")
    parser.add_argument("--folder", type=Path, help="where the lake is made, and deleted")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(paths: WarehousePaths, options: argparse.Namespace) -> None:
    """Make the lake, build it, and print what that took."""
    made = in_child("make", paths, options)
    built = in_child("build", paths, options)
    print(f"{options.participants} participants, {made['frames']:,} frames,", end=" ")
    print(f"{made['frames'] * 478:,} landmarks; {os.cpu_count()} cores,", end=" ")
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"lake {megabytes(paths.lake):,.0f} MB, made in {made['wall']:.0f} s;", end=" ")
    print(f"database {megabytes(paths.database):,.0f} MB")
    print(f"build {built['wall']:.1f} s, of processor {built['cpu']:.1f} s,", end=" ")
    print(f"peak {built['peak']:,.0f} MB")
    models = built["models"]
    for name in sorted(models, key=models.__getitem__, reverse=True)[:SLOWEST]:
        print(f"  {name:28}{models[name]:8.2f} s")


def in_child(task: str, paths: WarehousePaths, options: argparse.Namespace) -> dict[str, Any]:
    """Run a task in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, __file__, "--child", task, "--folder", str(paths.root)]
    for name in ("participants", "frames", "neutral", "masks"):
        command += [f"--{name}", str(getattr(options, name))]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def make(paths: WarehousePaths, options: argparse.Namespace) -> dict[str, Any]:
    """Write the lake, part by part, as `extract` does."""
    started = time.perf_counter()
    for folder in (paths.frame_landmarks, paths.frame_blendshapes, paths.videos, paths.frames):
        folder.mkdir(parents=True)
    expressions = Settings().expression_codes()
    clips = list(product(range(options.participants), expressions, (False, True)))
    rng = np.random.default_rng(0)
    face = load_landmarks()
    mouth = rng.normal(0, 0.3, face.shape) * np.exp(-((face - face[13]) ** 2).sum(1) / 9e3)[:, None]
    for number, first in enumerate(range(0, len(clips), CLIPS_OF_A_PART), start=1):
        part = clips[first : first + CLIPS_OF_A_PART]
        tables = [clip_tables(clip, face, mouth, options.frames, rng) for clip in part]
        joined = VideoTables(*map(pa.concat_tables, zip(*tables, strict=True)))
        commit_video_part(paths, f"part-{number:06d}.parquet", joined)
    return {"frames": len(clips) * options.frames, "wall": time.perf_counter() - started}


def clip_tables(
    clip: tuple[int, str, bool],
    face: npt.NDArray[np.float64],
    mouth: npt.NDArray[np.float64],
    frames: int,
    rng: np.random.Generator,
) -> VideoTables:
    """Make up a clip."""
    person, expression, supervised = clip
    participant, video = f"{person:04d}", f"{expression}_{int(supervised)}"
    times = np.arange(frames) / RATE
    onset = rng.uniform(1.0, 1.6)
    course = np.interp(times, onset + np.array([0, 0.4, 1.4, 2.4]), [0, 1, 1, 0])
    height = 0 if expression == "neutral" else rng.uniform(20, 60)
    sway = np.cumsum(rng.normal(0, 0.2, (frames, 1, 3)), axis=0)
    placed = face + (height * course)[:, None, None] * mouth + sway
    placed += rng.normal(0, 0.3, placed.shape)
    rounded = (np.round(placed * 16) / 16).astype(np.float32).reshape(-1, 3)
    numbers = np.arange(frames, dtype=np.int32)
    landmarks = pa.table(
        [
            *repeated(frames * len(face), participant, video),
            np.repeat(numbers, len(face)),
            np.tile(np.arange(len(face), dtype=np.int16), frames),
            *rounded.T,
        ],
        schema=schemas.FRAME_LANDMARKS,
    )
    scores = np.clip(0.1 + 0.5 * course[:, None] * rng.random((1, BLENDSHAPES)), 0, 1)
    blendshapes = pa.table(
        [
            *repeated(frames * BLENDSHAPES, participant, video),
            np.repeat(numbers, BLENDSHAPES),
            [f"shape{place:02d}" for place in range(BLENDSHAPES)] * frames,
            scores.astype(np.float32).ravel(),
        ],
        schema=schemas.FRAME_BLENDSHAPES,
    )
    columns = dict(zip(("participant", "video"), repeated(frames, participant, video), strict=True))
    columns |= {"frame": pa.array(numbers), "time_s": pa.array(times)}
    columns |= dict(zip(("status", "retry"), repeated(frames, "ok", None), strict=True))
    columns |= {"faces": pa.array(np.ones(frames, np.int32))}
    rest = {
        field.name: pa.nulls(frames, field.type)
        for field in schemas.FRAMES
        if field.name not in columns
    }
    row = {
        **{"participant": participant, "video": video, "path": f"{participant}/{video}.mp4"},
        **{"expression": expression, "supervised": supervised, "status": "ok"},
        **{"extractor": "made up", "extracted_at": "2026-01-01T00:00:00+00:00"},
    }
    return VideoTables(
        landmarks,
        blendshapes,
        pa.Table.from_pylist([row], schema=schemas.VIDEOS),
        pa.table(columns | rest).select(schemas.FRAMES.names).cast(schemas.FRAMES),
    )


def repeated(times: int, *values: str | None) -> list[pa.Array]:
    return [pa.repeat(pa.scalar(value, pa.string()), times) for value in values]


def build(paths: WarehousePaths, options: argparse.Namespace) -> dict[str, Any]:
    """Build, and tell how long each model took."""
    from lakehouse.steps.registry import load_steps
    from lakehouse.warehouse.build import build as build_warehouse

    load_steps()
    chosen = {"neutral": options.neutral, "masks": options.masks}
    settings = Settings.model_validate({"video": chosen, "quality": {"photos_per_mask": "any"}})
    started, cpu = time.perf_counter(), time.process_time()
    built = build_warehouse(paths, settings)
    return {
        "wall": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        "models": {model.name: model.seconds for model in built.models},
    }


def megabytes(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


if __name__ == "__main__":
    main()
