"""Long runs: many photographs, everything going wrong, and memory that stays flat."""

import resource
import signal
import subprocess
import sys
from collections import Counter
from itertools import chain, cycle, islice
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from PIL import Image

from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.extraction.pool import WorkerPool
from lakehouse.extraction.worker import Setup
from lakehouse.ingest.result import Outcome, Task
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic import plan_study, render_photo
from lakehouse.system.processors import available_cores
from tests.lakehouse.extraction.test_extract import content
from tests.lakehouse.extraction.test_never_lost import FAULTY
from tests.photographs import encoded, portrait, save
from tests.zoo import zoo

pytestmark = pytest.mark.slow

PHOTOGRAPHS = 400
KILLS = 8
SOME, MANY = 400, 1000

RUN = f"""
import sys
from pathlib import Path
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions, Workers
from lakehouse.ingest.listeners import Listeners
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
workers = Workers(time_limit_s=10, command={FAULTY!r})
extract(Path(sys.argv[1]), WarehousePaths(Path(sys.argv[2])), Settings(),
        ExtractionOptions(part_photos=32, workers=workers),
        Listeners(progress=lambda step: print(step.done, flush=True)))
"""


def faces(count: int) -> list[bytes]:
    """Give photographs of as many people, 320 × 384 pixels large."""
    plan = plan_study(count, 1, expressions=("neutral", "happiness"), conditions=(False,))
    pictures = (render_photo(plan, person, "happiness", False, 1) for person in plan.participants)
    return [encoded(Image.fromarray(each).resize((320, 384)), "JPEG") for each in pictures]


@pytest.mark.exhaustive
def test_many_photographs_through_kills_hangs_and_corrupt_files(
    face_model_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos, faults = tmp_path / "photos", tmp_path / "faults"
    faults.mkdir()
    monkeypatch.setenv("FAULTS", str(faults))
    originals = faces(100)
    for number in range(PHOTOGRAPHS):
        file = photos / "05/00" / f"{number // 40:04d}" / f"{number}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        # Nothing after the end of a JPEG picture belongs to it.
        whole = originals[number % 100] + str(number).encode()
        file.write_bytes(whole[: len(whole) // 2] if number % 100 == 37 else whole)
    calm = WarehousePaths(tmp_path / "calm")
    summary = extract(photos, calm, Settings(), ExtractionOptions(part_photos=32))
    assert (summary.found, summary.ok, summary.damaged) == (400, 396, 4)

    for number in range(11, PHOTOGRAPHS, 100):
        (faults / f"{number}.jpg").write_text("hang once")
        (faults / f"{number + 50}.jpg").write_text("crash once")
    random = np.random.default_rng(3)
    paths = WarehousePaths(tmp_path / "troubled")
    command = [sys.executable, "-c", RUN, str(photos), str(paths.root)]
    kills, runs = 0, 0
    # A photograph at which a worker failed is tried again by the run after.
    while kills < KILLS or runs < 2:
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            killed_at = random.integers(1, 100) if kills < KILLS else None
            for seen, _ in enumerate(child.stdout, 1):
                if seen == killed_at:
                    child.send_signal(signal.SIGKILL)
                    kills += 1
                    break
        runs += child.returncode == 0
    assert not any(faults.iterdir())
    rows = pq.read_table(paths.photos).to_pylist()
    keys = Counter((row["participant"], row["photo"]) for row in rows)
    assert len(keys) == len(rows) == PHOTOGRAPHS
    assert content(paths) == content(calm)


def page_faults(pid: int) -> int:
    """Read how often the kernel has had to find memory for a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[7])


def test_a_worker_keeps_the_memory_of_a_picture_for_the_next(
    face_model_path: Path, tmp_path: Path
) -> None:
    path = save(portrait(1600), tmp_path / "large.jpg")
    pages_of_a_picture = 1600 * 1600 * 3 // resource.getpagesize()
    tasks = [Task(str(path), None)] * 12
    with WorkerPool(Setup(face_model_path, 0.5, 0.8), 1) as pool:
        for answer in pool.map(tasks):
            assert isinstance(answer, Outcome)
            assert answer.face is not None
        [pid] = pool.pids
        before = page_faults(pid)
        assert len(list(pool.map(tasks))) == len(tasks)
        assert page_faults(pid) - before < len(tasks) * pages_of_a_picture / 4


def peak_bytes(pid: int) -> int:
    """Read the most memory that a process has held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    [peak] = [line for line in lines if line.startswith("VmHWM")]
    return int(peak.split()[1]) * 1024


@pytest.mark.exhaustive
def test_memory_stays_flat_over_many_photographs(face_model_path: Path, tmp_path: Path) -> None:
    paths = []
    for number, picture in enumerate(faces(40)):
        paths.append(tmp_path / f"{number}.jpg")
        paths[-1].write_bytes(picture)
    kinds = ("a 12th of the width.png", "coffee.png", "turned 180.png", "half.jpg", "grey.jpg")
    for specimen in zoo():
        if specimen.name in kinds:
            paths.append(tmp_path / specimen.name)
            paths[-1].write_bytes(specimen.content)
    # The seldom ones cost ten times as much.
    often, seldom = paths[:40], paths[40:]
    order = [*seldom, *often, *often, *often]
    # At first so many of them that every worker has had each kind before it is measured.
    stream = islice(chain(10 * seldom, cycle(order)), MANY)
    tasks = (Task(str(path), None) for path in stream)
    after: dict[int, list[int]] = {}
    with WorkerPool(Setup(face_model_path, 0.5, 0.8), available_cores()) as pool:
        pids = pool.pids
        for number, answer in enumerate(pool.map(tasks), 1):
            assert isinstance(answer, Outcome)
            if number in (SOME, MANY):
                after[number] = [peak_bytes(pid) for pid in pool.pids]
        assert pool.pids == pids
    for early, late in zip(after[SOME], after[MANY], strict=True):
        assert late < 1.03 * early, f"{early / 1e6:.0f} MB, then {late / 1e6:.0f} MB"
