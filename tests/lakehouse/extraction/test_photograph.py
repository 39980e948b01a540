from pathlib import Path

import pytest

from lakehouse.extraction.photograph import examine
from lakehouse.ingest import reading
from lakehouse.ingest.result import Outcome, Status, Task, Unchanged
from lakehouse.system.file_stamps import file_stamp
from tests.photographs import encoded, portrait


class Nobody:
    def find(self, pixels: object) -> None:
        return None


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (encoded(portrait(), "PNG"), Status.NO_FACE),
        (encoded(portrait(), "JPEG")[:-2000], Status.DAMAGED),
        (b"no picture at all", Status.UNREADABLE),
    ],
)
def test_whatever_became_of_it_the_stamp_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, status: Status
) -> None:
    path = tmp_path / "photo"
    path.write_bytes(content)
    later = path.stat().st_ctime_ns + 10**10
    monkeypatch.setattr(reading.time, "time_ns", lambda: later)
    found = examine(Task(str(path), None), Nobody())
    assert isinstance(found, Outcome)
    assert (found.status, found.bytes, found.stamp) == (status, len(content), file_stamp(path))
    assert examine(Task(str(path), found.sha256), Nobody()) == Unchanged()


def test_what_cannot_be_read_has_no_stamp(tmp_path: Path) -> None:
    found = examine(Task(str(tmp_path / "gone.jpg"), None), Nobody())
    assert isinstance(found, Outcome)
    assert (found.status, found.stamp) == (Status.UNREADABLE, None)
