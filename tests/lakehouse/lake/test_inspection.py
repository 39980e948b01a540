"""Verifying the lake while others write to it, and remembering when."""

from pathlib import Path

import pytest

from lakehouse.errors import LakeError
from lakehouse.lake import inspection
from lakehouse.lake.inspection import inspect
from lakehouse.lake.parts import commit_part, part_files, recover
from lakehouse.lake.verification import Verification, last_verification, record_verification
from lakehouse.paths import WarehousePaths
from tests.lakehouse.lake.kills import killed_after
from tests.lakehouse.lake.lakes import PARTS, write_lake
from tests.photo_records import photo_record

NAME = "part-000001.parquet"


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "warehouse")


def test_a_part_killed_in_the_middle_of_its_rewriting_is_not_read(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_part(paths, NAME, [photo_record("a")])
    other = [photo_record("a", seed=5)]
    seen = set()
    steps = 0
    while killed_after(steps, monkeypatch, lambda: commit_part(paths, NAME, other)):
        damaged = inspect(paths).damaged
        seen |= {each.problem for each in damaged}
        assert not any(each.certain for each in damaged)
        recover(paths)
        assert inspect(paths).damaged == ()
        commit_part(paths, NAME, [photo_record("a")])
        steps += 1
    assert seen == {"is being rewritten, or whatever rewrote it was killed"}


def test_a_rewriting_that_ends_meanwhile_is_no_damage(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_part(paths, NAME, [photo_record("a")])
    old = [file.read_bytes() for file in part_files(paths, NAME)]
    commit_part(paths, NAME, [photo_record("a", seed=5)])
    new = [file.read_bytes() for file in part_files(paths, NAME)]
    landmarks, _, photos = part_files(paths, NAME)
    photos.write_bytes(old[2])

    def ends(*_: object) -> bool:
        photos.write_bytes(new[2])
        return False

    monkeypatch.setattr(inspection, "rewriting", ends)
    assert inspect(paths).damaged == ()
    landmarks.write_bytes(old[0])
    assert [each.file for each in inspect(paths).damaged] == [f"landmarks/{NAME}"]


def test_many_damaged_files_are_counted(paths: WarehousePaths) -> None:
    write_lake(paths, PARTS)
    for file in paths.lake.rglob("*.parquet"):
        file.write_bytes(b"no")
    with pytest.raises(LakeError, match=r"also damaged: (\S+, ){2}\S+ and 6 more; "):
        inspect(paths).require_sound(paths)


def test_when_all_was_verified_is_remembered_where_that_can_be(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert last_verification(paths) is None
    record_verification(paths, inspect(paths))
    assert not paths.root.exists()
    write_lake(paths, PARTS)
    record_verification(paths, inspect(paths))
    found = last_verification(paths)
    assert found is not None
    assert found == Verification(found.at, 10, 0)

    def refused(*_: object) -> None:
        raise LakeError("cannot be written")

    monkeypatch.setattr("lakehouse.lake.verification.write_json", refused)
    record_verification(paths, inspect(paths))
    assert last_verification(paths) == found
