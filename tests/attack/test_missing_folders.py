"""Folders of the lake that are missing or cannot be read are errors, never an empty lake."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from lakehouse.errors import LakehouseError
from lakehouse.files.listing import listed, present
from lakehouse.importing.import_landmarks import import_landmarks
from lakehouse.lake.compact import compact
from lakehouse.lake.origin import look_at_origin, record_origin
from lakehouse.lake.participant_tables import Destination, store_table
from lakehouse.lake.schemas import SCORES
from lakehouse.paths import WarehousePaths
from lakehouse.scores.read import read_scores
from lakehouse.scores.store import store_scores
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.status import status
from tests.attack.studies import SETTINGS, Study, lake_files, ordinary, require_one_line
from tests.lakehouse.importing.trees import write_scores
from tests.lakehouse.lake.lakes import ORDER

FOLDERS = ("photos", "landmarks", "blendshapes")


def moved(folder: Path) -> None:
    folder.rename(folder.parent.parent / "elsewhere")


def unmounted(folder: Path) -> None:
    """Leave what is there where a disk is not mounted."""
    moved(folder)
    folder.mkdir()


def linked_to_nothing(folder: Path) -> None:
    moved(folder)
    folder.symlink_to(folder.parent.parent / "not there")


def linked_to_itself(folder: Path) -> None:
    moved(folder)
    folder.symlink_to(folder.name)


def made_a_file(folder: Path) -> None:
    moved(folder)
    folder.write_text("no folder")


LOSSES = (moved, unmounted, linked_to_nothing, linked_to_itself, made_a_file)

COMMANDS: dict[str, Callable[[Study], object]] = {
    "build": lambda study: build(study.paths, SETTINGS),
    "build --force": lambda study: build(study.paths, SETTINGS, force=True),
    "status": lambda study: status(study.paths, SETTINGS),
    "check": lambda study: list(run_checks(study.paths)),
    "compact": lambda study: compact(study.paths, ORDER),
    "import-landmarks": lambda study: import_landmarks(study.tree, study.paths, SETTINGS),
}


@contextmanager
def nothing_changes(study: Study, lost: Path) -> Iterator[None]:
    """Hold that lake and database stay as they are, but for a folder that is away."""
    kept = {name: file for name, file in lake_files(study.paths).items() if lost.name not in name}
    database = study.paths.database.read_bytes()
    yield
    now = lake_files(study.paths)
    assert {name: file for name, file in now.items() if lost.name not in name} == kept
    assert study.paths.database.read_bytes() == database


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_is_not_there_is_named_and_nothing_is_deleted(
    study: Study, folder: str, loss: Callable[[Path], None]
) -> None:
    lost = study.paths.lake / folder
    loss(lost)
    with nothing_changes(study, lost):
        for work in COMMANDS.values():
            with pytest.raises(LakehouseError, match=rf"{folder}: (is|cannot|holds)") as raised:
                work(study)
            assert "\n" not in str(raised.value)
    # Once it is back, all is as it was.
    if loss is unmounted:
        lost.rmdir()
    elif loss is not moved:
        lost.unlink()
    (study.paths.root / "elsewhere").rename(lost)
    assert build(study.paths, SETTINGS).up_to_date


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["lake/photos", "lake/landmarks", "lake"])
def test_a_folder_that_may_not_be_read_is_named_and_nothing_is_deleted(
    study: Study, folder: str
) -> None:
    before = lake_files(study.paths)
    forbidden = study.paths.root / folder
    forbidden.chmod(0)
    try:
        commands = (["build"], ["status"], ["compact"], ["import-landmarks", study.tree])
        answers = [ordinary(study.paths, *command) for command in commands]
    finally:
        forbidden.chmod(0o700)
    for answer in answers:
        require_one_line(answer, f"{folder}", "Permission denied")
    assert lake_files(study.paths) == before
    assert len(fetch(study.paths, "from photos")) == 32


def test_a_lake_that_is_gone_does_not_empty_the_database(study: Study) -> None:
    shutil.move(study.paths.lake, study.paths.root / "away")
    before = study.paths.database.read_bytes()
    with pytest.raises(LakehouseError, match="has 32 rows in photos, and the lake now holds none"):
        build(study.paths, SETTINGS)
    assert study.paths.database.read_bytes() == before


@pytest.mark.slow
def test_a_lake_that_is_gone_is_told_by_check_and_status(study: Study) -> None:
    assert next(run_checks(study.paths)).kept
    shutil.move(study.paths.lake, study.paths.root / "away")
    found = next(run_checks(study.paths))
    assert found.name == "lake_is_intact"
    assert found.broken_by["file"].to_list() == ["photos", "scores"]
    answer = ordinary(study.paths, "status")
    assert answer.code == 1
    assert "32 rows of photos in the database, none in the lake" in answer.out
    assert json.loads(ordinary(study.paths, "status", "--json").out)["emptied"]["photos"] == 32


def test_scores_are_not_stored_beside_photographs_that_cannot_be_seen(study: Study) -> None:
    moved(study.paths.photos)
    before = study.paths.scores.read_bytes()
    scores = read_scores(write_scores(study.scores, participants=1), SETTINGS)
    with pytest.raises(LakehouseError, match="photos: is not there"):
        store_scores(scores, study.paths)
    assert study.paths.scores.read_bytes() == before


def test_originals_that_may_not_be_looked_at_are_not_called_gone(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_origin(study.paths, study.tree)
    monkeypatch.setattr(
        "lakehouse.lake.origin._extracted", lambda *_: [("gone.jpg", 1), ("a" * 300, 1)]
    )
    state = look_at_origin(study.paths)
    assert state is not None
    # A name too long stands for all that cannot be looked for.
    assert (state.gone, state.hidden) == (("gone.jpg",), ("a" * 300,))


def test_listing_tells_what_is_not_there_from_what_cannot_be_seen(tmp_path: Path) -> None:
    assert listed(tmp_path / "none") == []
    assert not present(tmp_path / "none")
    (tmp_path / "b").mkdir()
    (tmp_path / "a").touch()
    (tmp_path / "link").symlink_to("nothing")
    assert listed(tmp_path) == ["a", "b", "link"]
    assert present(tmp_path / "link")
    for path in (tmp_path / "link", tmp_path / "link" / "below"):
        with pytest.raises(LakehouseError, match="link: is a link to nothing, which is not there"):
            listed(path)
        with pytest.raises(LakehouseError, match=r"link: is a link|link/below"):
            present(path / "x")


def test_a_table_of_participants_may_be_read_only_after_it_was_found(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    paths.lake.mkdir()
    paths.scores.symlink_to("nothing")
    empty = pl.DataFrame(schema=dict.fromkeys(SCORES.names, pl.String))
    with pytest.raises(LakehouseError, match=r"scores\.parquet: is a link to nothing"):
        store_table(empty, Destination(paths, paths.scores, SCORES), source="a.csv", replace=False)
