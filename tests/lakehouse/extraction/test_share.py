"""Extracting a shard: what falls to it, what the lake holds, and what could not be merged."""

import json
from pathlib import Path

import pytest

from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.dataset.shard import Shard
from lakehouse.errors import InputError, UsageError
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.summary import Summary
from lakehouse.lake.parts import part_names
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.lake.staging import is_finished, shard_warehouse
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.copies import copied
from tests.lakehouse.lake.lakes import rows
from tests.lakehouse.merging.shards import (
    content,
    extracted,
    files,
    merged,
    sharded,
    stand_in,
    write,
    write_photos,
)
from tests.stand_in import StandIn


@pytest.fixture
def photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stand_in(monkeypatch)
    return write_photos(tmp_path / "photos")


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    """A warehouse that is not there yet."""
    return WarehousePaths(tmp_path / "warehouse")


def people(paths: WarehousePaths) -> set[str]:
    return {photo.key[0] for photo in read_photos_index(paths)}


def test_a_shard_goes_into_a_warehouse_of_its_own(photos: Path, paths: WarehousePaths) -> None:
    shards = sharded(photos, paths, 3)
    assert [each.root.name for each in shards] == [
        "shard-01-of-03",
        "shard-02-of-03",
        "shard-03-of-03",
    ]
    assert not paths.lake.exists()
    found = [people(each) for each in shards]
    assert sorted(who for each in found for who in each) == [f"{who:04d}" for who in range(8)]
    for number, each in enumerate(shards, start=1):
        assert all(Shard(number, 3).holds(who) for who in people(each))
        assert is_finished(each)
        assert json.loads(each.shard.read_text()) == {
            "shard": number,
            "of": 3,
            "photographs": len(read_photos_index(each)),
        }


def test_a_second_run_has_nothing_to_do(photos: Path, paths: WarehousePaths) -> None:
    first = extracted(photos, paths, "2/2")
    lake = shard_warehouse(paths, 2, 2).lake
    before, started = files(lake), StandIn.started
    second = extracted(photos, paths, "2/2")
    assert (second.extracted, second.already_done, second.usable) == (0, first.found, first.usable)
    assert (files(lake), StandIn.started) == (before, started)
    assert second.staging == lake.parent


def test_what_the_lake_holds_is_not_extracted_again(photos: Path, paths: WarehousePaths) -> None:
    whole = extracted(photos, paths)
    before, started = files(paths.root), StandIn.started
    write(photos, "00/00/0000/new.png", "new")
    summaries = [extracted(photos, paths, f"{number}/2") for number in (1, 2)]
    assert sum(each.found for each in summaries) == whole.found + 1
    assert sum(each.already_done for each in summaries) == whole.found
    assert sum(each.extracted for each in summaries) == 1
    assert sum(each.usable for each in summaries) == whole.usable + 1
    assert StandIn.started == started + 1
    now = files(paths.root)
    assert {name: now[name] for name in before} == before


def test_what_changed_is_not_taken_for_what_the_lake_holds(
    photos: Path, paths: WarehousePaths
) -> None:
    extracted(photos, paths)
    write(photos, "00/00/0000/0.png", "another")
    assert [extracted(photos, paths, f"{number}/2").extracted for number in (1, 2)] == [0, 1]


def test_after_a_merge_its_own_lake_and_the_other_know_the_same(
    photos: Path, paths: WarehousePaths
) -> None:
    sharded(photos, paths, 2)
    merged(paths)
    before = [files(shard_warehouse(paths, number, 2).lake) for number in (1, 2)]
    for number in (1, 2):
        summary = extracted(photos, paths, f"{number}/2")
        assert (summary.extracted, summary.missing) == (0, 0)
        assert summary.already_done == summary.found
    assert [files(shard_warehouse(paths, number, 2).lake) for number in (1, 2)] == before


def test_a_shard_that_nobody_falls_to_is_done_at_once(photos: Path, paths: WarehousePaths) -> None:
    started = StandIn.started
    summary = extracted(photos, paths, "1/99")
    assert (summary.found, summary.extracted, StandIn.started) == (0, 0, started)
    assert is_finished(shard_warehouse(paths, 1, 99))


def test_a_manifest_is_shared_like_a_folder(
    photos: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    listed = sorted(path for path in photos.rglob("*.png"))
    table = tmp_path / "list.csv"
    table.write_text(
        "path,participant,expression\n"
        + "".join(
            f"{path.relative_to(photos).as_posix()},{path.parent.name},{path.parts[-4]}\n"
            for path in listed
        )
    )
    for number in (1, 2):
        extracted(photos, paths, f"{number}/2", manifest=ManifestFile(table))
    merged(paths)
    assert len(read_photos_index(paths)) == len(listed)
    assert people(shard_warehouse(paths, 1, 2)).isdisjoint(people(shard_warehouse(paths, 2, 2)))


@pytest.mark.slow
def test_where_it_is_not_known_who_is_shown_photographs_are_parted(
    photos: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    dataset = {"identity": "photo", "layout": "{expression}/{supervised}/{_}/{photo}"}
    settings = Settings.model_validate({"dataset": dataset})
    single = WarehousePaths(tmp_path / "single")
    extracted(photos, single, settings=settings)
    for number in (1, 2, 3):
        extracted(photos, paths, f"{number}/3", settings=settings)
    sizes = [len(read_photos_index(shard_warehouse(paths, number, 3))) for number in (1, 2, 3)]
    assert min(sizes) > 0
    merged(paths)
    assert content(paths) == content(single)


@pytest.mark.parametrize("option", ["prune", "re_extract"])
def test_what_is_about_all_photographs_is_refused_with_a_shard(option: str) -> None:
    with pytest.raises(UsageError, match=f"--{option.replace('_', '-')}") as told:
        ExtractionOptions(shard=Shard(1, 2), **{option: True})
    assert told.value.exit_code == 2
    assert "\n" not in str(told.value)


def test_other_confidences_are_refused_before_anything_is_extracted(
    photos: Path, paths: WarehousePaths
) -> None:
    other = Settings.model_validate({"detection": {"min_presence_confidence": 0.6}})
    extracted(photos, paths, "1/2")
    with pytest.raises(InputError, match=r"shard-01-of-02: .*other confidences"):
        extracted(photos, paths, "1/2", settings=other)
    merged(paths)
    with pytest.raises(InputError, match=r"warehouse: .*other confidences"):
        extracted(photos, paths, "2/2", settings=other)
    assert not shard_warehouse(paths, 2, 2).root.exists()


def test_another_model_of_the_lake_is_refused_before_anything_is_extracted(
    photos: Path, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("lakehouse.extraction.extract.MODEL_SHA256", "another")
        extracted(photos, paths)
    with pytest.raises(InputError, match="by another face model"):
        extracted(photos, paths, "1/2")
    assert not paths.staging.exists()


def test_a_shard_that_is_ended_early_is_not_called_finished(
    photos: Path, paths: WarehousePaths
) -> None:
    place = shard_warehouse(paths, 1, 1)
    extracted(photos, paths, "1/1")
    write(photos, "00/00/0000/new.png", "new")
    stopped = extracted(photos, paths, "1/1", Listeners(should_stop=lambda: True))
    assert stopped.stopped
    assert not is_finished(place)
    extracted(photos, paths, "1/1")
    assert is_finished(place)


def test_a_run_over_all_is_told_of_what_shards_have(photos: Path, paths: WarehousePaths) -> None:
    shard = extracted(photos, paths, "1/2")
    told: list[str] = []
    extracted(photos, paths, listeners=Listeners(on_message=told.append))
    assert told == [
        f"in staging/ and not in the lake: {shard.found} photographs of 1 shards; "
        "`lakehouse merge` takes them in"
    ]
    told.clear()
    extracted(photos, paths, listeners=Listeners(on_message=told.append))
    assert told == []


def of_some(photos: Path, table: Path, folder: str) -> ManifestFile:
    """List the photographs of an expression."""
    lines = [
        f"{path.relative_to(photos).as_posix()},{path.parent.name},{folder}\n"
        for path in sorted((photos / folder).rglob("*.png"))
    ]
    table.write_text("path,participant,expression\n" + "".join(lines))
    return ManifestFile(table)


def test_a_manifest_of_some_does_not_call_the_others_gone(
    photos: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    extracted(photos, paths)
    held = {photo.path for photo in read_photos_index(paths)}
    manifest = of_some(photos, tmp_path / "some.csv", "00")
    lost = next(path for path in sorted(held) if path.startswith("05/"))
    (photos / lost).unlink()
    before = rows(paths)

    summary = extracted(photos, paths, manifest=manifest)

    others = sum(path.startswith("05/") for path in held)
    assert (summary.missing, summary.unlisted) == (1, others - 1)
    assert rows(paths) == before
    # Nor does pruning remove what is there.
    summary = extracted(photos, paths, manifest=manifest, prune=True)
    assert (summary.pruned, summary.unlisted) == (1, others - 1)
    assert {photo.path for photo in read_photos_index(paths)} == held - {lost}


def test_another_model_of_what_is_not_listed_would_stay(
    photos: Path, paths: WarehousePaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("lakehouse.extraction.extract.MODEL_SHA256", "another")
        extracted(photos, paths)
    manifest = of_some(photos, tmp_path / "some.csv", "00")
    before = files(paths.lake)
    with pytest.raises(InputError, match="are not listed, so they would not be extracted again"):
        extracted(photos, paths, manifest=manifest, re_extract=True, prune=True)
    assert files(paths.lake) == before


@pytest.mark.slow
def test_with_the_face_model_shards_are_a_single_run(
    dataset: Path, extraction: tuple[WarehousePaths, Summary], tmp_path: Path
) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    for number in (2, 4):
        shard = Shard(number, 4)
        summary = extract(dataset, paths, Settings(), ExtractionOptions(shard=shard))
        assert summary.extracted
        assert len(part_names(shard_warehouse(paths, number, 4))) == 1
    merged(paths)
    assert content(paths) == content(extraction[0])
    single = WarehousePaths(copied(extraction[0].root, tmp_path / "single"))
    again = extract(dataset, paths, Settings())
    assert (again.extracted, again.already_done) == (0, extract(dataset, single, Settings()).found)
