"""No option that names an output takes a warehouse's own files."""

import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from lakehouse.paths import WarehousePaths
from tests.attack.test_outputs import LINES
from tests.attack.typed import split
from tests.cli.conftest import lakehouse as lakehouse
from tests.cli.conftest import linked
from tests.cli.test_commands import COMMANDS

NOT_WRITTEN = {("export", "key_file")}
"""Options that name something to be read, and do not say so by its having to exist."""


def outputs() -> Iterator[tuple[str, str]]:
    """Give each command's options that name a path which need not exist."""
    for name, command in COMMANDS.items():
        hints = get_type_hints(inspect.unwrap(command.callback), include_extras=True)
        for parameter in command.params:
            kind, *more = get_args(hints.get(parameter.name, int)) or (int,)
            said = more[0] if more else None
            if Path in (kind, *get_args(kind)) and not getattr(said, "exists", True):
                yield name, parameter.name


OUTPUTS = [each for each in outputs() if each not in NOT_WRITTEN]

OWN = [
    "lakehouse.duckdb",
    "lakehouse.duckdb.wal",
    ".lakehouse.duckdb.tmp",
    "lakehouse.toml",
    "LakeHouse.TOML",
    ".build.lock",
    "extraction.json",
    "detection.json",
    "stamps.parquet",
    "lake",
    "lake/scores.parquet",
    "lake/.lock",
    "lake/photos/part-000001.parquet",
    "lake/new/folder/answer.csv",
    "LAKE/scores.parquet",
    "lake/../lake/covariates.parquet",
    "figures/../lakehouse.duckdb",
]


def test_outputs_are_found() -> None:
    assert set(OUTPUTS) >= {
        ("sql", "output"), ("export", "out"), ("export", "mapping"), ("render masks", "out"),
        ("render alignments", "out"), ("render faces", "out"), ("render muscles", "out"),
        ("render pairs", "out"), ("render video", "out"), ("render contact-sheet", "out"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def place(small_warehouse: WarehousePaths, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two warehouses, and other names of their files."""
    folder = tmp_path_factory.mktemp("targets")
    for name in ("warehouse", "other"):
        linked(small_warehouse.root, folder / name)
        (folder / name / "lakehouse.toml").touch()
        (folder / name / "lake" / ".lock").touch()
        (folder / name / "figures").mkdir()
    (folder / "photos").mkdir()
    (folder / "link.csv").symlink_to(folder / "other" / "lakehouse.duckdb")
    (folder / "linked").symlink_to(folder / "warehouse" / "lake" / "photos")
    (folder / "loop").symlink_to(folder / "loop")
    os.link(folder / "warehouse" / "lake" / "scores.parquet", folder / "second name.csv")
    return folder


def targets(place: Path) -> list[Path]:
    return [
        *(place / name / own for name in ("warehouse", "other") for own in OWN),
        place / "link.csv",
        place / "linked" / "answer.csv",
        place / "second name.csv",
    ]


def state(place: Path) -> dict[str, tuple[int, int, int]]:
    return {
        str(file): (file.lstat().st_ino, file.lstat().st_size, file.lstat().st_mtime_ns)
        for file in place.rglob("*")
    }


@pytest.mark.slow
@pytest.mark.parametrize(("name", "parameter"), OUTPUTS)
def test_a_warehouses_own_files_are_refused(place, lakehouse, name, parameter) -> None:
    before = state(place)
    words = split(LINES.get(name, name), place)
    if parameter == "out" and "--out" in words:
        words = words[: words.index("--out")]
    if parameter == "mapping":
        words.append("--pseudonymize")
    for target in targets(place):
        answer = lakehouse("--warehouse", place / "warehouse", *words, f"--{parameter}", target)

        assert (answer.code, answer.out) == (2, ""), target
        # A file where a folder is wanted, or the other way round, is refused sooner.
        assert "belongs to the warehouse" in answer.err or "Invalid value" in answer.err
        assert answer.err.count("\n") == 1
    assert state(place) == before


@pytest.mark.parametrize("own", OWN)
def test_a_warehouse_that_would_be_part_of_another_is_refused(place, lakehouse, own) -> None:
    if not (place / "other" / own).is_file():
        for command in ("init", "synthesize"):
            answer = lakehouse("--warehouse", place / "other" / own, command)
            assert answer.code == 2
            assert "belongs to the warehouse" in answer.err


def test_what_is_not_its_own_can_be_written(place, lakehouse, tmp_path) -> None:
    for target in (
        place / "warehouse" / "answer.csv",
        place / "other" / "figures" / "answer.csv",
        tmp_path / "lake.csv",
        tmp_path / "lakehouse.csv",
    ):
        answer = lakehouse("--warehouse", place / "warehouse", "sql", "-o", target, "select 1")
        assert answer.code == 0, answer.err
        target.unlink()


def test_a_folder_of_that_name_alone_is_no_lake(small_warehouse, lakehouse, tmp_path) -> None:
    (tmp_path / "lake" / "photos").mkdir(parents=True)
    (tmp_path / "lake" / "photos" / "swan.jpg").touch()
    target = tmp_path / "lake" / "answer.csv"

    assert lakehouse("--warehouse", small_warehouse.root, "sql", "-o", target, "select 1").code == 0


def test_a_warehouse_that_does_not_exist_yet_keeps_its_places(lakehouse, tmp_path) -> None:
    target = tmp_path / "new" / "lake" / "scores.parquet"

    answer = lakehouse("--warehouse", tmp_path / "new", "sql", "-o", target, "select 1")

    assert "belongs to the warehouse" in answer.err


@pytest.mark.parametrize("command", ["faces", "video", "contact-sheet", "frame-strip"])
def test_pictures_do_not_lie_among_the_photographs(place, lakehouse, command) -> None:
    photos = place / "photos"
    out = photos / "drawn.mp4" if command == "video" else photos

    answer = lakehouse("--warehouse", place / "other", "render", command, photos, "--out", out)

    assert (answer.code, "lies among the photographs" in answer.err) == (2, True)
    assert list(photos.iterdir()) == []
