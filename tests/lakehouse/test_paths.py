"""What belongs to a warehouse."""

from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths, is_utf8, owner_of


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    paths = WarehousePaths(tmp_path / "W")
    paths.photos.mkdir(parents=True)
    (paths.photos / "part-000001.parquet").touch()
    return paths


def properties() -> list[str]:
    return [name for name, each in vars(WarehousePaths).items() if isinstance(each, property)]


@pytest.mark.parametrize("name", properties())
def test_all_that_is_named_is_its_own(paths: WarehousePaths, name: str) -> None:
    elsewhere = WarehousePaths(Path("elsewhere"))

    assert owner_of(getattr(paths, name), elsewhere) == paths.root
    assert owner_of(getattr(paths, name) / "below", elsewhere) == paths.root
    assert owner_of(getattr(elsewhere, name), elsewhere) == elsewhere.root


@pytest.mark.parametrize("place", [".", "answer.csv", "figures/lake.csv", "lakes", "demo/a", ".."])
def test_what_else_lies_in_its_folder_is_not(paths: WarehousePaths, place: str) -> None:
    assert owner_of(paths.root / place, paths) is None


def test_a_lake_that_lies_elsewhere_is_its_own(paths: WarehousePaths, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    paths.lake.rename(tmp_path / "disk" / "of the study")
    paths.lake.symlink_to(tmp_path / "disk" / "of the study")

    assert owner_of(tmp_path / "disk" / "of the study" / "a.csv", paths) == paths.root


def test_a_folder_of_that_name_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "lake" / "photos").mkdir(parents=True)

    assert owner_of(tmp_path / "lake" / "a.csv", WarehousePaths(tmp_path / "W")) is None


def test_a_file_that_is_another_copy_is_nobodys(paths: WarehousePaths, tmp_path: Path) -> None:
    copy = tmp_path / "copy.parquet"
    copy.touch()
    copy.with_name("its second name").hardlink_to(copy)

    assert owner_of(copy, paths) is None
    (tmp_path / "second").hardlink_to(paths.photos / "part-000001.parquet")
    assert owner_of(tmp_path / "second", paths) == paths.root


def test_a_name_need_not_be_text() -> None:
    assert is_utf8("ação")
    assert not is_utf8("a\udcff")
