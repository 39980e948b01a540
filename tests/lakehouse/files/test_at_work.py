import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lakehouse.files.at_work import locked, note, noted, notes_of_the_dead, own_notes, strike
from lakehouse.system import locks
from tests.guards import without_guards


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where notes are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "tmp").mkdir()
    name = "at-work" if locks.of_the_kernel() else "at-work-guarded"
    return tmp_path / "cache" / "expression-lakehouse" / name


def dead() -> list[Path]:
    found: list[Path] = []
    notes_of_the_dead(lambda path: found.append(path) is None)
    return found


KILLED = """
import os, signal, sys
from pathlib import Path
from lakehouse.files.at_work import note
for name in sys.argv[1:]:
    note(Path(name))
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(*paths: Path) -> None:
    """Have a process note paths and be killed."""
    done = subprocess.run([sys.executable, "-c", KILLED, *map(str, paths)], check=False)
    assert done.returncode == -signal.SIGKILL


def test_there_is_a_private_file_only_while_something_is_noted(
    folder: Path, tmp_path: Path
) -> None:
    with noted(tmp_path / "a"):
        [file] = without_guards(folder)
        assert file.name.startswith(f"{os.getpid()}.")
        assert file.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700
        assert own_notes() == [tmp_path / "a"]
        assert dead() == []
    assert list(folder.iterdir()) == own_notes() == []


def test_what_is_still_there_stays_noted(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a"
    with noted(path):
        path.touch()
    assert own_notes() == [path]
    path.unlink()
    strike(path)
    assert own_notes() == []


def test_a_lock_is_noted_while_it_is_held(tmp_path: Path) -> None:
    file = tmp_path / ".lock"
    file.touch()
    with locked(file):
        assert own_notes() == [file]
    assert own_notes() == []


def test_what_a_killed_process_noted_is_told_once_it_is_gone(folder: Path, tmp_path: Path) -> None:
    odd = tmp_path / "a\nb \udcff"
    killed(tmp_path / "a", odd)
    assert notes_of_the_dead(lambda path: False) is None
    assert dead() == [tmp_path / "a", odd]
    assert dead() == list(folder.iterdir()) == []


def test_a_note_that_was_cut_off_names_nothing(folder: Path, tmp_path: Path) -> None:
    killed(tmp_path / "a", tmp_path / "b")
    [file] = without_guards(folder)
    file.write_bytes(file.read_bytes()[:-1])
    assert dead() == [tmp_path / "a"]


def test_a_forked_process_has_notes_of_its_own(tmp_path: Path) -> None:
    note(tmp_path / "a")
    pid = os.fork()
    if not pid:
        os._exit(len(own_notes()))
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    strike(tmp_path / "a")


@pytest.mark.parametrize("home", ["not/absolute", "/proc/nowhere"])
def test_without_a_home_the_systems_folder_keeps_notes(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    monkeypatch.setenv("HOME", "/proc/nowhere")
    killed(tmp_path / "a")
    [kept] = (tmp_path / "tmp").iterdir()
    assert kept.name.startswith("expression-lakehouse")
    assert len(without_guards(kept)) == 1
    assert dead() == [tmp_path / "a"]


def test_where_nobody_keeps_notes_work_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "HOME", "TMPDIR"):
        monkeypatch.setenv(name, "/proc/nowhere")
    monkeypatch.setattr("tempfile.tempdir", "/proc/nowhere")
    with noted(tmp_path / "a"):
        assert own_notes() == [tmp_path / "a"]
    assert own_notes() == dead() == []


@pytest.mark.kernel("rights of others are known where there are users' numbers")
def test_notes_that_others_could_write_are_not_taken(folder: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    with noted(tmp_path / "a"):
        assert list(folder.iterdir()) == []
