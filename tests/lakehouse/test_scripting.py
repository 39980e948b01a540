"""The commands as functions: they do the same, and refuse with the same line."""

import shutil
import subprocess
import sys

import pytest

import lakehouse
from lakehouse.errors import InputError, LakeError, SettingsError, UsageError
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic import plan_study, write_photographs
from tests.copies import copied


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    plan = plan_study(1, 1, conditions=(False,), expressions=("neutral", "anger"))
    write_photographs(plan, folder, workers=1)
    return folder


def said_by_the_command(*words, folder):
    done = subprocess.run(
        [sys.executable, "-m", "lakehouse", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode != 0
    return done.stderr.splitlines()[-1].removeprefix("error: ")


@pytest.mark.slow
def test_photographs_become_a_warehouse(photos, tmp_path):
    told = []
    summary = lakehouse.extract(photos, tmp_path / "warehouse", workers=1, on_progress=told.append)
    assert summary.ok == summary.found == told[-1].done > 0
    result = lakehouse.build(tmp_path / "warehouse")
    assert "photos" in {model.name for model in result.models}
    assert lakehouse.build(str(tmp_path / "warehouse")).up_to_date
    with lakehouse.open(tmp_path / "warehouse") as study:
        assert len(study.table("photos")) == summary.found


@pytest.mark.slow
def test_what_is_made_is_its_owners_alone(photos, tmp_path):
    lakehouse.extract(photos, tmp_path / "warehouse", workers=1)
    lakehouse.build(tmp_path / "warehouse")
    everything = list((tmp_path / "warehouse").rglob("*"))
    assert len(everything) > 5
    assert [each for each in everything if each.stat().st_mode & 0o077] == []


@pytest.mark.slow
def test_a_build_of_nothing_is_refused_as_by_the_command(tmp_path):
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "lakehouse.toml").write_text("no = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        lakehouse.build(tmp_path / "warehouse")
    said = said_by_the_command("build", folder=tmp_path)
    assert str(refused.value).replace(f"{tmp_path}/", "") == said


@pytest.mark.slow
def test_photographs_that_are_none_are_refused_as_by_the_command(tmp_path):
    (tmp_path / "photos").mkdir()
    with pytest.raises(InputError) as refused:
        lakehouse.extract(tmp_path / "photos", tmp_path / "warehouse")
    said = said_by_the_command("extract", "photos", folder=tmp_path)
    assert str(refused.value).replace(f"{tmp_path}/", "") == said


@pytest.mark.slow
def test_a_damaged_lake_is_refused_as_by_the_command(small_warehouse, tmp_path):
    paths = WarehousePaths(copied(small_warehouse.root, tmp_path / "warehouse"))
    shutil.rmtree(paths.photos)
    with pytest.raises(LakeError) as refused:
        lakehouse.build(paths.root, force=True)
    said = said_by_the_command("build", "--force", folder=tmp_path)
    assert str(refused.value).replace(f"{tmp_path}/", "") == said


@pytest.mark.slow
def test_extras_are_made_where_they_are_wanted(small_warehouse, tmp_path):
    root = copied(small_warehouse.root, tmp_path / "warehouse")
    assert "pair_changes" not in {model.name for model in lakehouse.build(root, force=True).models}
    assert "pair_changes" in {model.name for model in lakehouse.build(root, pairs=True).models}


@pytest.mark.slow
def test_a_manifest_is_read_as_by_the_command(photos, tmp_path):
    (tmp_path / "list.csv").write_text("image,who,mood\nnowhere.jpg,1,fear\n", encoding="utf-8")
    columns = {"path": "image", "participant": "who", "expression": "mood"}
    given = ",".join("=".join(pair) for pair in columns.items())
    with pytest.raises(InputError) as refused:
        lakehouse.extract(
            photos, tmp_path / "warehouse", manifest=tmp_path / "list.csv", columns=columns
        )
    said = said_by_the_command(
        "extract", photos, "--manifest", "list.csv", "--map", given, folder=tmp_path
    )
    assert "row 2" in said
    assert str(refused.value).replace(f"{tmp_path}/", "") == said


@pytest.mark.slow
def test_a_layout_beside_a_manifest_is_refused_as_by_the_command(photos, tmp_path):
    (tmp_path / "list.csv").touch()
    with pytest.raises(UsageError) as refused:
        lakehouse.extract(photos, layout="{participant}", manifest=tmp_path / "list.csv")
    said = said_by_the_command(
        *("extract", photos, "--layout", "{participant}", "--manifest", "list.csv"),
        folder=tmp_path,
    )
    assert str(refused.value) == said


@pytest.mark.parametrize("number", [0, -1])
def test_there_are_no_fewer_workers_than_one(photos, tmp_path, number):
    with pytest.raises(UsageError, match="--workers: is"):
        lakehouse.extract(photos, tmp_path / "warehouse", workers=number)
    assert list(tmp_path.iterdir()) == []
