import errno
import os
from pathlib import Path

import pytest

from lakehouse.errors import InputError, LakeError
from lakehouse.files.new import new_file, write_new


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("theirs")
    with pytest.raises(InputError, match=r"a.csv: cannot be written \(File exists\)"):
        write_new(path, "ours", InputError)
    assert path.read_text() == "theirs"


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    with pytest.raises(LakeError, match="File exists"):
        write_new(tmp_path / "a", "ours")
    assert not (tmp_path / "b").exists()


def test_it_is_its_owners_from_its_birth(tmp_path: Path) -> None:
    with new_file(tmp_path / "a") as file:
        assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
        file.write("ação".encode())
    assert (tmp_path / "a").read_text(encoding="utf-8") == "ação"


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LakeError, match=r"a: cannot be written \(No space left.*free some space"):
        write_new(tmp_path / "a", "text")
    assert list(tmp_path.iterdir()) == []
