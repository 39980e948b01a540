"""A table of this machine as rows of an engine."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def frame_of(spark: "SparkSession", table: pa.Table) -> "DataFrame":
    """Give the engine a table, which may have no rows: Spark Connect reads types off these."""
    if table.num_rows:
        return spark.createDataFrame(table)
    from pyspark.sql.pandas.types import from_arrow_schema

    return spark.createDataFrame([], from_arrow_schema(table.schema))


def empty_frame(spark: "SparkSession", types: Mapping[str, str]) -> "DataFrame":
    """Give the engine a table without rows.

    Parameters
    ----------
    types : mapping of str to str
        DuckDB's, by column; Spark calls but texts by the same names.
    """
    columns = ", ".join(
        f"`{name}` {kind.replace('VARCHAR', 'STRING')}" for name, kind in types.items()
    )
    return spark.createDataFrame([], columns)
