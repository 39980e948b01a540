"""What a damaged part held is taken into the lake again, or the part stays."""

import shutil
from pathlib import Path

import pytest

from lakehouse.errors import LakeError
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.ingest.healing import Healed
from lakehouse.lake.inspection import inspect
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.copies import copied

PART = "part-000001.parquet"
PRUNE = ExtractionOptions(prune=True, part_photos=4)


@pytest.fixture
def study(dataset: Path, extraction, tmp_path: Path) -> tuple[Path, WarehousePaths]:
    """A copy of the dataset and of its lake, whose first part's landmarks are cut off."""
    photographs = shutil.copytree(dataset, tmp_path / "photographs")
    lake = WarehousePaths(copied(extraction[0].root, tmp_path / "warehouse"))
    file = lake.landmarks / PART
    file.write_bytes(file.read_bytes()[:-100])
    return photographs, lake


@pytest.mark.slow
@pytest.mark.portable
def test_an_extraction_restores_exactly_the_damaged_part(study, extraction) -> None:
    photographs, lake = study
    before = {photo.key: photo.status for photo in read_photos_index(extraction[0])}
    summary = extract(photographs, lake, Settings(), ExtractionOptions(part_photos=4))
    [healed] = summary.healed
    assert healed.file == f"landmarks/{PART}"
    assert (healed.photos, healed.dropped) == (4, 0)
    assert (summary.extracted, summary.already_done) == (4, len(before) - 4)
    assert {photo.key: photo.status for photo in read_photos_index(lake)} == before
    assert inspect(lake).damaged == ()


@pytest.mark.slow
@pytest.mark.portable
def test_what_is_gone_keeps_the_part_until_it_may_be_dropped(study) -> None:
    photographs, lake = study
    held = [photo for photo in read_photos_index(lake) if photo.part == PART]
    (photographs / held[0].path).unlink()
    damaged = (lake.landmarks / PART).read_bytes()

    with pytest.raises(LakeError, match=r"1 of its 4 photographs are not in .*--prune"):
        extract(photographs, lake, Settings())
    assert (lake.landmarks / PART).read_bytes() == damaged

    summary = extract(photographs, lake, Settings(), PRUNE)
    assert [(healed.photos, healed.dropped) for healed in summary.healed] == [(3, 1)]
    assert held[0].key not in {photo.key for photo in read_photos_index(lake)}


def test_landmarks_from_elsewhere_are_not_restored_by_photographs(study, monkeypatch) -> None:
    photographs, lake = study
    monkeypatch.setattr("lakehouse.extraction.extract._is_extracted", lambda photo: False)
    for options in (ExtractionOptions(), PRUNE):
        with pytest.raises(LakeError, match="4 of its 4 photographs are not in"):
            extract(photographs, lake, Settings(), options)


def test_a_healed_part_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    from lakehouse.cli.summaries import say_troubles

    class Told:
        respelled = 0
        healed = (Healed("landmarks/p.parquet", "is missing", 3, 1),)
        problems = unreadable_folders = ignored = ()
        superseded = 0

    say_troubles(Told(), 0)  # type: ignore[arg-type]
    assert capsys.readouterr().out == (
        "restored from the originals: 3 photographs of landmarks/p.parquet (is missing); "
        "1 are dropped, whose files are gone\n"
    )
