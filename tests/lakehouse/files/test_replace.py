import os
from pathlib import Path

import pytest

from lakehouse.errors import LakeError, QueryError
from lakehouse.files.replace import put, replaced, replaced_file, write_bytes, write_json
from lakehouse.system import kernel
from tests.guards import without_guards


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    write_bytes(path, b"old")

    def fail() -> None:
        with replaced(path) as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_until_it_is_whole_it_has_a_temporary_name_and_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with replaced_file(path) as file:
        [temporary] = without_guards(tmp_path)
        assert temporary.name.startswith(".a.csv.")
        assert temporary.suffix == ".tmp"
        assert mode(temporary) == 0o600
        file.write(b"whole")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"whole"
    assert mode(path) == 0o600


def test_two_may_write_the_same_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with replaced_file(path) as first:
        first.write(b"first")
        write_bytes(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_it_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, done = tmp_path / "a", []
    sync, rename = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda file: (done.append("synced"), sync(file)))
    monkeypatch.setattr(os, "replace", lambda *names: (done.append("renamed"), rename(*names)))

    write_bytes(path, b"x")

    assert done == ["synced", "renamed"]


def test_a_writer_that_opens_the_file_to_all_is_corrected(tmp_path: Path) -> None:
    with replaced(tmp_path / "a") as temporary:
        temporary.unlink()
        temporary.write_bytes(b"anew")
        temporary.chmod(0o644)
    assert mode(tmp_path / "a") == 0o600


def test_what_is_put_in_place_is_its_owners_and_its_name_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made").write_bytes(b"new")
    (tmp_path / "made").chmod(0o644)
    (tmp_path / "a").write_bytes(b"old")
    synced = []
    monkeypatch.setattr(
        os, "fsync", lambda file: synced.append(Path(f"/proc/self/fd/{file}").readlink())
    )

    put(tmp_path / "made", tmp_path / "a")

    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"new"
    assert mode(tmp_path / "a") == 0o600
    assert synced[0] == tmp_path / "made"
    assert synced[1:] == ([tmp_path] if kernel.DIRECTORY else [])


def test_the_systems_refusal_is_one_line_of_the_class_that_was_named(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    with pytest.raises(LakeError, match=r"a\.png: cannot be written"):
        write_bytes(tmp_path / "a.png", b"x")
    with pytest.raises(QueryError, match=r"a.csv: cannot be written \(No such file or directory"):
        replaced_file(tmp_path / "missing" / "a.csv", QueryError).__enter__()
    assert [file.name for file in tmp_path.iterdir()] == ["a.png"]


def test_whole_contents_make_their_folder(tmp_path: Path) -> None:
    write_json(tmp_path / "one" / "other" / "a.json", {"a": [1]})
    assert (tmp_path / "one" / "other" / "a.json").read_text() == '{"a": [1]}'
    assert mode(tmp_path / "one") == mode(tmp_path / "one" / "other") == 0o700
