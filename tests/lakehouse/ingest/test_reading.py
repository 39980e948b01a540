import hashlib
import os
from pathlib import Path

import pytest

from lakehouse.ingest import reading
from lakehouse.ingest.reading import Reading, read_photograph
from lakehouse.ingest.result import Outcome, Status
from lakehouse.system import file_stamps
from lakehouse.system.file_stamps import file_stamp


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that was written long before it is read, as far as the reader knows."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"content")
    later = path.stat().st_ctime_ns + 10**10
    monkeypatch.setattr(reading.time, "time_ns", lambda: later)
    return path


def read(path: Path) -> Reading:
    found = read_photograph(path)
    assert isinstance(found, Reading)
    return found


def test_content_hash_and_stamp_belong_together(file: Path) -> None:
    found = read(file)
    assert found.content == b"content"
    assert found.sha256 == hashlib.sha256(b"content").hexdigest()
    assert found.stamp == file_stamp(file)


def test_what_was_written_just_now_has_no_stamp_yet(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = file.stat().st_ctime_ns
    for age, known in ((0, False), (10**9, False), (2 * 10**9 + 1, True)):
        monkeypatch.setattr(reading.time, "time_ns", lambda now=now, age=age: now + age)
        assert (read(file).stamp is not None) is known


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(b"CONTENT"),
        lambda path: path.write_bytes(b"longer content"),
        lambda path: os.utime(path, ns=(0, 0)),
        lambda path: path.unlink(),
    ],
)
def test_what_changes_while_it_is_read_has_no_stamp(
    file: Path, monkeypatch: pytest.MonkeyPatch, change
) -> None:
    read_bytes = Path.read_bytes
    # The clock of the file system goes in steps.
    os.utime(file, ns=(10**9, 10**9))

    def disturbed(path: Path) -> bytes:
        content = read_bytes(path)
        change(path)
        return content

    monkeypatch.setattr(Path, "read_bytes", disturbed)
    found = read(file)
    assert (found.content, found.stamp) == (b"content", None)


def test_what_cannot_be_read_is_an_outcome(file: Path, tmp_path: Path, monkeypatch) -> None:
    gone = read_photograph(tmp_path / "gone.jpg")
    assert isinstance(gone, Outcome)
    assert (gone.status, gone.error) == (Status.UNREADABLE, "No such file or directory")
    monkeypatch.setattr(reading, "MAX_BYTES", 6)
    large = read_photograph(file)
    assert isinstance(large, Outcome)
    assert large.error == "7 bytes are too many for a photograph"


def test_two_seconds_are_the_coarsest_clock() -> None:
    assert file_stamps._UNCERTAIN_NS == 2 * 10**9
