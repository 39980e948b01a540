import errno
from pathlib import Path

import pytest

from lakehouse.errors import LakeError
from lakehouse.files.links import link, second_name, with_first_names
from lakehouse.system import kernel


@pytest.mark.kernel("a name of a file that is open can be removed")
def test_a_second_name_is_gone_when_the_moment_is_over(tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    file.write_text("rows")
    (tmp_path / "a.duckdb.wal").write_text("log")
    with second_name(file, ".wal", ".missing") as name:
        assert name != file
        assert name.samefile(file)
        assert {path.name for path in name.parent.iterdir()} == {"a.duckdb", "a.duckdb.wal"}
        assert name.parent.stat().st_mode & 0o777 == 0o700
        assert with_first_names(f"{name}: is broken") == f"{file}: is broken"
    assert {path.name for path in tmp_path.iterdir()} == {"a.duckdb", "a.duckdb.wal"}


def test_where_there_are_no_links_it_is_the_files_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    (tmp_path / "a").touch()
    monkeypatch.setattr(kernel, "link", refuse)
    with second_name(tmp_path / "a") as name:
        assert name == tmp_path / "a"


def test_of_a_link_the_link_gets_another_name(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "nowhere")
    link(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").readlink() == tmp_path / "nowhere"
    with pytest.raises(LakeError, match="b: cannot be written"):
        link(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize("number", [None, errno.EPERM, errno.EOPNOTSUPP])
def test_where_no_second_names_can_be_given_there_are_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int | None
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(kernel, "link", refuse if number else kernel.no_link)
    (tmp_path / "a").write_text("rows")
    (tmp_path / "to").symlink_to("nowhere")
    link(tmp_path / "a", tmp_path / "b")
    link(tmp_path / "to", tmp_path / "too")
    assert (tmp_path / "b").read_text() == "rows"
    assert not (tmp_path / "b").samefile(tmp_path / "a")
    assert (tmp_path / "too").readlink() == Path("nowhere")
    (tmp_path / "a").write_text("others")
    with pytest.raises(LakeError, match="b: cannot be written"):
        link(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "rows"


def test_a_file_that_its_names_keep_in_place_is_opened_by_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel, "OPEN_FILES_STAY", True)
    (tmp_path / "a").touch()
    with second_name(tmp_path / "a") as name:
        assert name == tmp_path / "a"
