"""Files of SPSS."""

from pathlib import Path
from typing import Final

import duckdb

from lakehouse.exporting.coded import coded, coded_in_r, label_within, value_labels
from lakehouse.exporting.file_format import FileFormat
from lakehouse.exporting.plain_frame import plain_frame
from lakehouse.exporting.tables import Table
from lakehouse.exporting.variables import Variable

_LABEL_BYTES: Final = 256


def _write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Write a file; labels are cut to what SPSS takes, and a missing text is an empty one."""
    import pyreadstat

    pyreadstat.write_sav(
        coded(plain_frame(connection, table), table.variables),
        path,
        column_labels={
            each.name: label_within(each.label, _LABEL_BYTES, "utf-8") for each in table.variables
        },
        variable_value_labels=value_labels(table.variables),
        variable_measure={each.name: _measure(each) for each in table.variables},
        row_compress=True,
    )


def _measure(variable: Variable) -> str:
    text = variable.type in {"VARCHAR", "BOOLEAN"} or variable.unit == "id"
    return "nominal" if variable.levels or text else "scale"


FORMAT: Final = FileFormat(
    media_type="application/x-spss-sav", write=_write, in_r=coded_in_r("read_sav")
)
