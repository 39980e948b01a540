"""The path of a warehouse never means anything: to no engine, and to no command."""

from pathlib import Path

import duckdb
import pytest
from lakehouse.cli.main import run

from lakehouse.files.links import openable_folder, plain_name, second_name
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.status import status
from tests.attack.studies import SETTINGS
from tests.copies import copied

NAMES = (
    "supervised=true/what? ** [a-z]* {x,y} %3F#&",
    "back\\slash quo'te\"s col:on/\\?",
    "supervised=true",
    "two\nlines",
    "\\?",
    " ",
)
KERNEL = pytest.mark.kernel("an open folder has a name of digits, whatever its own means")
MORE = set(NAMES[2:])

COMMANDS = (
    ["build", "--force"],
    ["check"],
    ["status"],
    ["tables"],
    ["sql", "select count(*) as rows from masks"],
    ["export", "masks", "--out", "{}/csv"],
    ["export", "masks", "--format", "parquet", "--out", "{}/parquet"],
    ["render", "masks", "--per", "mean", "--expression", "fear", "--out", "{}/pictures"],
    ["compact", "-q"],
    ["build"],
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            marks=[
                *([pytest.mark.exhaustive] if name in MORE else []),
                *([KERNEL] if "\\" in name else []),
            ],
        )
        for name in NAMES
    ],
)
def test_every_command_takes_a_path_for_a_path(
    attacked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    root = tmp_path / name
    root.parent.mkdir(exist_ok=True)
    paths = WarehousePaths(copied(attacked / "study", root))
    decoy(root.parent)
    for command in COMMANDS:
        arguments = [each.format(paths.root) for each in command]
        assert run(["--warehouse", str(paths.root), *arguments]) == 0, capsys.readouterr()
    expected = fetch(WarehousePaths(attacked / "study"), "from masks order by all")
    assert fetch(paths, "from masks order by all").equals(expected)
    assert [each.name for each in paths.root.rglob("*.tmp")] == []
    assert [each.name for each in tmp_path.rglob(".*") if root not in each.parents] == []
    assert len(list((paths.root / "pictures").rglob("*.png"))) > 0


@pytest.mark.slow
@pytest.mark.portable
@pytest.mark.parametrize("name", ["sqlite:study", "s3://study"])
def test_a_relative_path_is_no_address(
    attacked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = WarehousePaths(Path(name))
    copied(attacked / "study", paths.root)
    paths.database.unlink()
    build(paths, SETTINGS)
    assert len(fetch(paths, "from photos")) == 32
    assert status(paths, SETTINGS).up_to_date


@KERNEL
def test_bytes_that_are_no_text_are_a_path_too(attacked: Path, tmp_path: Path) -> None:
    name = b"\xff\xfe".decode("utf-8", "surrogateescape")
    paths = WarehousePaths(copied(attacked / "study", tmp_path / name))
    build(paths, SETTINGS, force=True)
    assert len(fetch(paths, "from photos")) == 32
    assert status(paths, SETTINGS).up_to_date


def decoy(folder: Path) -> None:
    """Put parts where a path would lead if its characters meant something."""
    for name in ("whats", "back/slash", "a", "b*", "x"):
        for kind in ("photos", "landmarks", "blendshapes"):
            part = folder / name / "lake" / kind / "part-000001.parquet"
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(b"not what was meant")


@KERNEL
def test_a_plain_name_is_the_folders_own(tmp_path: Path) -> None:
    with plain_name(tmp_path) as name:
        assert name == tmp_path
    odd = tmp_path / "a=b?"
    odd.mkdir()
    (odd / "there").touch()
    with plain_name(odd) as name:
        assert set(str(name)).isdisjoint("=?")
        assert (name / "there").exists()


def test_a_database_is_made_and_opened_where_its_path_means_nothing(tmp_path: Path) -> None:
    odd = tmp_path / "a\\b?"
    odd.mkdir()
    with openable_folder(odd) as near, duckdb.connect(str(near / "x.duckdb")) as connection:
        assert near.parent == tmp_path
        connection.execute("create table t as select 1 as one")
    assert [each.name for each in tmp_path.iterdir()] == [odd.name]
    with (
        second_name(odd / "x.duckdb") as name,
        duckdb.connect(str(name), read_only=True) as connection,
    ):
        assert connection.execute("from t").fetchall() == [(1,)]
    assert [each.name for each in tmp_path.iterdir()] == [odd.name]


def test_on_another_disk_a_database_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "why?"
    odd.mkdir()
    duckdb.connect(str(tmp_path / "x.duckdb")).close()
    (tmp_path / "x.duckdb").rename(odd / "x.duckdb")

    def elsewhere(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr("os.link", elsewhere)
    with second_name(odd / "x.duckdb") as name:
        assert "?" not in str(name)
        assert name.read_bytes() == (odd / "x.duckdb").read_bytes()
