"""Text in UTF-8 with a header and a separator between cells, such as CSV."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import duckdb

from lakehouse.exporting.file_format import Dialect, ExportedFile, FileFormat, InR
from lakehouse.exporting.r_text import r_class, r_string
from lakehouse.exporting.tables import Table
from lakehouse.exporting.variables import REAL, Variable
from lakehouse.warehouse.sql_text import quoted, text_literal

_RISKY: Final = "^'*[=+@\\t\\r-]"
"""What a spreadsheet would run as a formula, and what was made harmless before."""

_UNGUARDED: Final = """
# A text that a spreadsheet would run as a formula was written with an apostrophe in front.
unguarded <- function(data) {
  for (name in names(data)) if (is.character(data[[name]])) {
    data[[name]] <- sub("^'('*[=+@\\t\\r-])", "\\\\1", data[[name]])
  }
  data
}
"""


def delimited(media_type: str, separator: str, *, separator_with_decimal_comma: str) -> FileFormat:
    """Describe text whose cells have a separator between them.

    Parameters
    ----------
    separator : str
        A character.
    separator_with_decimal_comma : str
        The character where numbers have commas.

    Notes
    -----
    A text that a spreadsheet would run as a formula (beginning with =, +, -, @, tab or carriage
    return, after any number of apostrophes) gets an apostrophe in front; taking one away from
    texts that begin so gives back what was there. A missing value is an empty cell, an empty text
    is a quoted one.
    """
    with_comma = _of_dialect(media_type, Dialect(separator_with_decimal_comma, ","))
    return replace(_of_dialect(media_type, Dialect(separator, ".")), with_decimal_comma=with_comma)


def _of_dialect(media_type: str, dialect: Dialect) -> FileFormat:
    def write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
        columns = ", ".join(
            _guarded(each) if _is_risky(connection, table, each) else _cell(each, dialect)
            for each in table.variables
        )
        connection.execute(
            f"copy (select {columns} from ({table.query}) as answer) "  # noqa: S608
            f"to {text_literal(str(path))} "
            f"(format csv, header, delimiter {text_literal(dialect.separator)}, nullstr '')"
        )

    def read(exported: ExportedFile) -> str:
        classes = ", ".join(r_string(r_class(each)) for each in exported.table.variables)
        return (
            f"unguarded(read.table({r_string(exported.file)}, header = TRUE, "
            f"sep = {r_string(dialect.separator)}, dec = {r_string(dialect.decimal_mark)},\n"
            '  quote = "\\"", comment.char = "", na.strings = "", encoding = "UTF-8",\n'
            f"  colClasses = c({classes})))"
        )

    return FileFormat(media_type, write, InR(read, helpers=_UNGUARDED), dialect)


def _is_risky(connection: duckdb.DuckDBPyConnection, table: Table, variable: Variable) -> bool:
    """Tell whether a column has a text to be guarded; few columns of few tables do."""
    if variable.type != "VARCHAR":
        return False
    column = quoted(variable.name)
    [(risky,)] = connection.execute(
        f"select count(*) from (select distinct {column} from ({table.query}) as answer) as met "  # noqa: S608
        f"where regexp_matches({column}, {text_literal(_RISKY)})"
    ).fetchall()
    return bool(risky)


def _guarded(variable: Variable) -> str:
    column = quoted(variable.name)
    return (
        f"case when regexp_matches({column}, {text_literal(_RISKY)}) "
        f"then '''' || {column} else {column} end as {column}"
    )


def _cell(variable: Variable, dialect: Dialect) -> str:
    column = quoted(variable.name)
    real = variable.type in REAL or variable.type.startswith("DECIMAL")
    if real and dialect.decimal_mark != ".":
        mark = text_literal(dialect.decimal_mark)
        return f"replace(cast({column} as varchar), '.', {mark}) as {column}"
    return column
