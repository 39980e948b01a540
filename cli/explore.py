"""`lakehouse tables`, `describe` and `sql`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import polars as pl
import typer

from lakehouse.errors import UsageError
from lakehouse.warehouse.catalogue import described, relations
from lakehouse.warehouse.query import FileFormat, answered, fetch, write_answer

from .options import AsJson, warehouse
from .output import say, say_json, show, tell

SHOWN_ROWS = 40


class Format(StrEnum):
    """How the answer to a query is given."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def tables(context: typer.Context, as_json: AsJson = False) -> None:
    """List tables and views and what a row of each is.

    Example:

        lakehouse tables
    """
    listed = relations(warehouse(context))
    if as_json:
        say_json(listed.to_dicts())
    else:
        show(listed.with_columns(pl.col("description").str.extract(r"^(.*?\.)(?: Key:|$)")))


def describe(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="Name of a table or view.")],
    as_json: AsJson = False,
) -> None:
    """Describe a table: its rows, key and columns.

    Units stand in brackets.

    Example:

        lakehouse describe neutral_distances
    """
    description, columns = described(warehouse(context), table)
    if as_json:
        say_json({"name": table, "description": description, "columns": columns.to_dicts()})
    else:
        say(description)
        say("")
        show(columns)


def sql(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="A query, or - to read it from standard input.")],
    format: Annotated[Format, typer.Option(help="How to give the answer.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write.", dir_okay=False)
    ] = None,
    rows: Annotated[int, typer.Option(help="Rows of a table to show at most.", min=1)] = SHOWN_ROWS,
) -> None:
    """Answer a query in SQL.

    The database is opened read-only, and no other file can be read.

    Example:

        lakehouse sql "select mask, mean_distance from mask_averages order by mask"

        lakehouse sql --format csv -o distances.csv "select * from pav_mask_means"

        lakehouse sql - < query.sql
    """
    text = sys.stdin.read() if query == "-" else query
    paths = warehouse(context)
    if format is Format.TABLE:
        if output is not None:
            raise UsageError("a table goes to the screen", fix="add --format csv, json or parquet")
        show(fetch(paths, text), rows=rows)
        return
    if format is Format.PARQUET and output is None and sys.stdout.isatty():
        raise UsageError("Parquet is not for a terminal", fix="add -o FILE")
    with answered(paths, text) as reader:
        written = write_answer(reader, cast(FileFormat, format.value), output)
    if output is not None:
        tell(f"wrote {written:,} rows to {output}")
