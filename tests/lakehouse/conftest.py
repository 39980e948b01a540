from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from tests.copies import copied


@pytest.fixture
def warehouse(small_warehouse: WarehousePaths, tmp_path: Path) -> WarehousePaths:
    """A copy of the small warehouse, to be changed."""
    return WarehousePaths(copied(small_warehouse.root, tmp_path / "warehouse"))
