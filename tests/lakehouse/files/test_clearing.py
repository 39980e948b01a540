import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lakehouse.errors import InputError
from lakehouse.files.at_work import note, own_notes
from lakehouse.files.clearing import clear_dead, clear_own
from lakehouse.files.staging import staged
from lakehouse.files.temporary import temporary_file, temporary_folder

KILLED = """
import os, signal, sys
from pathlib import Path
from lakehouse.errors import InputError
from lakehouse.files.at_work import locked
from lakehouse.files.staging import staged
from lakehouse.files.temporary import temporary_file, temporary_folder
out = Path(sys.argv[1])
real = os.replace
def moved(one, other):
    real(one, other)
    os.kill(os.getpid(), signal.SIGKILL)
with temporary_file(out / "answer.csv"), temporary_folder(out / "query") as folder:
    (folder / "spilt").write_text("rows of people")
    with locked(out / ".lock"), staged(out, InputError, last="b") as staging:
        for name in "abc":
            (staging / name).write_text(name)
        if sys.argv[2] == "moving":
            os.replace = moved
        else:
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def killed(out: Path, when: str) -> None:
    command = [sys.executable, "-c", KILLED, str(out), when]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert [name for name in names(out) if name.startswith(".")]


def test_what_was_not_whole_is_removed_at_once(out: Path) -> None:
    killed(out, "writing")
    assert clear_dead() == [out / ".lock"]
    assert list(out.iterdir()) == []
    assert clear_dead() == []


def test_what_was_whole_and_moving_is_moved_on(out: Path) -> None:
    killed(out, "moving")
    assert len({"a", "b", "c"} & names(out)) == 1
    clear_dead()
    assert {path.name: path.read_text() for path in out.iterdir()} == {name: name for name in "abc"}


def test_the_next_who_stages_there_moves_it_on_too(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(out, "moving")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    with staged(out, InputError, last="b") as staging:
        assert {"a", "b", "c"} <= names(out)
        (staging / "b").write_text("new")
    assert (out / "a").read_text() + (out / "b").read_text() == "anew"


def test_what_the_living_hold_stays(out: Path) -> None:
    with temporary_file(out / "a") as file, temporary_folder(out / "b") as folder:
        assert clear_dead() == []
        assert file.exists()
        assert folder.exists()


def test_only_temporary_names_are_removed(out: Path) -> None:
    (out / "theirs").touch()
    program = "import os, sys; from pathlib import Path; from lakehouse.files.at_work import note; "
    program += "note(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", program, str(out / "theirs")], check=False)
    # Whatever else is noted is a lock's file.
    assert clear_dead() == [out / "theirs"]
    assert (out / "theirs").exists()


def test_at_its_end_a_process_removes_its_own(out: Path) -> None:
    for name, make in ((".a.abcdefgh.tmp", Path.touch), (".b.abcdefgh.tmp", Path.mkdir)):
        note(out / name)
        make(out / name)
    (out / ".b.abcdefgh.tmp" / "spilt").touch()
    clear_own()
    assert list(out.iterdir()) == own_notes() == []
