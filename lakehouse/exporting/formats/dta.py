"""Files of Stata 14 and newer."""

from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from lakehouse.errors import QueryError
from lakehouse.exporting.coded import coded, coded_in_r, label_within, value_labels
from lakehouse.exporting.file_format import FileFormat
from lakehouse.exporting.plain_frame import plain_frame
from lakehouse.exporting.tables import Table

_TEXT_BYTES: Final = 2045
_LABEL_BYTES: Final = 80 * 4
"""Of 80 characters in UTF-32."""

_UTF8_VERSION: Final = 15


def _write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Write a file; labels are cut to what Stata takes."""
    import pyreadstat

    frame = plain_frame(connection, table)
    for each in table.variables:
        series = frame[each.name]
        if series.dtype == pl.String and (
            (series.str.len_bytes().max() or 0) > _TEXT_BYTES  # type: ignore[operator]
        ):
            raise QueryError(
                f"column {each.column} holds texts of more than {_TEXT_BYTES:,} bytes, "
                "which Stata cannot read",
                fix="choose another --format, or shorten them in the query",
            )
    pyreadstat.write_dta(
        coded(frame, table.variables),
        path,
        version=_UTF8_VERSION,
        column_labels={
            each.name: label_within(each.label, _LABEL_BYTES, "utf-32-le")
            for each in table.variables
        },
        variable_value_labels=value_labels(table.variables),
    )


FORMAT: Final = FileFormat(
    media_type="application/x-stata-dta", write=_write, in_r=coded_in_r("read_dta")
)
