import shutil
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths


@pytest.fixture
def warehouse(small_warehouse: WarehousePaths, tmp_path: Path) -> WarehousePaths:
    """A copy of the small warehouse, to be changed."""
    return WarehousePaths(shutil.copytree(small_warehouse.root, tmp_path / "warehouse"))
