"""What Windows says of files that somebody has open, as one line; and trying again."""

import errno
import os
from pathlib import Path

import pytest

from lakehouse.errors import BuildError, LakeError
from lakehouse.files import errors
from lakehouse.files.errors import patiently, write_errors
from lakehouse.files.replace import put, write_bytes
from lakehouse.files.sweep import remove
from lakehouse.files.temporary import temporary_file


class WindowsError32(PermissionError):
    """As Windows raises it; elsewhere its number is dropped."""

    winerror = 32


def refusal(path: Path, number: int = 32) -> PermissionError:
    error = WindowsError32(errno.EACCES, "The process cannot access the file", str(path))
    error.winerror = number
    return error


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited, which take no time."""
    waited: list[float] = []
    monkeypatch.setattr(errors.time, "sleep", waited.append)
    return waited


def refusing(monkeypatch: pytest.MonkeyPatch, name: str, times: int, number: int = 32) -> None:
    real, left = getattr(os, name), [times]

    def work(path: Path, *others: Path, **options: object) -> object:
        if left[0]:
            left[0] -= 1
            raise refusal(Path(others[0] if others else path), number)
        return real(path, *others, **options)

    monkeypatch.setattr(os, name, work)


@pytest.mark.parametrize("number", [5, 32, 33])
def test_what_a_scanner_has_open_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float], number: int
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    refusing(monkeypatch, "replace", 3, number)
    write_bytes(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert len(waits) == 3
    assert sum(waits) < 1
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_what_stays_open_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    (tmp_path / "lakehouse.duckdb").write_bytes(b"old")
    (tmp_path / "made").write_bytes(b"new")
    refusing(monkeypatch, "replace", 100)
    with pytest.raises(BuildError) as told:
        put(tmp_path / "made", tmp_path / "lakehouse.duckdb", BuildError)
    assert str(told.value) == (
        f"{tmp_path / 'lakehouse.duckdb'}: cannot be replaced or removed while another program "
        "has it open; close it there, such as in a SQL client or Excel, and run it again"
    )
    assert (tmp_path / "lakehouse.duckdb").read_bytes() == b"old"
    assert len(waits) == 4


def test_what_may_be_open_or_forbidden_says_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    refusing(monkeypatch, "replace", 100, 5)
    with pytest.raises(LakeError, match="close whatever program has it open, or make the folder"):
        write_bytes(tmp_path / "a", b"new")
    assert waits


def test_what_is_open_is_removed_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    (tmp_path / "a").touch()
    refusing(monkeypatch, "unlink", 1)
    remove(tmp_path / "a")
    with temporary_file(tmp_path / "b"):
        refusing(monkeypatch, "unlink", 2)
    assert list(tmp_path.iterdir()) == []
    assert len(waits) >= 2


def test_other_refusals_are_told_at_once(waits: list[float]) -> None:
    def refuse() -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with pytest.raises(PermissionError):
        patiently(refuse)
    assert waits == []
    words = r"x: cannot be written \(Permission denied\); make"
    with pytest.raises(LakeError, match=words), write_errors("x"):
        refuse()
