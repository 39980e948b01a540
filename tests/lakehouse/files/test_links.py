from pathlib import Path

import pytest

from lakehouse.errors import LakeError
from lakehouse.files.links import link, second_name, with_first_names


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
    monkeypatch.setattr("os.link", refuse)
    with second_name(tmp_path / "a") as name:
        assert name == tmp_path / "a"


def test_of_a_link_the_link_gets_another_name(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "nowhere")
    link(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").readlink() == tmp_path / "nowhere"
    with pytest.raises(LakeError, match="b: cannot be written"):
        link(tmp_path / "a", tmp_path / "b")
