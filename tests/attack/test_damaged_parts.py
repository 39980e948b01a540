"""Parts and tables that are cut, foreign, folders, links or forbidden: one line that names them."""

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lakehouse.cli.main import run

from lakehouse.errors import LakehouseError
from lakehouse.importing.import_landmarks import import_landmarks
from lakehouse.importing.options import ImportOptions
from lakehouse.lake.compact import compact
from lakehouse.lake.inspection import inspect
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.status import status
from tests.attack.studies import SETTINGS, Study, ordinary, require_one_line
from tests.lakehouse.lake.lakes import ORDER

PART = "part-000001.parquet"
FILES = (f"landmarks/{PART}", f"blendshapes/{PART}", f"photos/{PART}", "scores.parquet")


def cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def foreign(file: Path) -> None:
    pq.write_table(pa.table({"somebody": ["else's"]}), file)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "precious.txt").write_text("somebody's")


def loop(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


def broken_link(file: Path) -> None:
    file.unlink()
    file.symlink_to("not there")


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


DAMAGES = (cut, emptied, foreign, folder, loop, broken_link, pipe)
HEALED = (cut, emptied)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", FILES)
def test_every_command_names_the_file_in_one_line(
    study: Study, name: str, damage: Callable[[Path], None]
) -> None:
    paths = study.paths
    damage(paths.lake / name)
    for work in (
        lambda: build(paths, SETTINGS),
        lambda: build(paths, SETTINGS, force=True),
        lambda: compact(paths, ORDER),
    ):
        with pytest.raises(LakehouseError, match=name) as raised:
            work()
        assert "\n" not in str(raised.value)
        assert ";" in str(raised.value)
    assert [each.file for each in status(paths, SETTINGS).damaged] == [name]
    assert next(run_checks(paths)).broken_by["file"].to_list() == [name]
    # What does not need the file goes on.
    assert len(fetch(paths, "from photos")) == 32


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", FILES[:3])
def test_the_originals_restore_what_is_certainly_damaged_and_nothing_else(
    study: Study, name: str, damage: Callable[[Path], None]
) -> None:
    paths = study.paths
    before = fetch(paths, "select * exclude (extracted_at) from photos order by all")
    damage(paths.lake / name)
    if damage not in HEALED:
        with pytest.raises(LakehouseError, match=name):
            import_landmarks(study.tree, paths, SETTINGS)
        assert (paths.lake / name).is_symlink() or (paths.lake / name).exists()
        return
    summary = import_landmarks(study.tree, paths, SETTINGS)
    assert [each.file for each in summary.healed] == [name]
    assert (summary.ok, summary.already_done) == (16, 16)
    build(paths, SETTINGS)
    assert fetch(paths, "select * exclude (extracted_at) from photos order by all").equals(before)


def test_a_file_that_is_gone_is_restored_too(study: Study) -> None:
    (study.paths.landmarks / PART).unlink()
    [healed] = import_landmarks(study.tree, study.paths, SETTINGS).healed
    assert (healed.file, healed.problem, healed.photos) == (f"landmarks/{PART}", "is missing", 16)


def test_a_part_whose_originals_are_not_all_there_is_left_as_it_is(study: Study) -> None:
    cut(study.paths.landmarks / PART)
    content = (study.paths.landmarks / PART).read_bytes()
    originals = sorted(study.tree.rglob("data-lms-*.csv"))
    originals[0].unlink()
    with pytest.raises(LakehouseError, match=r"1 of its 16 photographs are not in .*backup"):
        import_landmarks(study.tree, study.paths, SETTINGS)
    assert (study.paths.landmarks / PART).read_bytes() == content


def test_a_part_of_which_no_file_is_whole_needs_a_backup(study: Study) -> None:
    cut(study.paths.landmarks / PART)
    cut(study.paths.photos / PART)
    with pytest.raises(LakehouseError, match=rf"{PART}.*; restore {PART} from a backup"):
        import_landmarks(study.tree, study.paths, SETTINGS)


def test_files_of_two_states_of_a_part_do_not_fit(study: Study, tmp_path: Path) -> None:
    other = WarehousePaths(tmp_path / "other")
    for file in study.tree.rglob("data-lms-*.csv"):
        file.write_text(file.read_text().replace("0,", "0,1", 1))
    import_landmarks(study.tree, other, SETTINGS, ImportOptions(part_photos=16))
    # A backup of another day: whole, but not what the part's photographs gave.
    (study.paths.landmarks / PART).write_bytes((other.landmarks / PART).read_bytes())
    with pytest.raises(LakehouseError, match=rf"landmarks/{PART}: does not belong to its file in"):
        build(study.paths, SETTINGS)


def test_a_foreign_file_beside_the_parts_is_named_and_kept(study: Study) -> None:
    mine = study.paths.photos / "mine.parquet"
    pq.write_table(pa.table({"somebody": ["else's"]}), mine)
    for work in (build, lambda paths, settings: import_landmarks(study.tree, paths, settings)):
        with pytest.raises(LakehouseError, match=r"photos/mine.parquet: is no such file of a lake"):
            work(study.paths, SETTINGS)
    [alone] = inspect(study.paths).damaged
    assert alone.file == "photos/mine.parquet"
    kept = mine.rename(study.paths.landmarks / "mine.parquet")
    assert import_landmarks(study.tree, study.paths, SETTINGS).already_done == 32
    with pytest.raises(LakehouseError, match=r"mine.parquet: belongs to no part of the lake; move"):
        build(study.paths, SETTINGS)
    assert [each.file for each in inspect(study.paths).damaged] == ["landmarks/mine.parquet"]
    assert kept.exists()


@pytest.mark.slow
def test_an_old_lake_goes_on_and_compact_gives_it_checksums(
    study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = study.paths
    for file in paths.lake.rglob("*.parquet"):
        pq.write_table(pq.ParquetFile(file).read().replace_schema_metadata(), file)
    before = fetch(paths, "from masks order by all")
    [*_, note] = build(paths, SETTINGS).notes
    assert note.startswith("7 of the lake's 7 files have no checksum")
    assert fetch(paths, "from masks order by all").equals(before)
    assert len(status(paths, SETTINGS).unsealed) == 7
    assert run(["--warehouse", str(paths.root), "compact", "-q"]) == 0
    assert "checksums added to 7 files that had none" in capsys.readouterr().out
    assert status(paths, SETTINGS).unsealed == ()
    assert compact(paths, ORDER).parts_written == 0
    assert not any("checksum" in note for note in build(paths, SETTINGS).notes)
    assert fetch(paths, "from masks order by all").equals(before)


@pytest.mark.slow
@pytest.mark.parametrize("name", [FILES[0], FILES[3]])
def test_a_file_that_may_not_be_read_is_named_and_kept(study: Study, name: str) -> None:
    file = study.paths.lake / name
    content = file.read_bytes()
    file.chmod(0)
    commands = [["build"], ["compact"]]
    if file.parent == study.paths.landmarks:
        commands.append(["import-landmarks", str(study.tree)])
    answers = [ordinary(study.paths, *command) for command in commands]
    file.chmod(0o600)
    for answer in answers:
        require_one_line(answer, f"{name}: cannot be read (Permission denied); make it readable")
    assert file.read_bytes() == content


@pytest.mark.slow
def test_a_part_whose_file_in_photos_is_gone_is_no_unfinished_write(study: Study) -> None:
    paths = study.paths
    before = fetch(paths, "select * exclude (extracted_at) from photos order by all")
    (paths.photos / PART).unlink()
    landmarks = (paths.landmarks / PART).read_bytes()
    for work in (lambda: build(paths, SETTINGS), lambda: compact(paths, ORDER)):
        with pytest.raises(LakehouseError, match=rf"photos/{PART}: is missing"):
            work()
    assert [each.file for each in status(paths, SETTINGS).damaged] == [f"photos/{PART}"]

    # Without its originals it stays: its landmarks may be the only ones there are.
    kept = study.tree.rename(study.tree.with_name("kept"))
    other = kept / "00" / "00" / "0000" / "data-lms-1.csv"
    (study.tree / "00" / "00" / "0000").mkdir(parents=True)
    (study.tree / "00" / "00" / "0000" / other.name).write_bytes(other.read_bytes())
    with pytest.raises(LakehouseError, match="15 of its 16 photographs are not in"):
        import_landmarks(study.tree, paths, SETTINGS)
    assert (paths.landmarks / PART).read_bytes() == landmarks

    [healed] = import_landmarks(kept, paths, SETTINGS).healed
    assert (healed.file, healed.photos) == (f"photos/{PART}", 16)
    build(paths, SETTINGS)
    assert fetch(paths, "select * exclude (extracted_at) from photos order by all").equals(before)
