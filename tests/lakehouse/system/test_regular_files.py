import os
from pathlib import Path

import pytest

from lakehouse.system.regular_files import read_regular, require_regular


def test_a_file_is_read_whole_through_a_link_too(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "link").symlink_to("file")
    for name in ("file", "link"):
        assert read_regular(tmp_path / name, at_most=7) == b"content"
        require_regular(tmp_path / name)


def test_a_file_one_byte_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    with pytest.raises(OSError, match="too large"):
        read_regular(tmp_path / "file", at_most=6)


@pytest.mark.parametrize(("path", "kind"), [("/dev/zero", "a device"), ("/", "a folder")])
def test_what_is_no_file_is_named(path: str, kind: str) -> None:
    for read in (require_regular, lambda path: read_regular(path, at_most=1)):
        with pytest.raises(OSError, match="not a file") as refused:
            read(Path(path))
        assert refused.value.strerror == f"{kind}, not a file"


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "file")
    monkeypatch.setattr("lakehouse.system.regular_files.require_regular", lambda path: None)
    with pytest.raises(OSError, match="a named pipe, not a file"):
        read_regular(tmp_path / "file", at_most=6)


def test_what_is_missing_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "none", at_most=6)
