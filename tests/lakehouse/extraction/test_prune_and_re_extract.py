"""Photographs that are gone, another face model, and landmarks from elsewhere."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lakehouse.dataset.walk import walk_photos
from lakehouse.errors import InputError
from lakehouse.extraction import finding
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.ingest.listeners import Listeners
from lakehouse.lake.confidences import Confidences, read_confidences
from lakehouse.lake.origin import look_at_origin
from lakehouse.lake.parts import commit_part, part_names, read_part
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.status import status
from tests.copies import copied

SETTINGS = Settings()


@pytest.fixture
def study(dataset: Path, extraction, tmp_path: Path) -> tuple[Path, WarehousePaths]:
    """A copy of the dataset and of its lake, to be changed."""
    photographs = shutil.copytree(dataset, tmp_path / "photographs")
    warehouse = copied(extraction[0].root, tmp_path / "warehouse")
    return photographs, WarehousePaths(warehouse)


def paths_in(lake: WarehousePaths) -> set[str]:
    return {photo.path for photo in read_photos_index(lake)}


def made_by(lake: WarehousePaths, **changed: object) -> None:
    """Pretend that the rows of the lake's first part were made in another way."""
    name = part_names(lake)[0]
    records = read_part(lake, name)
    commit_part(lake, name, [replace(each, row=replace(each.row, **changed)) for each in records])


def test_what_is_gone_stays_until_it_is_pruned(study):
    photographs, lake = study
    before = paths_in(lake)
    gone = sorted(path for path in before if path.endswith(".jpg"))[0]
    (photographs / gone).unlink()

    kept = extract(photographs, lake, SETTINGS)
    assert (kept.missing, kept.pruned, paths_in(lake)) == (1, 0, before)
    state = look_at_origin(lake)
    assert state is not None
    assert (state.root, state.gone, state.resized) == (photographs, (gone,), ())

    pruned = extract(photographs, lake, SETTINGS, ExtractionOptions(prune=True))
    assert (pruned.missing, pruned.pruned, pruned.ok) == (0, 1, 0)
    assert paths_in(lake) == before - {gone}
    assert look_at_origin(lake).gone == ()


def test_a_file_of_another_size_is_seen_without_reading_it(study):
    photographs, lake = study
    extract(photographs, lake, SETTINGS)
    changed = photographs / "05" / "00" / "0001" / "text.jpg"
    changed.write_text("longer than it was before")
    assert look_at_origin(lake).resized == ("05/00/0001/text.jpg",)


def test_a_dataset_that_moved_away_is_not_called_gone(study):
    photographs, lake = study
    extract(photographs, lake, SETTINGS)
    photographs.rename(photographs.with_name("elsewhere"))
    state = look_at_origin(lake)
    assert (state.there, state.gone) == (False, ())


def test_nothing_is_pruned_while_a_folder_cannot_be_read(study, monkeypatch):
    photographs, lake = study
    (photographs / "05" / "00" / "0001" / "text.jpg").unlink()

    def partly(*arguments, **options):
        return replace(walk_photos(*arguments, **options), unreadable_folders=("06 (denied)",))

    monkeypatch.setattr(finding, "walk_photos", partly)
    before = paths_in(lake)
    with pytest.raises(InputError, match=r"06 \(denied\)"):
        extract(photographs, lake, SETTINGS, ExtractionOptions(prune=True))
    assert paths_in(lake) == before


@pytest.mark.slow
def test_two_models_are_never_mixed_unnoticed(study):
    photographs, lake = study
    made_by(lake, model_sha256="0" * 64)
    before = read_photos_index(lake)

    with pytest.raises(InputError, match=r"by another face model.*--re-extract"):
        extract(photographs, lake, SETTINGS)
    assert read_photos_index(lake) == before

    summary = extract(photographs, lake, SETTINGS, ExtractionOptions(re_extract=True))
    # A failure that ends as before is not written again.
    failures = [photo for photo in before if photo.status != "ok"]
    assert summary.ok == summary.found - len(failures)
    assert len({photo.model_sha256 for photo in read_photos_index(lake)}) == 1


@pytest.mark.slow
def test_what_another_model_left_of_gone_photographs_must_be_pruned(study):
    photographs, lake = study
    made_by(lake, model_sha256="0" * 64)
    (photographs / read_photos_index(lake)[0].path).unlink()

    with pytest.raises(InputError, match="--prune"):
        extract(photographs, lake, SETTINGS, ExtractionOptions(re_extract=True))
    options = ExtractionOptions(re_extract=True, prune=True)
    summary = extract(photographs, lake, SETTINGS, options)
    assert summary.pruned == 1
    assert len({photo.model_sha256 for photo in read_photos_index(lake)}) == 1


def test_landmarks_from_elsewhere_are_not_replaced(study):
    photographs, lake = study
    made_by(lake, model_sha256=None, extractor="import")
    before = read_photos_index(lake)
    with pytest.raises(InputError, match=r"from another source \(import\)"):
        extract(photographs, lake, SETTINGS, ExtractionOptions(re_extract=True))
    assert read_photos_index(lake) == before


def asking_for(confidence: float) -> Settings:
    return Settings.model_validate({"detection": {"min_detection_confidence": confidence}})


@pytest.mark.slow
def test_other_confidences_are_told_until_everything_was_looked_at_again(study):
    photographs, lake = study
    assert read_confidences(lake) == {Confidences(0.5, 0.8)}
    told: list[str] = []
    # Nothing was worked on, so nothing is remembered of these settings.
    extract(photographs, lake, asking_for(0.6), listeners=Listeners(on_message=told.append))
    assert len(told) == 1
    assert "min_detection_confidence 0.5, min_presence_confidence 0.8" in told[0]
    assert "--re-extract" in told[0]
    assert status(lake, SETTINGS).other_confidences == ()

    first = sorted(photographs.glob("*/*/*/*.jpg"))[0]
    shutil.copy(first, first.with_name("new.jpg"))
    extract(photographs, lake, asking_for(0.6))
    assert read_confidences(lake) == {Confidences(0.5, 0.8), Confidences(0.6, 0.8)}
    assert status(lake, SETTINGS).other_confidences == (Confidences(0.6, 0.8),)

    told.clear()
    extract(
        *(photographs, lake, asking_for(0.6)),
        ExtractionOptions(re_extract=True),
        Listeners(on_message=told.append),
    )
    assert told == []
    assert status(lake, asking_for(0.6)).other_confidences == ()


@pytest.mark.slow
@pytest.mark.portable
def test_a_run_that_is_stopped_leaves_both_confidences(study):
    photographs, lake = study
    extract(
        *(photographs, lake, asking_for(0.6)),
        ExtractionOptions(part_photos=2, re_extract=True),
        Listeners(should_stop=lambda: len(read_confidences(lake)) == 2),
    )
    assert read_confidences(lake) == {Confidences(0.5, 0.8), Confidences(0.6, 0.8)}


@pytest.mark.parametrize("content", ["", "{", "3", "[[1]]", '[["a", "b"]]'])
def test_damaged_notes_on_confidences_say_nothing(content, tmp_path):
    lake = WarehousePaths(tmp_path)
    lake.confidences.write_text(content)
    assert read_confidences(lake) == set()
