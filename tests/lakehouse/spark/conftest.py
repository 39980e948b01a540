"""A session of Spark for the tests of this room."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from lakehouse.spark.session import spark_session
from tests.tools import require_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER = "local[2]"
SMALL = {
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
}


@pytest.fixture(scope="session")
def spark() -> Iterator["SparkSession"]:
    """A session in this process, for all tests of it."""
    require_spark()
    with spark_session(MASTER, SMALL) as session:
        yield session
