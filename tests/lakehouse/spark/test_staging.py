from pathlib import Path

import pytest

from lakehouse.errors import LakeError
from lakehouse.ingest.result import Outcome, Status, Task
from lakehouse.spark.staging import LISTING, ShareFolders, dealt_out, from_listing, to_listing

TASKS = [Task(f"/photos/{number}.jpg", None if number % 2 else "ab" * 32) for number in range(7)]
HERE, THERE = Outcome(Status.NO_FACE, "here"), Outcome(Status.NO_FACE, "there")


@pytest.fixture
def folders(tmp_path: Path) -> ShareFolders:
    folders = ShareFolders(tmp_path)
    folders.prepare(0)
    return folders


@pytest.mark.parametrize(("size", "sizes"), [(3, [3, 3, 1]), (7, [7]), (100, [7]), (1, [1] * 7)])
def test_every_photograph_is_dealt_out_once_and_in_order(size: int, sizes: list[int]) -> None:
    shares = dealt_out(TASKS, size)

    assert [len(share.tasks) for share in shares] == sizes
    assert [share.number for share in shares] == list(range(len(sizes)))
    assert [task for share in shares for task in share.tasks] == TASKS


def test_a_listing_holds_a_share_in_each_row_and_batch() -> None:
    odd = Task("/photos/\udcff.jpg", None)
    shares = dealt_out([*TASKS, odd], 3)

    table = to_listing(shares)

    assert table.schema == LISTING
    assert [batch.num_rows for batch in table.to_batches()] == [1, 1, 1]
    assert [share for batch in table.to_batches() for share in from_listing(batch)] == shares


def test_rows_may_come_together() -> None:
    shares = dealt_out(TASKS, 2)
    [batch] = to_listing(shares).combine_chunks().to_batches()

    assert list(from_listing(batch)) == shares


def test_no_photographs_are_no_shares() -> None:
    assert dealt_out([], 3) == []
    assert to_listing([]).num_rows == 0


def test_of_two_attempts_one_is_taken(folders: ShareFolders) -> None:
    assert folders.is_wanted(0)
    assert folders.found(0) is None
    folders.write(0, [HERE])
    folders.write(0, [THERE])

    found = folders.found(0)
    assert found is not None
    assert not folders.is_wanted(0)
    [taken] = folders.take(0, found)

    assert isinstance(taken, Outcome)
    assert taken.error in (HERE.error, THERE.error)
    assert folders.found(0) is None
    assert list(folders.root.iterdir()) == []


def test_an_attempt_that_comes_too_late_leaves_nothing(folders: ShareFolders) -> None:
    folders.close(0)

    assert not folders.is_wanted(0)
    folders.write(0, [HERE])
    folders.close(0)

    assert list(folders.root.iterdir()) == []


def test_what_is_being_written_is_not_found(folders: ShareFolders) -> None:
    (folders.root / "share-000000" / ".half.parquet.01234567.tmp").touch()

    assert folders.found(0) is None
    assert folders.is_wanted(0)


def test_a_disk_that_refuses_is_told(
    folders: ShareFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise LakeError("cannot be written (No space left on device)")

    monkeypatch.setattr("lakehouse.spark.staging.write_answers", refuse)
    with pytest.raises(LakeError, match="No space left"):
        folders.write(0, [HERE])

    folders.close(0)
    folders.write(0, [HERE])
