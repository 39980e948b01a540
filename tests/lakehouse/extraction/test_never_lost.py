"""Workers that fail, disks that fill up, runs that meet: whatever happens, the lake is whole."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lakehouse.cli.extract import interrupts

from lakehouse.errors import LakeError
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions, Workers
from lakehouse.ingest.summary import Summary
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.copies import copied
from tests.lakehouse.extraction.test_extract import content, rows
from tests.photographs import encoded, portrait

pytestmark = pytest.mark.usefixtures("face_model_path")

FAULTY = (sys.executable, str(Path(__file__).with_name("faulty_worker.py")))
COMMAND = [sys.executable, "-m", "lakehouse.cli"]


def until(happens: Callable[[], bool], limit_s: float = 60) -> None:
    end = time.monotonic() + limit_s
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.portable
def test_workers_that_hang_or_crash_cost_one_photograph_each(
    dataset: Path,
    tmp_path: Path,
    extraction: tuple[WarehousePaths, Summary],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    faults = tmp_path / "faults"
    faults.mkdir()
    monkeypatch.setenv("FAULTS", str(faults))
    photos = shutil.copytree(dataset, tmp_path / "photos")
    for name, what in (("hangs.jpg", "hang"), ("crashes.jpg", "crash")):
        shutil.copy(photos / "00/00/0000/1.jpg", photos / "00/00/0000" / name)
        (faults / name).write_text(what)
    paths = WarehousePaths(tmp_path / "w")

    def run() -> Summary:
        workers = Workers(time_limit_s=4, command=FAULTY)
        options = ExtractionOptions(part_photos=4, workers=workers)
        return extract(photos, paths, Settings(), options)

    summary = run()
    assert (summary.crashed, summary.ok, summary.no_face) == (2, 12, 1)
    errors = {row["photo"]: row["error"] for row in rows(paths) if row["status"] == "crashed"}
    assert errors["hangs"] == "no answer within 4 s"
    assert errors["crashes"].startswith("the worker ended by SIGSEGV")
    shutil.rmtree(faults)
    faults.mkdir()
    summary = run()
    assert (summary.crashed, summary.ok, summary.replaced) == (0, 2, 2)
    assert len(rows(paths)) == 16


ENTER = """
import sys
from pathlib import Path
from lakehouse.errors import LakeError
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
if len(sys.argv) > 3:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    extract(Path(sys.argv[1]), WarehousePaths(Path(sys.argv[2])), Settings(),
            ExtractionOptions(part_photos=4))
except LakeError as error:
    sys.exit(f"told: {error}")
"""


@pytest.mark.slow
def test_files_that_may_not_grow_are_told_and_leave_the_lake_intact(
    dataset: Path, tmp_path: Path, extraction: tuple[WarehousePaths, Summary]
) -> None:
    paths = WarehousePaths(copied(extraction[0].root, tmp_path / "w"))
    (paths.photos / "part-000004.parquet").unlink()
    (paths.photos / "part-000003.parquet").unlink()
    command = [sys.executable, "-c", ENTER, str(dataset), str(paths.root), "9000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith(f"told: {paths.landmarks}")
    assert "cannot be written (File too large)" in done.stderr
    assert list(paths.lake.rglob("*.tmp")) == list(paths.lake.rglob("*.ready")) == []
    extract(dataset, paths, Settings(), ExtractionOptions(part_photos=4))
    assert content(paths) == content(extraction[0])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 100 kB, which only root can make."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_told_and_the_run_goes_on_once_there_is_room(
    dataset: Path, small_disk: Path, extraction: tuple[WarehousePaths, Summary]
) -> None:
    paths = WarehousePaths(small_disk / "w")
    with pytest.raises(LakeError, match=r"No space left on device.*free some space and run it"):
        extract(dataset, paths, Settings(), ExtractionOptions(part_photos=4))
    assert 0 < len(rows(paths)) < 14
    assert list(paths.lake.rglob("*.tmp")) == list(paths.lake.rglob("*.ready")) == []
    subprocess.run(["mount", "-o", "remount,size=2m", str(small_disk)], check=True)
    assert extract(dataset, paths, Settings(), ExtractionOptions(part_photos=4)).already_done > 0
    assert content(paths) == content(extraction[0])


@pytest.mark.slow
@pytest.mark.portable
def test_a_disk_that_is_full_when_a_file_is_synced_is_told(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    paths = WarehousePaths(tmp_path / "w")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LakeError, match=r"No space left on device.*what was committed is intact"):
        extract(dataset, paths, Settings())
    assert [path.name for path in paths.lake.rglob("*") if path.is_file()] == [".lock"]


@pytest.mark.slow
@pytest.mark.portable
def test_of_two_commands_at_once_the_second_is_told(dataset: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "w"
    command = [*COMMAND, "--warehouse", str(warehouse), "extract", str(dataset), "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
        lock = WarehousePaths(warehouse).lock
        until(lambda: lock.exists() and lock.read_text() == f"{first.pid}\n")
        first.send_signal(signal.SIGSTOP)
        try:
            second = subprocess.run(command, capture_output=True, text=True, check=False)
        finally:
            first.send_signal(signal.SIGCONT)
        first.communicate(timeout=60)
    assert first.returncode == 0
    assert second.returncode == 1
    assert f"in use by process {first.pid}; wait until it is done" in second.stderr
    assert second.stderr.count("\n") == 1


def test_the_first_interrupt_is_a_wish_and_the_second_an_order() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interrupts() as interrupted:
        assert not interrupted()
        os.kill(os.getpid(), signal.SIGINT)
        assert interrupted()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.slow
def test_an_interrupted_command_finishes_its_part_and_says_how_to_go_on(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    folder = photos / "00/00/0001"
    folder.mkdir(parents=True)
    face = encoded(portrait(120), "JPEG")
    for number in range(700):
        # Nothing after the end of a JPEG picture belongs to it.
        (folder / f"{number}.jpg").write_bytes(face + str(number).encode())
    paths = WarehousePaths(tmp_path / "w")
    command = [*COMMAND, "--warehouse", str(paths.root), "extract", str(photos)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        until(lambda: (paths.photos / "part-000001.parquet").exists())
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=60)
    assert child.returncode == 1
    done = pq.read_table(paths.photos).num_rows
    assert done in (256, 512)
    assert said.splitlines()[-1] == (
        f"error: stopped after {done} of 700 photographs; the same command continues from there"
    )
    again = subprocess.run([*command, "--quiet"], capture_output=True, text=True, check=True)
    assert f"{done} already done" in again.stdout
    assert pq.read_table(paths.photos).num_rows == 700
