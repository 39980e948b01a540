from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from lakehouse.spark.frames import require_file
from tests.tools import require_spark


@pytest.fixture
def rows() -> Any:
    """Rows that an engine has described, and not made."""
    require_spark()
    from pyspark.sql.types import StructType

    schema = StructType().add("mask", "string").add("point", "short").add("x", "double")
    return SimpleNamespace(schema=schema)


@pytest.mark.slow
def test_a_relation_without_rows_has_a_file_of_its_columns(rows: Any, tmp_path: Path) -> None:
    require_file(rows, tmp_path / "internal" / "points")

    found = pl.read_parquet(tmp_path / "internal" / "points" / "*.parquet")
    assert found.schema == {"mask": pl.String, "point": pl.Int16, "x": pl.Float64}
    assert found.is_empty()


@pytest.mark.slow
def test_a_file_that_the_engine_wrote_stays_alone(rows: Any, tmp_path: Path) -> None:
    (tmp_path / "part-7.parquet").touch()

    require_file(rows, tmp_path)

    assert [each.name for each in tmp_path.iterdir()] == ["part-7.parquet"]
