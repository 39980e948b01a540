"""Running the steps: where the rows are if they can be made part by part, else on the driver."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from lakehouse.settings import Settings
from lakehouse.spark.frames import frame_of
from lakehouse.statistics.resampling import Report
from lakehouse.steps.passes import Pass
from lakehouse.steps.registry import Step

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PART_ROWS = 2**20
"""Rows that a task gathers before it hands them to a pass that takes any."""

_LARGE = {pa.large_string(): pa.string(), pa.large_binary(): pa.binary()}


def run_step(
    spark: "SparkSession", step: Step, rows: "DataFrame", settings: Settings, report: Report
) -> "DataFrame":
    """Turn a query's rows into a relation.

    Parameters
    ----------
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
    return frame_of(spark, _plain(frame))


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
        for gathered in _gathered(batches, one.keys):
            yield from _as_declared(part(_frame(gathered)), schema).to_batches()

    def of_group(group: pa.Table) -> pa.Table:
        return _as_declared(part(_frame(group)), schema)

    def merged(group: pa.Table) -> pa.Table:
        return _as_declared(one.merged(_frame(group)), schema) if one.merged else group

    if one.bundled:
        near = rows.repartition(*one.keys).sortWithinPartitions(*one.keys)
        parts = near.mapInArrow(of_rows, declared)
    elif one.keys:
        parts = rows.groupBy(*one.keys).applyInArrow(of_group, declared)
    else:
        parts = rows.mapInArrow(of_rows, declared)
    if one.merged is not None:
        parts = parts.groupBy(*one.merge).applyInArrow(merged, declared)
    return parts if one.combine is None else to_polars(parts).cast(pl.Schema(one.schema))


def _gathered(
    batches: Iterable[pa.RecordBatch], keys: tuple[str, ...], most: int = _PART_ROWS
) -> Iterator[pa.Table]:
    """Put batches together to tables of about so many rows; those of equal keys stay together."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(each.num_rows for each in held) >= most:
            table = pa.Table.from_batches(held)
            # More rows of the last keys may follow.
            kept = _of_last_keys(table, keys)
            if kept < table.num_rows:
                yield table.slice(0, table.num_rows - kept)
            held = table.slice(table.num_rows - kept).to_batches() if kept else []
    if held:
        yield pa.Table.from_batches(held)


def _of_last_keys(table: pa.Table, keys: tuple[str, ...]) -> int:
    if not keys:
        return 0
    of_rows = _frame(table.select(list(keys)))
    return of_rows.join(of_rows.tail(1), on=list(keys), how="semi", nulls_equal=True).height


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
