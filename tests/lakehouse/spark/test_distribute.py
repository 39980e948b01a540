"""Steps on rows that lie in several parts give what they give on all rows at once."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_frame_equal

from lakehouse.settings import Settings
from lakehouse.spark.distribute import _gathered, run_step, to_polars, to_spark
from lakehouse.statistics.resampling import unheard
from lakehouse.steps.passes import Pass
from lakehouse.steps.registry import Step
from tests.lakehouse.spark.conftest import PANDAS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.slow, PANDAS]

ROWS = pl.DataFrame(
    {
        "mask": ["05-00", "07-01", "05-00", "07-01", "05-00"],
        "point": pl.Series([1, 2, 3, 4, 5], dtype=pl.Int16),
        "distance": [1.0, 2.0, None, 4.0, 5.0],
    }
)
SUMS = {"mask": pl.String, "points": pl.Int32, "most": pl.List(pl.Float64)}


def sums_of(rows: pl.DataFrame, made: Any, *, k: int) -> pl.DataFrame:
    return rows.group_by("mask").agg(
        (pl.len() * k).cast(pl.Int32).alias("points"),
        pl.col("distance").max().implode().alias("most"),
    )


def added(parts: pl.DataFrame) -> pl.DataFrame:
    return parts.group_by("mask").agg(
        pl.col("points").sum(), pl.col("most").explode().max().implode()
    )


def combined(parts: pl.DataFrame, made: Any) -> pl.DataFrame:
    return added(parts).with_columns(pl.lit(str(made)).alias("before")).sort("mask")


def first(rows: pl.DataFrame, made: Any) -> pl.DataFrame:
    return rows.select(pl.len().cast(pl.Int32).alias("rows"))


def counted(parts: pl.DataFrame, made: Any) -> int:
    return int(parts["rows"].sum())


def unused(rows: pl.DataFrame, *, k: int) -> pl.DataFrame:
    raise AssertionError("is made part by part")


PASSES = {
    "keys": (
        Pass(first, {"rows": pl.Int32}, counted),
        Pass(sums_of, SUMS, combined, keys=("mask",)),
    ),
    "merged": (
        Pass(first, {"rows": pl.Int32}, counted),
        Pass(sums_of, SUMS, combined, merge=("mask",), merged=added),
    ),
    "bundled": (
        Pass(first, {"rows": pl.Int32}, counted),
        Pass(sums_of, SUMS, combined, keys=("mask",), bundled=True),
    ),
    "any rows": (Pass(first, {"rows": pl.Int32}, counted), Pass(sums_of, SUMS, combined)),
}


@pytest.fixture
def here() -> Iterator[None]:
    """Functions of this module reach the engine's Python by value: it has no tests."""
    import sys

    from pyspark import cloudpickle

    module = sys.modules[__name__]
    cloudpickle.register_pickle_by_value(module)
    yield
    cloudpickle.unregister_pickle_by_value(module)


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_rows_of_equal_keys_are_handed_over_together(most: int) -> None:
    rows = pa.table({"key": [1, 1, 1, None, None, 2, 3], "value": list(range(7))})

    tables = [
        table.to_pylist() for table in _gathered(rows.to_batches(max_chunksize=2), ("key",), most)
    ]

    whole = [row for table in tables for row in table]
    assert whole == rows.to_pylist()
    of_keys = [{row["key"] for row in table} for table in tables]
    assert sum(map(len, of_keys)) == 4
    assert len(tables) == {1: 4, 2: 4, 3: 3, 100: 1}[most]


@pytest.mark.parametrize("way", PASSES)
@pytest.mark.usefixtures("here")
def test_passes_run_where_the_rows_are(spark: "SparkSession", way: str) -> None:
    step = Step(unused, {"k": "clusters.k"}, batched=False, passes=PASSES[way])
    rows = to_spark(spark, ROWS).repartition(3)

    made = to_polars(run_step(spark, step, rows, Settings(), unheard))

    assert_frame_equal(
        made.sort("mask"),
        pl.DataFrame(
            {
                "mask": ["05-00", "07-01"],
                "points": pl.Series([18, 12], dtype=pl.Int32),
                "most": [[5.0], [4.0]],
                "before": ["5", "5"],
            }
        ),
    )


@pytest.mark.usefixtures("here")
def test_what_is_not_combined_stays_where_it_is(spark: "SparkSession") -> None:
    passes = (Pass(sums_of, SUMS, keys=("mask",)),)
    step = Step(unused, {"k": "clusters.k"}, batched=False, passes=passes)

    made = run_step(spark, step, to_spark(spark, ROWS), Settings(), unheard)

    assert made.columns == ["mask", "points", "most"]
    assert made.count() == 2


@pytest.mark.usefixtures("here")
def test_nobodys_rows_give_an_empty_relation_of_its_types(spark: "SparkSession") -> None:
    passes = (Pass(sums_of, SUMS, keys=("mask",)),)
    step = Step(unused, {"k": "clusters.k"}, batched=False, passes=passes)

    made = to_polars(run_step(spark, step, to_spark(spark, ROWS.clear()), Settings(), unheard))

    assert made.schema == SUMS
    assert made.is_empty()


def test_other_steps_run_on_the_driver(spark: "SparkSession") -> None:
    def doubled(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.with_columns(pl.col("distance") * 2)

    def each(batches: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        yield ROWS.clear()
        yield from map(doubled, batches)

    for step in (Step(doubled, {}, batched=False), Step(each, {}, batched=True)):
        made = to_polars(run_step(spark, step, to_spark(spark, ROWS), Settings(), unheard))
        assert_frame_equal(made.sort("point"), doubled(ROWS))
