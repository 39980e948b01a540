"""How much time commands take that have nothing to do.

Each line is typed several times, as a user does, in a process of its own with all its children;
shown are the medians of its processor time and of the time that passes. `python -c pass` shows
what of it is the interpreter's.

The repeated `extract` finds 14,832 photographs as it left them: 309 people, 8 expressions, 2
conditions, 3 each. They are made up, with the lake that they would have given, and small, so that
`--verify` shows what there is to do beside reading. Files of full size take as long as the disk
takes to read them.

    python benchmarks/start.py
    python benchmarks/start.py --runs 21
    python benchmarks/start.py --participants 24
"""

import argparse
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from lakehouse.dataset.listing import PhotoFile
from lakehouse.dataset.walk import walk_photos
from lakehouse.extraction.face_model import MODEL_SHA256
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import PART_PHOTOS, commit_part, part_name
from lakehouse.lake.records import PhotoRecord, PhotoRow
from lakehouse.paths import WarehousePaths
from lakehouse.settings.model import Dataset

LAKEHOUSE: Final = (sys.executable, "-m", "lakehouse.cli")
PHOTOS: Final = 3
"""Of a person in a cell."""

PHOTO_BYTES: Final = 16 * 2**10
POINTS: Final = 478
SHAPES: Final = tuple(f"shape{number}" for number in range(52))


class Taken(NamedTuple):
    """Seconds of processor time, the system's for it included, and seconds that passed."""

    cpu_s: float
    wall_s: float


HELP: Final = "0.25 s of processor time"
SQL: Final = "0.5 s of processor time"
EXTRACT: Final = "5 s passed"
"""What each may take."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--participants", type=int, default=309)
    options = parser.parse_args()
    runs = options.runs
    with tempfile.TemporaryDirectory() as folder:
        lakehouse = (*LAKEHOUSE, "--warehouse", str(Path(folder) / "warehouse"))
        for words in (("synthesize", "--participants", "12", "--quiet"), ("build",)):
            subprocess.run([*lakehouse, *words], check=True, stdout=subprocess.DEVNULL)
        show("python -c pass", median([sys.executable, "-c", "pass"], runs))
        show("lakehouse --help", median([*lakehouse, "--help"], runs), HELP)
        show("lakehouse sql", median([*lakehouse, "sql", "select 1"], runs), SQL)
        repeated(Path(folder), options.participants, runs)


def repeated(folder: Path, participants: int, runs: int) -> None:
    """Measure an extraction of photographs that are in the lake."""
    photos, paths = folder / "photos", WarehousePaths(folder / "extracted")
    write_photos(photos, participants)
    write_lake(walk_photos(photos, Dataset()).photos, paths)
    words = [*LAKEHOUSE, "--warehouse", str(paths.root), "extract", str(photos), "--quiet"]
    # The first run remembers sizes and time stamps.
    found = len(list(photos.rglob("*.jpg")))
    for how, command in (("read", [*words, "--verify"]), ("by stamp", words)):
        taken = median(command, runs)
        show(f"extract, {found:,} {how}", taken, EXTRACT if how == "by stamp" else "")


def write_photos(folder: Path, participants: int) -> None:
    """Write files that no two have the same bytes, each beginning as JPEG does."""
    rest = np.random.default_rng(0).bytes(PHOTO_BYTES)
    codes = product(Dataset().expressions, Dataset().supervised, range(1, participants + 1))
    for expression, supervised, person in codes:
        place = folder / expression / supervised / f"{person:04d}"
        place.mkdir(parents=True)
        for number in range(PHOTOS):
            path = place / f"{number}.jpg"
            path.write_bytes(b"\xff\xd8\xff" + str(path).encode() + rest)


def write_lake(files: Sequence[PhotoFile], paths: WarehousePaths) -> None:
    """Write what extraction would have, with random faces."""
    with lake_lock(paths):
        for number, first in enumerate(range(0, len(files), PART_PHOTOS), start=1):
            some = files[first : first + PART_PHOTOS]
            commit_part(paths, part_name(number), list(records(some)))


def records(files: Sequence[PhotoFile]) -> Iterator[PhotoRecord]:
    rng = np.random.default_rng(0)
    for file in files:
        content = file.absolute.read_bytes()
        row = PhotoRow(
            participant=file.participant,
            expression=file.expression,
            supervised=file.supervised,
            photo=file.photo,
            path=file.path,
            sha256=hashlib.sha256(content).hexdigest(),
            bytes=len(content),
            width=1920,
            height=1080,
            orientation=1,
            status="ok",
            faces=1,
            face_height=400.0,
            extractor="made up",
            model_sha256=MODEL_SHA256,
            extracted_at="2026-01-01T00:00:00+00:00",
        )
        points = rng.uniform(100, 900, (POINTS, 3)).astype(np.float32)
        yield PhotoRecord(row, points, SHAPES, rng.uniform(0, 1, len(SHAPES)).astype(np.float32))


def median(command: Sequence[str], runs: int) -> Taken:
    """Measure a command."""
    taken(command)  # its files are in memory from here on
    spent = [taken(command) for _ in range(runs)]
    return Taken(*(statistics.median(column) for column in zip(*spent, strict=True)))


def taken(command: Sequence[str]) -> Taken:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    passed = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Taken(usage.ru_utime + usage.ru_stime, passed)


def show(name: str, spent: Taken, limit: str = "") -> None:
    told = f"{name:28}{spent.cpu_s:7.3f} s of processor time,{spent.wall_s:7.3f} s passed"
    if limit:
        most, _, what = limit.partition(" s ")
        slow = (spent.wall_s if what == "passed" else spent.cpu_s) >= float(most)
        told += f"; limit {limit}{': TOO SLOW' if slow else ''}"
    print(told)


if __name__ == "__main__":
    main()
