"""Shards' lakes merged: the lake of a single run, whatever came between."""

import os
import random
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from lakehouse.errors import InputError, LakeError
from lakehouse.extraction.face_model import MODEL_SHA256
from lakehouse.files.parquet import write_parquet
from lakehouse.ingest.listeners import Listeners
from lakehouse.lake.confidences import Confidences, read_confidences, record_confidences
from lakehouse.lake.events import Event, read_lake_events, write_lake_events
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.origin import read_origin
from lakehouse.lake.parts import commit_part, part_name, part_names, read_part, read_table
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.lake.schemas import COVARIATES, SCORES
from lakehouse.lake.staging import shard_warehouse
from lakehouse.merging import merge as merging
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.lakehouse.lake.lakes import record
from tests.lakehouse.merging.shards import (
    content,
    extracted,
    files,
    merged,
    sharded,
    write,
)


@pytest.mark.slow
@pytest.mark.portable
@pytest.mark.parametrize("seed", range(3))
def test_merged_in_any_order_it_is_the_lake_of_a_single_run(
    photos: Path, paths: WarehousePaths, single: WarehousePaths, seed: int
) -> None:
    shards = sharded(photos, paths, 5)
    random.Random(seed).shuffle(shards)

    summary = merged(paths, shards)

    assert content(paths) == content(single)
    assert (summary.warehouses, summary.photos, summary.already) == (5, len(index(single)), 0)
    assert (summary.parts_written, summary.absent, summary.unfinished) == (0, (), ())
    inspection = inspect(paths)
    assert (inspection.damaged, inspection.unsealed) == ((), ())
    assert read_confidences(paths) == read_confidences(single)
    assert read_origin(paths) == photos


def index(paths: WarehousePaths) -> list[object]:
    return list(read_photos_index(paths))


def test_parts_are_copied_byte_for_byte(photos: Path, paths: WarehousePaths) -> None:
    shards = sharded(photos, paths, 3)
    assert merged(paths).parts_copied == sum(len(part_names(each)) for each in shards)

    def parts(*warehouses: WarehousePaths) -> list[Counter[bytes]]:
        return [
            Counter(
                path.read_bytes()
                for each in warehouses
                for path in getattr(each, folder).glob("*.parquet")
            )
            for folder in ("landmarks", "blendshapes", "photos")
        ]

    assert parts(paths) == parts(*shards)


def test_a_second_merge_changes_nothing(photos: Path, paths: WarehousePaths) -> None:
    sharded(photos, paths, 3)
    first = merged(paths)
    before = files(paths.root)
    second = merged(paths)
    assert (second.photos, second.already) == (0, first.photos)
    assert (second.parts_copied, second.parts_written) == (0, 0)
    assert files(paths.root) == before


def test_the_next_extraction_finds_everything_done(photos: Path, paths: WarehousePaths) -> None:
    sharded(photos, paths, 3)
    for path in photos.rglob("*.*"):
        # Older than any clock's step: then a stamp is believed.
        os.utime(path, (1, 1))
    for number in (1, 2, 3):
        extracted(photos, paths, f"{number}/3", verify=True)
    merged(paths)
    before = files(paths.lake)
    summary = extracted(photos, paths)
    assert (summary.extracted, summary.missing, summary.parts_written) == (0, 0, 0)
    assert summary.already_done == summary.found
    assert files(paths.lake) == before


@pytest.mark.slow
@pytest.mark.portable
def test_what_came_after_a_merge_is_merged_too(photos: Path, paths: WarehousePaths) -> None:
    sharded(photos, paths, 2)
    merged(paths)
    write(photos, "00/00/0100/new.png", "new")
    write(photos, "00/00/0002/also.png", "also")
    sharded(photos, paths, 2)
    assert merged(paths).photos == 2
    assert extracted(photos, paths).extracted == 0


@pytest.mark.slow
@pytest.mark.portable
def test_other_numbers_of_shards_overlap_and_no_row_is_there_twice(
    photos: Path, paths: WarehousePaths, single: WarehousePaths
) -> None:
    two, three = sharded(photos, paths, 2), sharded(photos, paths, 3)
    summary = merged(paths, [two[0], three[2], two[1], three[0], three[1]])
    assert content(paths) == content(single)
    assert summary.photos == summary.already == len(index(single))
    assert summary.parts_written


@pytest.mark.slow
@pytest.mark.portable
def test_a_lake_that_has_some_takes_the_others(
    photos: Path, paths: WarehousePaths, single: WarehousePaths, tmp_path: Path
) -> None:
    shards = sharded(photos, paths, 2)
    few = Path(shutil.copytree(photos / "00", tmp_path / "few" / "00")).parent
    extracted(few, paths)
    merged(paths, shards)
    assert content(paths) == content(single)
    # The folder of the whole, not that of the few.
    assert read_origin(paths) == photos


def test_a_warehouse_of_its_own_is_merged_with_the_shards_below_it(
    photos: Path, paths: WarehousePaths, single: WarehousePaths, tmp_path: Path
) -> None:
    local = WarehousePaths(tmp_path / "local")
    extracted(photos, local, "1/2")
    other = WarehousePaths(tmp_path / "other")
    extracted(photos, other)
    assert merged(paths, [local]).absent == ("2/2",)
    assert merged(paths, [other, other]).warehouses == 1
    assert content(paths) == content(single)


@pytest.mark.slow
@pytest.mark.portable
@pytest.mark.parametrize("at", range(7))
def test_a_merge_that_was_cut_off_is_continued(
    photos: Path,
    paths: WarehousePaths,
    single: WarehousePaths,
    monkeypatch: pytest.MonkeyPatch,
    at: int,
) -> None:
    two, three = sharded(photos, paths, 2), sharded(photos, paths, 3)
    left = iter([None] * at)

    def cut_off(*arguments: object) -> None:
        next(left)
        commit_copy(*arguments)

    commit_copy = merging.commit_copy
    monkeypatch.setattr(merging, "commit_copy", cut_off)
    with pytest.raises(StopIteration):
        merged(paths, [*two, *three])
    monkeypatch.undo()
    assert len(part_names(paths)) == at
    rest = merged(paths, [*three, *two], remove=True)
    assert content(paths) == content(single)
    assert rest.removed == 5


@pytest.mark.slow
@pytest.mark.portable
def test_an_extraction_that_was_ended_early_is_told(
    photos: Path, paths: WarehousePaths, single: WarehousePaths
) -> None:
    asked = iter([False] * 4)
    extracted(photos, paths, "1/1", Listeners(should_stop=lambda: next(asked, True)))
    place = shard_warehouse(paths, 1, 1)
    summary = merged(paths, remove=True)
    assert 0 < summary.photos < len(index(single))
    assert summary.unfinished == summary.left == (place.root,)
    extracted(photos, paths, "1/1")
    summary = merged(paths, remove=True)
    assert (summary.unfinished, summary.left, summary.removed) == ((), (), 1)
    assert content(paths) == content(single)


@pytest.mark.slow
@pytest.mark.portable
def test_a_photograph_that_crashed_gives_way_to_its_rows(
    photos: Path, paths: WarehousePaths, single: WarehousePaths
) -> None:
    extracted(photos, paths)
    name = part_names(paths)[1]
    whole = read_part(paths, name)
    crashed = replace(
        whole[0].row, status="crashed", error="it ended", sha256=None, faces=None, face_height=None
    )
    commit_part(paths, name, [type(whole[0])(crashed), *whole[1:]])
    for number in (1, 2):
        assert extracted(photos, paths, f"{number}/2").extracted <= 1
    summary = merged(paths)
    assert (summary.photos, summary.replaced, summary.already) == (0, 1, 0)
    assert content(paths) == content(single)


@pytest.mark.slow
@pytest.mark.portable
def test_two_contents_of_a_photograph_are_refused_until_one_is_right(
    photos: Path, paths: WarehousePaths, single: WarehousePaths
) -> None:
    extracted(photos, paths)
    before = content(paths)
    write(photos, "00/00/0000/0.png", "changed")
    sharded(photos, paths, 2)
    with pytest.raises(InputError, match=r"0000 neutral without cue 0 .* has another content"):
        merged(paths)
    assert content(paths) == before
    # As the error says.
    extracted(photos, paths)
    assert merged(paths).photos == 0
    assert content(paths) != content(single)


def test_a_file_that_would_be_two_photographs_is_refused(
    photos: Path, paths: WarehousePaths
) -> None:
    extracted(photos, paths)
    before = files(paths.lake)
    # Now there are two of the name, so both have their ending.
    write(photos, "00/00/0000/0.jpg", "of the same name")
    sharded(photos, paths, 2)
    with pytest.raises(InputError, match=r"00/00/0000/0.png is one photograph in the lake"):
        merged(paths)
    assert files(paths.lake) == before
    extracted(photos, paths)
    assert merged(paths).photos == 0


def with_other_models(paths: WarehousePaths) -> None:
    for name in part_names(paths):
        changed = [
            replace(each, row=replace(each.row, model_sha256="another"))
            for each in read_part(paths, name)
        ]
        commit_part(paths, name, changed)


def test_landmarks_of_another_model_are_refused(photos: Path, paths: WarehousePaths) -> None:
    shards = sharded(photos, paths, 2)
    with_other_models(shards[1])
    for given in ([], shards[::-1]):
        with pytest.raises(InputError, match="another face model than the lake, or"):
            merged(paths, given)
    merged(paths, shards[:1])
    with pytest.raises(InputError, match="another face model"):
        merged(paths)
    assert {each.model_sha256 for each in read_photos_index(paths)} == {MODEL_SHA256}


def test_other_confidences_are_refused(photos: Path, paths: WarehousePaths) -> None:
    shards = sharded(photos, paths, 2)
    record_confidences(shards[1], {Confidences(0.4, 0.3)})
    with pytest.raises(InputError, match=r"other confidences .min_detection_confidence 0.4"):
        merged(paths)
    merged(paths, shards[:1])
    with pytest.raises(InputError, match="other confidences"):
        merged(paths, shards[1:])
    assert read_confidences(paths) == {Confidences.of(Settings().detection)}


def scores(paths: WarehousePaths, **values: float | None) -> None:
    rows = [{"participant": who, "instrument": "dbi", "score": at} for who, at in values.items()]
    write_parquet(pa.Table.from_pylist(rows, schema=SCORES), paths.scores)


def test_scores_and_covariates_come_along(photos: Path, paths: WarehousePaths) -> None:
    shards = sharded(photos, paths, 2)
    scores(shards[0], a=1.0, b=2.0, c=None)
    scores(shards[1], b=2.0, c=3.0)
    age = {"participant": "a", "covariate": "age", "value": 20.0, "category": None}
    write_parquet(pa.Table.from_pylist([age], schema=COVARIATES), shards[1].covariates)
    summary = merged(paths, remove=True)
    assert summary.values == {"scores": 3, "covariates": 1}
    assert read_table(paths.scores).to_pylist() == [
        {"participant": who, "instrument": "dbi", "score": at}
        for who, at in (("a", 1.0), ("b", 2.0), ("c", 3.0))
    ]
    assert read_table(paths.covariates).to_pylist() == [age]
    # Tables are nobody's to remove.
    assert summary.left == tuple(each.root for each in shards)
    before = files(paths.root)
    assert merged(paths).values == {}
    assert files(paths.root) == before


def test_events_come_along_and_those_that_differ_are_refused(
    photos: Path, paths: WarehousePaths
) -> None:
    shards = sharded(photos, paths, 2)
    trial = {("a", "1", "001"): Event(1.0, 2.0, "fear", False, "trial")}
    other = {("b", "1", "001"): Event(0.0, None, None, None, "ignore")}
    write_lake_events(shards[0], trial)
    write_lake_events(shards[1], trial | other)
    assert merged(paths).values == {"events": 2}
    assert read_lake_events(paths) == trial | other
    assert merged(paths).values == {}
    write_lake_events(shards[1], {("a", "1", "001"): Event(1.5, 2.0, "fear", False, "trial")})
    with pytest.raises(InputError, match="has event 001 of participant a otherwise than the lake"):
        merged(paths)


def test_scores_that_differ_are_refused(photos: Path, paths: WarehousePaths) -> None:
    shards = sharded(photos, paths, 2)
    scores(shards[0], a=1.0)
    scores(shards[1], a=2.0)
    with pytest.raises(InputError, match="another dbi of participant a than the lake"):
        merged(paths)
    assert part_names(paths) == []


@pytest.mark.slow
@pytest.mark.portable
def test_removing_leaves_nothing_of_a_shard_and_all_of_the_lake(
    photos: Path, paths: WarehousePaths, single: WarehousePaths
) -> None:
    sharded(photos, paths, 4)
    summary = merged(paths, remove=True)
    assert (summary.removed, summary.left) == (4, ())
    assert list(paths.staging.iterdir()) == []
    assert content(paths) == content(single)
    assert merged(paths, remove=True).warehouses == 0


def test_what_somebody_put_into_a_shards_folder_keeps_it(
    photos: Path, paths: WarehousePaths
) -> None:
    shards = sharded(photos, paths, 2)
    (shards[0].root / "notes.txt").write_text("precious")
    before = files(shards[0].root)
    summary = merged(paths, remove=True)
    assert (summary.removed, summary.left) == (1, (shards[0].root,))
    assert files(shards[0].root) == before


@pytest.mark.slow
@pytest.mark.portable
def test_what_came_into_a_shard_meanwhile_keeps_it(
    photos: Path, paths: WarehousePaths, single: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    [shard] = sharded(photos, paths, 1)
    parts = part_names(shard)
    write(photos, "00/00/0100/new.png", "new")

    def goes_on(*_: object) -> None:
        extracted(photos, paths, "1/1")

    with monkeypatch.context() as patch:
        patch.setattr(merging, "_hand_on_stamps", goes_on)
        summary = merged(paths, remove=True)
    assert (summary.removed, summary.left) == (0, (shard.root,))
    assert part_names(shard)[:-1] == parts
    assert content(paths) == content(single)
    assert merged(paths, remove=True).photos == 1


def test_a_warehouse_of_its_own_is_never_removed(
    photos: Path, paths: WarehousePaths, single: WarehousePaths
) -> None:
    assert merged(paths, [single], remove=True).left == (single.root,)
    assert content(single) == content(paths)


def test_what_changes_after_it_was_verified_is_not_taken(
    photos: Path, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    [shard] = sharded(photos, paths, 1)

    def changed(*arguments: object) -> None:
        commit_part(shard, part_names(shard)[0], read_part(shard, part_names(shard)[1]))

    monkeypatch.setattr(merging, "_note_before", changed)
    with pytest.raises(LakeError, match="has changed since it was verified"):
        merged(paths)
    assert part_names(paths) == []


def test_a_shard_under_way_is_left_alone(photos: Path, paths: WarehousePaths) -> None:
    [shard] = sharded(photos, paths, 1)
    with lake_lock(shard), pytest.raises(LakeError, match="in use by process"):
        merged(paths)
    assert part_names(paths) == []


@pytest.mark.slow
@pytest.mark.portable
def test_the_folder_of_shards_may_be_given(
    photos: Path, paths: WarehousePaths, single: WarehousePaths, tmp_path: Path
) -> None:
    other = WarehousePaths(tmp_path / "other")
    sharded(photos, other, 2)
    assert merged(paths, [WarehousePaths(other.staging)]).warehouses == 2
    assert merged(paths, [other, WarehousePaths(other.staging)]).warehouses == 2
    assert content(paths) == content(single)


def test_imported_landmarks_of_one_file_are_merged(paths: WarehousePaths, tmp_path: Path) -> None:
    imported = WarehousePaths(tmp_path / "imported")
    made = [
        replace(each, row=replace(each.row, path="faces.csv", model_sha256=None))
        for each in (record("1", "fear", "a"), record("2", "fear", "a"))
    ]
    commit_part(imported, part_name(1), made)
    assert merged(paths, [imported]).photos == 2
    assert merged(paths, [imported]).already == 2


def test_versions_that_looked_at_photographs_are_told(
    photos: Path, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    extracted(photos, paths, "1/2")
    monkeypatch.setattr("importlib.metadata.version", lambda _: "9.9")
    extracted(photos, paths, "2/2")
    assert len(merged(paths).extractors) == 2
