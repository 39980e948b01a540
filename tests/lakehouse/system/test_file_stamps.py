import os
import shutil
import time
from pathlib import Path

import pytest

from lakehouse.system.file_stamps import FileStamp, file_stamp

SECOND = 10**9


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"one content")
    return path


def with_time_of(path: Path, other: os.stat_result) -> None:
    os.utime(path, ns=(other.st_atime_ns, other.st_mtime_ns))


def test_a_file_that_is_left_alone_keeps_its_stamp(file: Path) -> None:
    before = file_stamp(file)
    file.read_bytes()
    assert file_stamp(file) == before
    assert before.bytes == 11


def test_a_content_of_the_same_size_and_time_has_another(file: Path) -> None:
    before, status = file_stamp(file), file.stat()
    time.sleep(0.03)  # beyond a step of the clock
    os.utime(file, ns=(0, 0))
    file.write_bytes(b"two content")
    with_time_of(file, status)
    after = file_stamp(file)
    assert (after.bytes, after.mtime_ns) == (before.bytes, before.mtime_ns)
    assert after != before


def test_another_file_of_the_same_size_and_times_has_another(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jpg"
    shutil.copy2(file, other)
    # As where both came from an archive within one step of the clock.
    one = file_stamp(file)._replace(mtime_ns=0, ctime_ns=0)
    assert one != file_stamp(other)._replace(mtime_ns=0, ctime_ns=0)


def test_links_are_followed(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.jpg"
    link.symlink_to(file)
    assert file_stamp(link) == file_stamp(file)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        file_stamp(link)


@pytest.mark.parametrize(
    ("mtime", "ctime", "holds"),
    [
        (0, 0, True),
        (97, 97, True),
        (98, 0, False),
        (0, 98, False),
        (99, 99, False),
        (200, 97, False),
        (97, 200, False),
        (-1, 0, False),
    ],
)
def test_a_fresh_stamp_is_not_believed(mtime: int, ctime: int, holds: bool) -> None:
    stamp = FileStamp(1, mtime * SECOND, ctime * SECOND, 1)
    assert stamp.holds_since(100 * SECOND) is holds


def test_numbers_fit_into_a_table(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = list(file.stat())
    found[1] = 2**128 - 1
    monkeypatch.setattr(Path, "stat", lambda _: os.stat_result(found, {"st_mtime_ns": 5}))
    assert file_stamp(file).inode == 2**64 - 1
