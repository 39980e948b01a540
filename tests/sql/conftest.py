from collections.abc import Iterator
from functools import partial

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from tests.sql.support import RunModel, relation_types, run_model


@pytest.fixture(scope="session", name="run_model")
def model_runner(empty_warehouse: WarehousePaths) -> Iterator[RunModel]:
    """`run_model` of the support, knowing every relation's types."""
    with duckdb.connect() as connection:
        yield partial(run_model, connection, relation_types(empty_warehouse.database))
