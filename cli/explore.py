"""`lakehouse tables`, `describe` and `sql`."""

import sys
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from lakehouse.errors import UsageError
from lakehouse.warehouse.answers import write_answer
from lakehouse.warehouse.catalogue import described, macros, relations
from lakehouse.warehouse.choices import AnswerFormat
from lakehouse.warehouse.query import answered, frames

from .options import AsJson, warehouse
from .output import say, say_json, show, show_first, tell

SHOWN_ROWS = 40
PLAN = ["explain_key", "explain_value"]
"""Columns of what `explain` answers: a drawing of several lines."""


def tables(context: typer.Context, as_json: AsJson = False) -> None:
    """List tables and views and what a row of each is, and the macros.

    Example:

        lakehouse tables
    """
    paths = warehouse(context)
    listed = relations(paths)
    if as_json:
        say_json(listed.to_dicts())
    else:
        show(listed.with_columns(pl.col("description").str.extract(r"^(.*?\.)(?: |$)")))
        say("")
        show(macros(paths).select(pl.col("call").alias("macro"), "description"))


def describe(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="Name of a table or view.")],
    as_json: AsJson = False,
) -> None:
    """Describe a table: its rows, key and columns with their units.

    Example:

        lakehouse describe neutral_distances
    """
    found = described(warehouse(context), table)
    if as_json:
        say_json(
            {
                "name": found.name,
                "kind": found.kind,
                "rows": found.rows,
                "description": found.description,
                "key": found.key,
                "columns": found.columns.to_dicts(),
            }
        )
        return
    say(found.description)
    say(f"{found.rows:,} rows; key: {', '.join(found.key) or 'none'}")
    say("")
    show(found.columns)


def sql(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="A query, or - to read it from standard input.")],
    format: Annotated[
        AnswerFormat | None,
        typer.Option(help="How to give the answer; by default a table, or by the file's ending."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write.", dir_okay=False)
    ] = None,
    rows: Annotated[int, typer.Option(help="Rows of a table to show at most.", min=1)] = SHOWN_ROWS,
) -> None:
    """Answer a query in SQL.

    The database is opened read-only, no setting can be changed, and no other file can be read.
    Ctrl-C stops a query that takes too long.

    Example:

        lakehouse sql "select mask, mean_distance from mask_averages order by mask"

        lakehouse sql -o distances.csv "select * from pav_mask_means"

        lakehouse sql --format markdown "from strongest_correlations limit 5"

        lakehouse sql - < query.sql
    """
    text = sys.stdin.read() if query == "-" else query
    chosen = _chosen(format, output)
    with answered(warehouse(context), text) as reader:
        if chosen is AnswerFormat.TABLE and reader.schema.names == PLAN:
            say("\n".join(reader.read_all()[PLAN[1]].to_pylist()).rstrip("\n"))
            return
        if chosen is AnswerFormat.TABLE:
            show_first(frames(reader), rows=rows)
            return
        written = write_answer(reader, chosen, output)
    if output is not None:
        tell(f"wrote {written:,} rows to {output}")


def _chosen(format: AnswerFormat | None, output: Path | None) -> AnswerFormat:
    """Give the format of the answer; a table on the screen where nothing says otherwise."""
    if format is AnswerFormat.TABLE and output is not None:
        raise UsageError("a table goes to the screen", fix="name another --format")
    if output is None:
        chosen = format or AnswerFormat.TABLE
        if not chosen.for_terminal and sys.stdout.isatty():
            raise UsageError(f"{chosen} is not for a terminal", fix="add -o FILE")
        return chosen
    named = format or AnswerFormat.of_file(output)
    if named is None:
        suffixes = ", ".join(suffix for each in AnswerFormat for suffix in each.suffixes)
        raise UsageError(
            f"{output} does not end like a known format",
            fix=f"add --format, or end it in {suffixes}",
        )
    return named
