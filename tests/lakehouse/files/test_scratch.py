import os
import subprocess
import sys
from pathlib import Path

import pytest

from lakehouse.errors import BuildError, LakeError, QueryError
from lakehouse.files.scratch import nameless_log, scratch, scratch_folder


def test_the_folders_are_private_and_gone_afterwards(tmp_path: Path) -> None:
    with scratch(tmp_path / "a.duckdb", tmp_path / "spill") as folders:
        assert [folder.name for folder in folders] == [".a.duckdb.tmp", ".spill.tmp"]
        for folder in folders:
            assert folder.stat().st_mode & 0o777 == 0o700
            (folder / "file").touch()
    assert list(tmp_path.iterdir()) == []


def test_they_are_gone_after_a_failure(tmp_path: Path) -> None:
    def fail() -> None:
        with scratch(tmp_path / "a") as (folder,):
            (folder / "file").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_cleared_first(tmp_path: Path) -> None:
    (tmp_path / ".[a].tmp").touch()
    (tmp_path / ".[a].tmp.wal").touch()
    (tmp_path / ".a.tmp").touch()
    with scratch(tmp_path / "[a]") as (folder,):
        assert list(folder.iterdir()) == []
        assert {path.name for path in tmp_path.iterdir()} == {".[a].tmp", ".a.tmp"}


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(BuildError, match="file: cannot be listed"),
        scratch(tmp_path / "file" / "a", error_class=BuildError),
    ):
        pass


def test_the_systems_folder_gets_a_private_one_that_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch_folder() as folder:
        assert folder.parent == tmp_path
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "rows").touch()
    assert list(tmp_path.iterdir()) == []


def test_a_private_one_lies_where_it_is_wanted_if_that_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "system").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "system"))
    with scratch_folder(beside=tmp_path / "query") as folder:
        assert folder.parent == tmp_path
    with scratch_folder(beside=tmp_path / "missing" / "query") as folder:
        assert folder.parent == tmp_path / "system"
    assert [path.name for path in tmp_path.iterdir()] == ["system"]
    assert list((tmp_path / "system").iterdir()) == []


def test_no_system_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with pytest.raises(
        QueryError, match=r"folder for temporary files: cannot be written \(No such"
    ):
        scratch_folder(QueryError).__enter__()
    with pytest.raises(LakeError, match="folder for temporary files"):
        nameless_log()


def test_errors_of_the_work_stay_what_they_are() -> None:
    with pytest.raises(BrokenPipeError), scratch_folder():
        raise BrokenPipeError


def test_what_is_said_into_a_log_is_appended_after_it_was_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with nameless_log() as log:
        command = (
            "import os\nfrom lakehouse.files.scratch import emptied\n"
            "os.write(2, b'first')\nemptied(2)\nos.write(2, b'then')\n"
        )
        subprocess.run([sys.executable, "-c", command], stderr=log, check=True)
        assert list(tmp_path.iterdir()) == []
        assert os.pread(log.fileno(), 100, 0) == b"then"
