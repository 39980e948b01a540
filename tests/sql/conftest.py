from collections.abc import Iterator
from functools import partial

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra
from tests.sql.support import RunModel, relation_types, run_model, write_lake


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """A warehouse built with all parts from no lake at all."""
    paths = WarehousePaths(tmp_path_factory.mktemp("empty") / "warehouse")
    build(paths, Settings(), extras=list(Extra))
    return paths


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """A warehouse built with all parts from the small lake; not to be changed."""
    paths = WarehousePaths(tmp_path_factory.mktemp("small") / "warehouse")
    write_lake(paths)
    build(paths, Settings(), extras=list(Extra))
    return paths


@pytest.fixture(scope="session", name="run_model")
def model_runner(empty_warehouse: WarehousePaths) -> Iterator[RunModel]:
    """`run_model` of the support, knowing every relation's types."""
    with duckdb.connect() as connection:
        yield partial(run_model, connection, relation_types(empty_warehouse.database))
