"""Files of Stata 14 and newer."""

from dataclasses import replace
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
_PIECES: Final = 20
"""Variables that a text may take; a longer one is no value of a table."""
_NAME: Final = 32
_LABEL_BYTES: Final = 80 * 4
"""Of 80 characters in UTF-32."""

_UTF8_VERSION: Final = 15


def _write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Write a file; labels are cut to what Stata takes, and long texts into several variables."""
    import pyreadstat

    frame, variables = plain_frame(connection, table), []
    for each in table.variables:
        variables.append(each)
        pieces = _pieces(frame[each.name])
        for number, piece in enumerate(pieces[1:], start=2):
            name = f"{each.name[: _NAME - len(str(number)) - 1]}_{number}"
            if name in frame.columns:
                raise _too_long(each.column, _TEXT_BYTES)
            frame = frame.with_columns(piece.alias(name))
            variables.append(replace(each, name=name, label=f"{each.label} ({number})"))
        if len(pieces) > 1:
            frame = frame.with_columns(pieces[0].alias(each.name))
        if len(pieces) > _PIECES:
            raise _too_long(each.column, _TEXT_BYTES * _PIECES)
    pyreadstat.write_dta(
        coded(frame.select(each.name for each in variables), tuple(variables)),
        path,
        version=_UTF8_VERSION,
        column_labels={
            each.name: label_within(each.label, _LABEL_BYTES, "utf-32-le") for each in variables
        },
        variable_value_labels=value_labels(tuple(variables)),
    )


def _pieces(column: pl.Series) -> list[pl.Series]:
    """Cut a column of texts where they are longer than Stata takes, between characters."""
    if column.dtype != pl.String or (column.str.len_bytes().max() or 0) <= _TEXT_BYTES:  # type: ignore[operator]
        return [column]
    rest, pieces = column, []
    while rest.str.len_bytes().max():
        head = rest.map_elements(_head, return_dtype=pl.String)
        rest = _rest(rest, head)
        pieces.append(head)
    return pieces


def _rest(texts: pl.Series, heads: pl.Series) -> pl.Series:
    both = pl.DataFrame({"text": texts, "head": heads})
    rest = pl.col("text").str.slice(pl.col("head").str.len_chars())
    return both.select(rest).to_series()


def _head(text: str) -> str:
    return text.encode()[:_TEXT_BYTES].decode(errors="ignore")


def _too_long(column: str, at_most: int) -> QueryError:
    return QueryError(
        f"column {column} holds texts of more than {at_most:,} bytes, which Stata cannot read",
        fix="choose another --format, or shorten them in the query",
    )


FORMAT: Final = FileFormat(
    media_type="application/x-stata-dta", write=_write, in_r=coded_in_r("read_dta")
)
