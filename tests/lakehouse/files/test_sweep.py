"""What killed processes leave, and who may remove it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest

from lakehouse.files.names import temporary_name
from lakehouse.files.sweep import remove, sweep, sweep_dead, take_away
from lakehouse.files.temporary import temporary_file, temporary_folder

Make = Callable[[Path], AbstractContextManager[Path]]

KILLED = """
import os, signal, sys
from pathlib import Path
from lakehouse.files.temporary import temporary_file, temporary_folder
with {make}(Path(sys.argv[1])) as made:
    if made.is_dir():
        (made / "spilt").write_text("rows of people")
    print(made, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def leave(make: Make, path: Path) -> Path:
    """Have a process make a temporary and be killed, long ago."""
    command = [sys.executable, "-c", KILLED.format(make=make.__name__), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    left = Path(done.stdout.strip())
    assert left.exists()
    return aged(left)


def aged(path: Path) -> Path:
    hour_ago = time.time() - 3600
    os.utime(path, (hour_ago, hour_ago))
    return path


@pytest.mark.parametrize("make", [temporary_file, temporary_folder])
def test_the_next_of_that_name_removes_what_a_killed_process_left(
    make: Make, tmp_path: Path
) -> None:
    left = leave(make, tmp_path / "answer.csv")
    with make(tmp_path / "other.csv"):
        assert left.exists()
    with make(tmp_path / "answer.csv"):
        assert not left.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make", [temporary_file, temporary_folder])
def test_what_a_living_process_holds_is_left(make: Make, tmp_path: Path) -> None:
    with make(tmp_path / "a") as living:
        aged(living)
        with make(tmp_path / "a") as second:
            assert living.exists()
            assert second != living
    assert list(tmp_path.iterdir()) == []


def test_what_may_not_be_locked_yet_is_left(tmp_path: Path) -> None:
    young = tmp_path / ".a.abcdefgh.tmp"
    young.touch()
    sweep_dead(tmp_path / "a")
    assert young.exists()
    aged(young)
    sweep_dead(tmp_path / "a")
    assert not young.exists()


@pytest.mark.parametrize(
    "name", ["a", ".a.tmp", ".a.abcdefgh", "a.abcdefgh.tmp", ".a.abc.tmp", ".a.b.abcdefgh.tmp"]
)
def test_what_is_not_named_by_the_rule_is_anybodys(name: str, tmp_path: Path) -> None:
    aged_file = tmp_path / name
    aged_file.touch()
    aged(aged_file)
    sweep_dead(tmp_path / "a")
    assert aged_file.exists()


def test_a_link_that_is_named_by_the_rule_leads_nowhere(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "file").touch()
    aged(theirs)
    (tmp_path / ".a.abcdefgh.tmp").symlink_to(theirs)
    sweep_dead(tmp_path / "a")
    assert (theirs / "file").exists()
    assert (tmp_path / ".a.abcdefgh.tmp").is_symlink()


def test_what_cannot_be_removed_hinders_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / ".a.abcdefgh.tmp"
    left.touch()
    aged(left)

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    sweep_dead(tmp_path / "a")
    assert left.exists()


def test_a_folder_of_ones_own_is_swept_of_every_temporary(tmp_path: Path) -> None:
    kept = tmp_path / "part-000001.parquet"
    kept.touch()
    temporary_name(kept).touch()
    (tmp_path / ".scores.parquet.abcdefgh.tmp").touch()
    temporary_name(tmp_path / "folder").mkdir()
    sweep(tmp_path)
    sweep(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == [kept]


def test_a_link_is_removed_and_not_what_it_leads_to(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (tmp_path / "link").symlink_to(theirs)
    remove(tmp_path / "link")
    remove(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == [theirs]


def test_a_folder_that_others_write_to_is_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    (folder / "inner").mkdir(parents=True)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with suppress(OSError):
                (folder / f"{number}").touch()

    with ThreadPoolExecutor(1) as writer:
        writing = writer.submit(write)
        while not (folder / "9").exists():
            time.sleep(0.001)
        try:
            take_away(folder)
        finally:
            stop.set()
        writing.result()

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_need_not_be_taken_away(tmp_path: Path) -> None:
    take_away(tmp_path / "gone")
    assert list(tmp_path.iterdir()) == []
