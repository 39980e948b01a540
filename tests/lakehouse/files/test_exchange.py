import errno
import os
import shutil
from pathlib import Path

import pytest

from lakehouse.errors import LakeError
from lakehouse.files import exchange
from lakehouse.files.exchange import exchange_names, exchanged
from lakehouse.system import kernel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "old").touch()
    return folder


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_new_folder_takes_the_place_of_the_old(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / ".scratch.tmp" / "folder"
    with exchanged(folder, new):
        assert new.parent.stat().st_mode & 0o777 == 0o700
        new.mkdir()
        (new / "new").touch()
        assert names(folder) == ["old"]
    assert names(folder) == ["new"]
    assert names(tmp_path) == ["folder"]


def test_a_failure_leaves_the_old_one_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / ".scratch.tmp" / "folder"

    def fail() -> None:
        with exchanged(folder, new):
            new.mkdir()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(folder) == ["old"]
    assert names(tmp_path) == ["folder"]


def test_what_a_killed_process_left_is_not_in_the_way(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / ".scratch.tmp" / "folder"
    new.mkdir(parents=True)
    with exchanged(folder, new):
        new.mkdir()
    assert names(folder) == []


def test_a_failing_disk_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(one: Path, other: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(exchange, "exchange_names", broken)
    with (
        pytest.raises(LakeError, match=r"cannot be written \(Input/output error\)"),
        exchanged(folder, tmp_path / ".scratch.tmp" / "folder"),
    ):
        pytest.fail("it began")


@pytest.mark.kernel("two names are exchanged in one step")
def test_names_are_exchanged_at_once(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    exchange_names(folder, other)
    assert names(other) == ["old"]
    assert names(folder) == []
    with pytest.raises(FileNotFoundError):
        exchange_names(folder, tmp_path / "missing")


def test_a_c_library_without_the_exchange_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel, "c_function", lambda _: None)
    with pytest.raises(OSError, match="not implemented") as refused:
        exchange_names(tmp_path, tmp_path)
    assert refused.value.errno == errno.ENOSYS


def test_a_folder_that_cannot_be_moved_is_told_before_the_work(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(one: Path, other: Path) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "rename", refuse)
    with (
        pytest.raises(LakeError, match="cannot replace by another"),
        exchanged(folder, tmp_path / ".scratch.tmp" / "folder"),
    ):
        pytest.fail("it began")
    assert names(folder) == ["old"]


def test_a_file_system_that_replaces_what_it_must_not_costs_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def careless(one: Path, other: Path) -> None:
        shutil.rmtree(other, ignore_errors=True)
        rename(one, other)

    monkeypatch.setattr(os, "rename", careless)
    new = tmp_path / ".scratch.tmp" / "folder"
    with exchanged(folder, new):
        new.mkdir()
        assert names(folder) == ["old"]
    assert names(folder) == []
