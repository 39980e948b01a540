"""Files of statistics programs: RDS (R), sav (SPSS), dta (Stata) and workbooks.

Each holds a whole table in memory while it is written.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.errors import QueryError
from lakehouse.exporting.variables import LARGE, REAL, WHOLE, Variable

SHEET_ROWS: Final = 1_048_575
"""Of a workbook, beside the header."""

_STATA_TEXT_BYTES: Final = 2045
_STATA_UTF8_VERSION: Final = 15


def plain_type(variable: Variable) -> str:
    """Tell which of the types that all statistics programs know stands for a variable's.

    Parameters
    ----------
    variable : Variable

    Returns
    -------
    str
        INTEGER, DOUBLE, BOOLEAN or VARCHAR, as DuckDB calls them.

    Raises
    ------
    QueryError
        If it is a list, a struct or something else that no cell can hold.
    """
    kind = variable.type
    if kind in WHOLE:
        return "INTEGER"
    if kind in LARGE | REAL or kind.startswith("DECIMAL"):
        return "DOUBLE"
    if kind in {"BOOLEAN", "VARCHAR"}:
        return kind
    if kind in {"DATE", "TIME", "UUID", "INTERVAL", '"NULL"'} or kind.startswith(
        ("TIMESTAMP", "ENUM", "TIME ")
    ):
        return "VARCHAR"
    raise QueryError(
        f"column {variable.column} is {kind}, which this format cannot hold",
        fix="split it into columns in the query, or choose --format parquet",
    )


def write_rds(frame: pl.DataFrame, variables: tuple[Variable, ...], path: Path) -> None:
    """Write a data frame for R's `readRDS`.

    Parameters
    ----------
    frame : polars.DataFrame
        Columns of the types that `plain_type` names.
    variables : tuple of Variable
        Those with levels become factors; labels are kept as the attribute `label`.
    path : Path
    """
    import rdata  # late: pandas takes a second to load
    from rdata.conversion.to_r import build_r_object
    from rdata.missing import R_FLOAT_NA, R_INT_NA
    from rdata.parser import RObjectType

    columns = dict(zip(frame.columns, variables, strict=True))

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


def write_sav(frame: pl.DataFrame, variables: tuple[Variable, ...], path: Path) -> None:
    """Write a file for SPSS.

    Parameters
    ----------
    frame : polars.DataFrame
    variables : tuple of Variable
        Those with levels become numbers with value labels. A missing text is an empty one, as
        SPSS knows no other.
    path : Path
    """
    import pyreadstat

    pyreadstat.write_sav(
        _coded(frame, variables),
        path,
        column_labels={each.name: each.label for each in variables},
        variable_value_labels=_value_labels(variables),
        variable_measure={each.name: _measure(each) for each in variables},
        row_compress=True,
    )


def write_dta(frame: pl.DataFrame, variables: tuple[Variable, ...], path: Path) -> None:
    """Write a file for Stata 14 and newer.

    Parameters
    ----------
    frame : polars.DataFrame
    variables : tuple of Variable
        As in `write_sav`; labels are cut to the 80 characters that Stata takes.
    path : Path

    Raises
    ------
    QueryError
        If a text is longer than Stata's 2,045 bytes.
    """
    import pyreadstat

    for each in variables:
        series = frame[each.name]
        if series.dtype == pl.String and (
            (series.str.len_bytes().max() or 0) > _STATA_TEXT_BYTES  # type: ignore[operator]
        ):
            raise QueryError(
                f"column {each.column} holds texts of more than {_STATA_TEXT_BYTES:,} bytes, "
                "which Stata cannot read",
                fix="choose another --format, or shorten them in the query",
            )
    pyreadstat.write_dta(
        _coded(frame, variables),
        path,
        version=_STATA_UTF8_VERSION,
        column_labels={each.name: each.label[:80] for each in variables},
        variable_value_labels=_value_labels(variables),
    )


def write_xlsx(frame: pl.DataFrame, variables: tuple[Variable, ...], path: Path) -> None:
    """Write a workbook of one sheet.

    Parameters
    ----------
    frame : polars.DataFrame
    variables : tuple of Variable
    path : Path

    Raises
    ------
    QueryError
        If there are more rows than a sheet holds.

    Notes
    -----
    Texts stay texts: none is taken for a formula, a number or an address.
    """
    import xlsxwriter

    if len(frame) > SHEET_ROWS:
        raise QueryError(
            f"{len(frame):,} rows are more than a sheet's {SHEET_ROWS:,}",
            fix="choose --format csv or parquet, or fewer rows",
        )
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, plain) as book:
        frame.write_excel(
            book,
            "data",
            header_format={"bold": True},
            dtype_formats={pl.Float64: "General", pl.Int32: "General"},
            autofilter=False,
            freeze_panes=(1, 0),
        )


WRITERS: Final[dict[str, Callable[[pl.DataFrame, tuple[Variable, ...], Path], None]]] = {
    "rds": write_rds,
    "sav": write_sav,
    "dta": write_dta,
    "xlsx": write_xlsx,
}


def _level_names(variable: Variable) -> list[str]:
    """Name a factor's levels: words of the database as they are, conditions by their label."""
    return [
        level.value if isinstance(level.value, str) else level.label for level in variable.levels
    ]


def _coded(frame: pl.DataFrame, variables: tuple[Variable, ...]) -> pl.DataFrame:
    """Replace values that have levels by their codes; flags become 0 and 1."""
    return frame.with_columns(
        pl.col(each.name).replace_strict(
            {level.value: level.code for level in each.levels}, return_dtype=pl.Int32
        )
        for each in variables
        if each.levels
    ).with_columns(pl.col(pl.Boolean).cast(pl.Int32))


def _value_labels(variables: tuple[Variable, ...]) -> dict[str, dict[int | float, str]]:
    labels: dict[str, dict[int | float, str]] = {}
    for each in variables:
        if each.levels:
            labels[each.name] = {level.code: level.label for level in each.levels}
        elif each.type == "BOOLEAN":
            labels[each.name] = {0: "no", 1: "yes"}
    return labels


def _measure(variable: Variable) -> str:
    text = variable.type in {"VARCHAR", "BOOLEAN"} or variable.unit == "id"
    return "nominal" if variable.levels or text else "scale"
