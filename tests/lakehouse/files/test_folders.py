from pathlib import Path

import pytest

from lakehouse.errors import InputError, LakeError
from lakehouse.files.folders import made_private, make_alike, make_private


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_every_folder_that_is_made_is_private(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path / "a" / "b")
    make_private(tmp_path / "a" / "b")
    assert [mode(each) for each in (tmp_path / "a" / "b", tmp_path / "a", tmp_path)] == [
        0o700,
        0o700,
        0o755,
    ]


def test_a_folder_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(0o750)
    make_private(tmp_path / "a")
    assert mode(tmp_path / "a") == 0o750


def test_a_file_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(LakeError, match="a: cannot be written"):
        make_private(tmp_path / "a")
    with pytest.raises(InputError, match="b: cannot be written"):
        make_private(tmp_path / "a" / "b", InputError)


def test_a_folder_like_another_has_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(0o2750)
    make_alike(tmp_path / "b", tmp_path / "a")
    assert (tmp_path / "b").stat().st_mode & 0o7777 == 0o2750


def test_folders_made_for_nothing_are_removed_again(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="in vain"), made_private(tmp_path / "a" / "b"):
        raise ValueError("in vain")

    assert list(tmp_path.iterdir()) == []


def test_what_was_there_or_came_meanwhile_stays(tmp_path: Path) -> None:
    def work() -> None:
        with made_private(tmp_path / "a" / "b" / "c"):
            (tmp_path / "a" / "b" / "others").touch()
            raise ValueError("in vain")

    (tmp_path / "a").mkdir()
    with pytest.raises(ValueError, match="in vain"):
        work()

    assert [path.name for path in tmp_path.rglob("*")] == ["a", "b", "others"]
