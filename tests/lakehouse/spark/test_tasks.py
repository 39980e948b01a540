import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lakehouse.errors import EngineError
from lakehouse.ingest.result import Outcome, Status, Task
from lakehouse.spark.staging import ShareFolders, dealt_out, to_listing
from lakehouse.spark.tasks import DONE, Errand, run_errand, versions

FAKE = Path(__file__).parents[1] / "extraction" / "fake_worker.py"


@pytest.fixture
def errand(tmp_path: Path) -> Errand:
    """Work for a program that does what a photograph's name says."""
    for name in ("photos", "staging"):
        (tmp_path / name).mkdir()
    setup: Any = None
    return Errand(
        setup, tmp_path / "staging", tmp_path / "photos", versions(),
        time_limit_s=2.0, command=(sys.executable, str(FAKE)),
    )  # fmt: skip


def attempt(errand: Errand, names: list[str], size: int = 100) -> list[int]:
    """Make an attempt at shares; give those that it says are done."""
    listing = to_listing(dealt_out([Task(name, None) for name in names], size))
    done = list(run_errand(errand, iter(listing.to_batches())))
    assert all(batch.schema == DONE for batch in done)
    return [number for batch in done for number in batch["share"].to_pylist()]


def opened(errand: Errand, shares: int) -> ShareFolders:
    folders = ShareFolders(errand.staging)
    for number in range(shares):
        folders.prepare(number)
    return folders


def taken(folders: ShareFolders, number: int = 0) -> list[Outcome]:
    found = folders.found(number)
    assert found is not None
    answers = folders.take(number, found)
    return [answer for answer in answers if isinstance(answer, Outcome)]


@pytest.mark.slow
@pytest.mark.portable
def test_a_crash_or_a_hang_costs_one_photograph_and_not_the_task(errand: Errand) -> None:
    folders = opened(errand, 1)

    assert attempt(errand, ["a", "abort", "b", "hang", "c"]) == [0]

    found = taken(folders)
    assert [answer.status for answer in found] == [
        Status.OK, Status.CRASHED, Status.OK, Status.CRASHED, Status.OK,
    ]  # fmt: skip
    assert "SIGABRT: the last words" in str(found[1].error)
    assert found[3].error == "no answer within 2 s"


@pytest.mark.slow
@pytest.mark.portable
def test_each_share_has_a_file_and_the_next_attempt_does_the_rest(errand: Errand) -> None:
    folders = opened(errand, 3)
    first = to_listing(dealt_out([Task(name, None) for name in "ab"], 1))
    list(run_errand(errand, iter(first.to_batches())))
    before = folders.found(0)

    assert attempt(errand, ["never asked", "never asked", "c"], size=1) == [0, 1, 2]

    assert folders.found(0) == before
    assert [taken(folders, number)[0].error for number in range(3)] == ["a", "b", "c"]


def test_what_was_taken_already_is_not_done_again(errand: Errand) -> None:
    dead = replace(errand, command=(sys.executable, "-c", "raise SystemExit(1)"))

    assert attempt(dead, ["a", "b"], size=1) == [0, 1]

    assert list(errand.staging.iterdir()) == []


def test_an_attempt_that_ends_in_the_midst_leaves_no_answers(errand: Errand) -> None:
    folders = opened(errand, 1)

    def broken() -> Iterator[pa.RecordBatch]:
        yield from to_listing(dealt_out([Task("a", None)], 1)).to_batches()
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        list(run_errand(errand, broken()))

    # The share that was whole stays.
    assert [answer.error for answer in taken(folders)] == ["a"]


@pytest.mark.parametrize("name", ["photographs", "staging"])
def test_a_machine_without_the_disk_is_no_reason_to_call_photographs_unreadable(
    errand: Errand, name: str
) -> None:
    gone: Any = {name: Path("/no/such/disk")}

    with pytest.raises(EngineError, match=r"^/no/such/disk: is not there on a machine"):
        attempt(replace(errand, **gone), ["a"])


def test_other_versions_would_find_other_landmarks(errand: Errand) -> None:
    driver = replace(errand, versions={**versions(), "mediapipe": "0.1"})

    with pytest.raises(EngineError, match=r"has mediapipe \d.*, and this one 0\.1; install"):
        attempt(driver, ["a"])
