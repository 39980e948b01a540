"""Making one relation on the engine: from a query, a step or names to be spread into columns."""

from typing import TYPE_CHECKING

from lakehouse.settings import Settings
from lakehouse.spark.carry import carried
from lakehouse.spark.distribute import run_step
from lakehouse.statistics.resampling import Report
from lakehouse.steps.registry import load_step
from lakehouse.warehouse.models import Model, Pivot

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def relation(
    spark: "SparkSession", model: Model, settings: Settings, report: Report
) -> "DataFrame":
    """Describe a relation's rows; most are computed where they are written or read.

    Parameters
    ----------
    spark : pyspark.sql.SparkSession
        With views of all that the model reads.
    report : callable
        Told how much of a long step is done, and of how much.

    Returns
    -------
    pyspark.sql.DataFrame

    Raises
    ------
    BuildError
        If the query does not carry over to Spark.
    """
    rows = spark.sql(carried(model.query))
    if model.header.step is not None:
        return run_step(spark, load_step(model.folder, model.header.step), rows, settings, report)
    if model.header.pivot is not None:
        return _spread(rows, model.header.key, model.header.pivot)
    return rows


def _spread(rows: "DataFrame", key: list[str], pivot: Pivot) -> "DataFrame":
    """Make a column per name, of numbers or of texts, in the order of their places."""
    from pyspark.sql import functions

    text = functions.col(pivot.text)
    columns = (
        rows.groupBy(pivot.name)
        .agg(
            functions.min(pivot.place).alias("place"),
            functions.max(text.isNotNull()).alias("is_text"),
        )
        .orderBy("place", pivot.name)
        .collect()
    )
    wide = rows.select(*key).distinct()
    for value, is_text in ((pivot.value, False), (pivot.text, True)):
        names = [row[pivot.name] for row in columns if row["is_text"] is is_text]
        if names:
            spread = rows.groupBy(*key).pivot(pivot.name, names).agg(functions.first(value))
            wide = wide.join(spread, on=key, how="left")
    return wide.select(*key, *(f"`{row[pivot.name]}`" for row in columns))
