"""Data frames for R's `readRDS`."""

from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.exporting.file_format import ExportedFile, FileFormat, InR
from lakehouse.exporting.plain_frame import plain_frame
from lakehouse.exporting.r_text import r_string
from lakehouse.exporting.tables import Table
from lakehouse.exporting.variables import Variable


def _write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Write a data frame; variables with levels become factors, labels attributes."""
    import rdata  # late: pandas takes a second to load
    from rdata.conversion.to_r import build_r_object
    from rdata.missing import R_FLOAT_NA, R_INT_NA
    from rdata.parser import RObjectType

    frame = plain_frame(connection, table)
    columns = dict(zip(frame.columns, table.variables, strict=True))

    class DataFrame:
        """What R gets."""

    def missing(values: npt.NDArray[Any], series: pl.Series, na: Any) -> npt.NDArray[Any]:
        values = np.array(values)
        values[series.is_null().to_numpy()] = na
        return values

    def column(series: pl.Series, variable: Variable, converter: Any) -> Any:
        attributes: dict[str, Any] = {"label": variable.label} if variable.label else {}
        if variable.levels:
            known = {level.value: level.code + 1 for level in variable.levels}
            codes = [R_INT_NA if value is None else known[value] for value in series]
            attributes |= {
                "levels": np.array(_level_names(variable), dtype=object),
                "class": "factor",
            }
            kind, value = RObjectType.INT, np.array(codes, dtype=np.int32)
        elif series.dtype == pl.String:
            text = converter.convert_to_r_object(series.to_numpy(allow_copy=True).astype(object))
            kind, value = RObjectType.STR, text.value
        elif series.dtype == pl.Boolean:
            flags = series.fill_null(False).to_numpy().astype(np.int32)
            kind, value = RObjectType.LGL, missing(flags, series, R_INT_NA)
        elif series.dtype.is_integer():
            whole = series.fill_null(0).to_numpy().astype(np.int32)
            kind, value = RObjectType.INT, missing(whole, series, R_INT_NA)
        else:
            real = series.fill_null(0.0).to_numpy().astype(np.float64)
            kind, value = RObjectType.REAL, missing(real, series, R_FLOAT_NA)
        return build_r_object(
            kind,
            value=value,
            is_object=bool(variable.levels),
            attributes=converter.convert_to_r_attributes(attributes) if attributes else None,
        )

    def data_frame(_: DataFrame, converter: Any) -> Any:
        return build_r_object(
            RObjectType.VEC,
            value=[column(frame[name], each, converter) for name, each in columns.items()],
            is_object=True,
            attributes=converter.convert_to_r_attributes(
                {
                    "names": np.array(frame.columns, dtype=object),
                    "class": "data.frame",
                    # R's own short form of the row names 1 to n.
                    "row.names": np.array([R_INT_NA, -len(frame)], dtype=np.int32),
                }
            ),
        )

    rdata.write_rds(path, DataFrame(), constructor_dict={DataFrame: data_frame})


def _level_names(variable: Variable) -> list[str]:
    """Name a factor's levels: words of the database as they are, conditions by their label."""
    return [
        level.value if isinstance(level.value, str) else level.label for level in variable.levels
    ]


def _read(exported: ExportedFile) -> str:
    return f"readRDS({r_string(exported.file)})"


FORMAT: Final = FileFormat(
    media_type="application/x-r-data",
    write=_write,
    in_r=InR(_read, is_finished=True),
)
