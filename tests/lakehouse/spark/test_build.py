"""Every relation and every check is on Spark what it is in DuckDB."""

from typing import Final

import duckdb
import numpy as np
import polars as pl
import pytest

from lakehouse.spark.build import folder_of
from lakehouse.warehouse.models import Check, Model, load_checks, load_models
from tests.lakehouse.spark.conftest import BothEngines

pytestmark = pytest.mark.slow

NEAR: Final = 1e-9
"""By how much numbers may differ, in relation to themselves or in their unit."""

NOT_EQUAL: Final = {"build_info": {"engine", "started", "seconds"}}
"""Columns that say which engine it was, and when."""

EMPTY: Final = {
    *("specifications", "specification_hypotheses", "specification_curve"),
    *("plateau_frames", "stills", "still_landmarks", "rest_points"),
}
"""What only `lakehouse multiverse` fills, or settings that videos and photographs share."""


def of_duckdb(both: BothEngines, query: str) -> pl.DataFrame:
    with duckdb.connect(str(both.paths.database), read_only=True) as connection:
        return connection.sql(query).pl()


def of_spark(both: BothEngines, model: Model) -> pl.DataFrame:
    return pl.read_parquet(folder_of(both.out, model.relation) / "*.parquet")


def assert_alike(name: str, found: pl.DataFrame, expected: pl.DataFrame, key: list[str]) -> None:
    """Numbers as near as `NEAR`, all else equal."""
    assert found.schema == expected.schema
    found, expected = found.sort(key), expected.sort(key)
    for column in expected.columns:
        if column in NOT_EQUAL.get(name, ()):
            continue
        mine, others = found[column], expected[column]
        if not others.dtype.is_float():
            assert mine.to_list() == others.to_list(), column
            continue
        assert mine.is_null().to_list() == others.is_null().to_list(), column
        np.testing.assert_allclose(
            mine.to_numpy(), others.to_numpy(), rtol=NEAR, atol=NEAR, err_msg=column
        )


@pytest.mark.parametrize("model", load_models(), ids=lambda model: model.name)
def test_a_relation_is_what_it_is_in_duckdb(model: Model, both: BothEngines) -> None:
    found = of_spark(both, model)
    expected = of_duckdb(both, f"select * from {model.relation}")

    assert_alike(model.name, found, expected, model.header.key)
    assert expected.is_empty() == (model.name in EMPTY)


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.name)
def test_a_check_finds_what_it_finds_in_duckdb(check: Check, both: BothEngines) -> None:
    assert both.broken[check.name] == len(of_duckdb(both, check.query))
