import os
from pathlib import Path

import pytest

from lakehouse.errors import InputError
from lakehouse.files.staging import staged
from tests.guards import without_guards


def test_files_move_together_and_the_one_that_vouches_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved, rename = [], os.replace
    monkeypatch.setattr(
        os, "replace", lambda one, other: (moved.append(Path(other).name), rename(one, other))
    )
    out = tmp_path / "new" / "out"
    with staged(out, InputError, last="b") as staging:
        for name in "abc":
            (staging / name).write_text(name)
            (staging / name).chmod(0o644)
        assert [path.stat().st_mode & 0o777 for path in without_guards(out)] == [0o700]
        assert moved == []
    assert moved[-1] == "b"
    assert sorted(moved) == ["a", "b", "c"]
    assert {path.name for path in out.iterdir()} == {"a", "b", "c"}
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    assert out.stat().st_mode & 0o777 == 0o700


def test_after_a_failure_what_was_there_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    def fail() -> None:
        with staged(tmp_path, InputError, last="b") as staging:
            (staging / "a").write_text("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "old"


def test_the_folder_is_named_without_links(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    with staged(tmp_path / "link", InputError, last="a") as staging:
        assert staging == staging.resolve()


def test_the_systems_refusal_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with (
        pytest.raises(InputError, match="cannot be written"),
        staged(tmp_path, InputError, last="a") as staging,
    ):
        (staging / "a").write_text("a folder is in the way")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
