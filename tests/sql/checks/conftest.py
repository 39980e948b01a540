import shutil
from collections.abc import Iterator

import duckdb
import pytest

from lakehouse.paths import WarehousePaths


@pytest.fixture(scope="session")
def writable_copy(
    small_warehouse: WarehousePaths, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The small warehouse, open for writing; only for `spoilt`, which undoes everything."""
    file = shutil.copy(small_warehouse.database, tmp_path_factory.mktemp("copy"))
    with duckdb.connect(file) as connection:
        yield connection


@pytest.fixture
def spoilt(writable_copy: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The small warehouse, to be spoilt for one test."""
    writable_copy.execute("begin")
    yield writable_copy
    writable_copy.execute("rollback")
