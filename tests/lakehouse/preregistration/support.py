"""A warehouse without scores, ready to be registered."""

from pathlib import Path

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from tests.copies import copied
from tests.lean import LEAN


def unscored(warehouse: WarehousePaths, folder: Path) -> WarehousePaths:
    """Copy a warehouse, take its scores away and build it anew."""
    paths = WarehousePaths(Path(copied(warehouse.root, folder / "study")))
    paths.scores.unlink()
    paths.database.unlink()
    build(paths, LEAN)
    return paths
