"""Running the steps: where the rows are if they can be made part by part, else on the driver."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from lakehouse.settings import Settings
from lakehouse.statistics.resampling import Report
from lakehouse.steps.passes import Pass
from lakehouse.steps.registry import Step

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

_PART_ROWS = 2**20
"""Rows that a task gathers before it hands them to a pass that takes any."""

_BUNDLE = "bundle_of_keys"
_MOST_BUNDLES = 64
"""The tables of so many parts, up to 100 MB each, can be added where they meet."""

_LARGE = {pa.large_string(): pa.string(), pa.large_binary(): pa.binary()}


def run_step(
    spark: "SparkSession", step: Step, rows: "DataFrame", settings: Settings, report: Report
) -> "DataFrame":
    """Turn a query's rows into a relation.

    Parameters
    ----------
    spark : pyspark.sql.SparkSession
    rows : pyspark.sql.DataFrame
        What the step is given.
    report : callable
        Told, by steps that take long on the driver, how much is done and of how much.

    Returns
    -------
    pyspark.sql.DataFrame
    """
    if step.passes:
        made = step.in_parts(partial(_mapped, spark, rows), settings)
        return to_spark(spark, made) if isinstance(made, pl.DataFrame) else made
    here = to_polars(rows)
    if not step.batched:
        return to_spark(spark, step(here, settings, report))
    return to_spark(spark, pl.concat(step(iter([here]), settings, report)))


def to_polars(frame: "DataFrame") -> pl.DataFrame:
    """Bring rows to the driver."""
    brought = pl.from_arrow(frame.toArrow())
    assert isinstance(brought, pl.DataFrame)  # noqa: S101
    return brought


def to_spark(spark: "SparkSession", frame: pl.DataFrame) -> "DataFrame":
    """Give the engine a table of the driver's."""
    return spark.createDataFrame(_plain(frame))


def _mapped(
    spark: "SparkSession",
    rows: "DataFrame",
    one: Pass,
    part: Callable[[pl.DataFrame], pl.DataFrame],
) -> "pl.DataFrame | DataFrame":
    empty = to_spark(spark, pl.DataFrame(schema=pl.Schema(one.schema)))
    # Arrow's types as the engine gives them back, lists' too.
    declared, schema = empty.schema, empty.toArrow().schema

    # Which of its ways to call a function Spark takes, it reads from the annotations.
    def of_rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for gathered in _gathered(batches):
            yield from _as_declared(part(_frame(gathered)), schema).to_batches()

    def of_group(group: pa.Table) -> pa.Table:
        return _as_declared(part(_frame(group)), schema)

    def merged(group: pa.Table) -> pa.Table:
        return _as_declared(one.merged(_frame(group)), schema) if one.merged else group

    if one.keys:
        keys = [_bundle(spark, one.keys)] if one.bundled else one.keys
        parts = rows.groupBy(*keys).applyInArrow(of_group, declared)
    else:
        parts = rows.mapInArrow(of_rows, declared)
    if one.merged is not None:
        parts = parts.groupBy(*one.merge).applyInArrow(merged, declared)
    return parts if one.combine is None else to_polars(parts).cast(pl.Schema(one.schema))


def _bundle(spark: "SparkSession", keys: tuple[str, ...]) -> "Column":
    """Tell which bundle the keys of a row fall into, by number."""
    from pyspark.sql import functions

    bundles = min(_MOST_BUNDLES, int(str(spark.conf.get("spark.sql.shuffle.partitions"))))
    return functions.pmod(functions.hash(*keys), functions.lit(bundles)).alias(_BUNDLE)


def _gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(each.num_rows for each in held) >= _PART_ROWS:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def _frame(rows: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(rows)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101
    return frame


def _as_declared(frame: pl.DataFrame, schema: pa.Schema) -> pa.Table:
    """Give a table of exactly the types that the engine was told: it does not convert any."""
    return frame.select(schema.names).to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)


def _plain(frame: pl.DataFrame) -> pa.Table:
    """Write a table in the types of Arrow that the engine knows."""
    table: Any = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    fields = [field.with_type(_LARGE.get(field.type, field.type)) for field in table.schema]
    return table.cast(pa.schema(fields))
