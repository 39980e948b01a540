import shutil
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Part
from tests.sql.support import write_lake


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """A warehouse built with all parts from the small lake; not to be changed."""
    paths = WarehousePaths(tmp_path_factory.mktemp("small") / "warehouse")
    write_lake(paths)
    build(paths, Settings(), parts=list(Part))
    return paths


@pytest.fixture
def warehouse(small_warehouse: WarehousePaths, tmp_path: Path) -> WarehousePaths:
    """A copy of the small warehouse, to be changed."""
    return WarehousePaths(shutil.copytree(small_warehouse.root, tmp_path / "warehouse"))
