"""What lies unmerged beside a lake."""

from dataclasses import replace

import pytest

from lakehouse.errors import LakeError
from lakehouse.lake.parts import commit_part, part_name
from lakehouse.lake.photos_index import IndexedPhoto, read_photos_index
from lakehouse.lake.staging import (
    Staging,
    is_better,
    look_at_staging,
    mark_finished,
    numbers_of,
    same_content,
    shard_warehouse,
    staged_warehouses,
    words_on_staging,
)
from lakehouse.paths import WarehousePaths
from tests.lakehouse.lake.lakes import record


@pytest.fixture
def paths(tmp_path) -> WarehousePaths:
    return WarehousePaths(tmp_path)


def filled(paths: WarehousePaths, number: int, *names: str) -> WarehousePaths:
    shard = shard_warehouse(paths, number, 3)
    commit_part(shard, part_name(1), [record("1", "fear", name) for name in names])
    return shard


def test_without_shards_there_is_nothing_to_say(paths: WarehousePaths) -> None:
    assert look_at_staging(paths) == Staging()
    assert words_on_staging(Staging()) == ()


def test_what_is_not_in_the_lake_is_counted_once(paths: WarehousePaths) -> None:
    first, second = filled(paths, 1, "a", "b"), filled(paths, 2, "b", "c")
    mark_finished(second, 2, 3, 2)
    commit_part(paths, part_name(1), [record("1", "fear", "a")])
    found = look_at_staging(paths)
    assert found == Staging(shards=2, unmerged=2, unfinished=(first.root.name,))
    assert words_on_staging(found) == (
        "in staging/ and not in the lake: 2 photographs of 2 shards; `lakehouse merge` takes them "
        "in",
        "shards whose extraction has not ended: shard-01-of-03",
    )


def test_all_that_is_in_the_lake_may_go(paths: WarehousePaths) -> None:
    mark_finished(filled(paths, 1, "a"), 1, 3, 1)
    commit_part(paths, part_name(4), [record("1", "fear", "a")])
    found = look_at_staging(paths)
    assert found == Staging(shards=1)
    [line] = words_on_staging(found)
    assert "1 shards, all in the lake; `lakehouse merge --remove-staging`" in line


def test_what_cannot_be_read_is_named(paths: WarehousePaths) -> None:
    shard = filled(paths, 3, "a")
    mark_finished(shard, 3, 3, 1)
    (shard.photos / part_name(1)).write_bytes(b"no longer")
    assert look_at_staging(paths).unreadable == ("shard-03-of-03",)
    assert words_on_staging(look_at_staging(paths)) == (
        "shards that cannot be read: shard-03-of-03",
    )


def test_a_folder_that_cannot_be_listed_is_an_error(paths: WarehousePaths) -> None:
    paths.staging.write_text("no folder")
    with pytest.raises(LakeError, match="cannot be listed"):
        staged_warehouses(paths)


def test_a_shard_has_one_name(paths: WarehousePaths) -> None:
    for number, of, name in ((3, 8, "shard-03-of-08"), (7, 1000, "shard-0007-of-1000")):
        shard = shard_warehouse(paths, number, of)
        assert shard.root.name == name
        assert numbers_of(shard) == (number, of)
    assert numbers_of(paths) is None


def indexed(paths: WarehousePaths, **changed: object) -> IndexedPhoto:
    commit_part(paths, part_name(1), [record("1", "fear", "a")])
    return replace(read_photos_index(paths)[0], **changed)


def test_which_rows_are_of_one_content_and_which_are_better(paths: WarehousePaths) -> None:
    plain = indexed(paths)
    crashed = replace(plain, status="crashed")
    unread = replace(plain, status="unreadable", sha256=None)
    assert not same_content(plain, replace(plain, sha256="other"))
    assert not same_content(plain, replace(plain, model_sha256=None))
    for one in (plain, crashed, unread):
        assert all(same_content(one, other) for other in (plain, crashed, unread))
    assert [is_better(plain, held) for held in (plain, crashed, unread)] == [False, True, True]
    assert not any(is_better(other, plain) for other in (crashed, unread))
    assert not is_better(crashed, crashed)
    assert not is_better(unread, unread)
