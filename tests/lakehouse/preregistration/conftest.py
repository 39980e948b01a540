import shutil
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from tests.lakehouse.preregistration.support import unscored
from tests.once import Once


@pytest.fixture(scope="session")
def without_scores(once: Once, small_warehouse: WarehousePaths) -> WarehousePaths:
    """A built warehouse without scores; not to be changed."""
    return once("unscored", lambda folder: unscored(small_warehouse, folder))


@pytest.fixture
def paths(without_scores: WarehousePaths, tmp_path: Path) -> WarehousePaths:
    """A copy of it to be changed."""
    return WarehousePaths(Path(shutil.copytree(without_scores.root, tmp_path / "study")))
