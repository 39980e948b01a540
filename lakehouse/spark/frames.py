"""Tables of this machine as rows of an engine, and rows of an engine as files."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from lakehouse.files.folders import make_private
from lakehouse.files.parquet import write_parquet

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
        DuckDB's, by column. Spark has another name for texts alone.
    """
    columns = ", ".join(
        f"`{name}` {kind.replace('VARCHAR', 'STRING')}" for name, kind in types.items()
    )
    return spark.createDataFrame([], columns)


def require_file(rows: "DataFrame", folder: Path) -> None:
    """See that a folder to which rows were written has a file: of no rows, Sail writes none."""
    if any(folder.glob("*.parquet")):
        return
    from pyspark.sql.pandas.types import to_arrow_schema

    make_private(folder)
    nothing = to_arrow_schema(rows.schema).empty_table()
    write_parquet(nothing, folder / "part-00000.parquet")
