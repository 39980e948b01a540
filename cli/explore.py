"""`lakehouse tables`, `describe` and `sql`."""

import re
import sys
from pathlib import Path
from textwrap import shorten, wrap
from typing import Annotated, BinaryIO, cast

import duckdb
import polars as pl
import typer

from lakehouse.errors import QueryError, UsageError
from lakehouse.system.memory import machine_bytes
from lakehouse.warehouse.answers import write_answer
from lakehouse.warehouse.catalogue import about as find
from lakehouse.warehouse.catalogue import described, macros, relations, subjects
from lakehouse.warehouse.choices import AnswerFormat
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.interrupts import Limits
from lakehouse.warehouse.query import answered, frames

from .options import AsJson, foreign, warehouse
from .output import console, say, say_json, show, show_first, tell
from .streams import Answer

_LISTED = ("name", "rows", "description")
SHOWN_ROWS = 40
LONGEST_QUERY = 1_000_000
"""Bytes; far more than anybody types."""
PLAN = ["explain_key", "explain_value"]
"""Columns of the result of `explain`, which is a drawing of several lines."""


def tables(
    context: typer.Context,
    about: Annotated[
        str | None,
        typer.Option(help="Words to look for in names, comments and columns: smile, jaw."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List tables and views by subject with the meaning of a row, and macros.

    Those of the schema `internal`, which a build needs, come last.

    Example:

        lakehouse tables

        lakehouse tables --about smile
    """
    with open_read_only(warehouse(context)) as connection:
        if about is not None:
            _show_about(connection, about, as_json)
            return
        listed, callable_ones = relations(connection), macros(connection)
    if as_json:
        say_json(listed.to_dicts())
    else:
        _show_subjects(listed, callable_ones)


def _show_subjects(listed: pl.DataFrame, callable_ones: pl.DataFrame) -> None:
    headings = subjects()
    rows = {
        name: ("" if rows is None else f"{rows:,}", text)
        for name, rows, text in listed.select(*_LISTED).iter_rows()
    }
    widths = (max(map(len, headings)), max(len(count) for count, _ in rows.values()))
    shown = ""
    for name, heading in headings.items():
        if name in rows:
            if heading != shown:
                say(f"\n{heading}")
            _line(name, *rows[name], widths=widths)
            shown = heading
    inner = [name for name in rows if name.startswith("internal.")]
    if added := [name for name in rows if name not in (*headings, *inner)]:
        say("\nAdded to what the build makes")
    for name in added:
        _line(name, *rows[name], widths=widths)
    say("\nInternal, which a build needs and people seldom ask")
    for line in wrap(", ".join(inner), console().width - 2):
        say(f"  {line}")
    say("\nMacros")
    for _, call, text in callable_ones.iter_rows():
        _line(call, "", text, widths=(widths[0] + widths[1] + 2, 0))
    say("\n`lakehouse describe NAME` tells columns and units, `tables --about WORD` finds.")


def _line(name: str, count: str, text: str | None, *, widths: tuple[int, int]) -> None:
    """Print a line that fits the terminal."""
    first, _, _ = (text or "").partition(". ")
    said = first.removeprefix("A row is ").removeprefix("Gives ").rstrip(".")
    opening = f"  {name:{widths[0]}}  {count:>{widths[1]}}  "
    room = max(console().width - len(opening), 20)
    say((opening + shorten(said, room, placeholder=" …")).rstrip())


def _show_about(connection: duckdb.DuckDBPyConnection, words: str, as_json: bool) -> None:
    found = find(connection, words)
    if as_json:
        say_json(found.to_dicts())
        return
    for name, kind, columns, text in found.iter_rows():
        say(f"{name} ({kind})")
        first = re.match(r".*?\.(?= |$)", text)
        said = f"{first[0] if first else text}{f' Columns: {columns}.' if columns else ''}"
        for part in wrap(said, console().width - 2):
            say(f"  {part}")
    if found.is_empty():
        say(f"nothing is about {words}; `lakehouse tables` lists all")


def describe(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="Name of a table, a view or a macro.")],
    as_json: AsJson = False,
) -> None:
    """Describe a table by its rows, key, columns and units, or a macro by its parameters.

    Example:

        lakehouse describe neutral_distances

        lakehouse describe distance_between
    """
    with open_read_only(warehouse(context)) as connection:
        found = described(connection, table)
    if as_json:
        told: dict[str, object] = {"name": found.name, "kind": found.kind, "rows": found.rows}
        told |= {"description": found.description, "key": found.key}
        if found.call is not None:
            told |= {"call": found.call, "example": found.example}
        say_json(told | {"columns": found.columns.to_dicts()})
        return
    say(found.description, lines=True)
    if found.rows is not None:
        say(f"{found.rows:,} rows; key: {', '.join(found.key) or 'none'}")
        say("")
        show(found.columns)
        return
    say(f"called as {found.call}")
    if not found.columns.is_empty():
        say("")
        show(found.columns.drop("type").rename({"column": "parameter"}))
    if found.example is not None:
        say(f"\nexample: {found.example}")


def sql(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="A query, or - to read it from standard input.")],
    format: Annotated[
        AnswerFormat | None,
        typer.Option(help="Format of the result. Default: a table, or by the file's ending."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write.", dir_okay=False, callback=foreign),
    ] = None,
    rows: Annotated[int, typer.Option(help="Most rows to show as a table.", min=1)] = SHOWN_ROWS,
    timeout: Annotated[
        float | None, typer.Option(help="Most seconds the query may take. Default: any.", min=0.001)
    ] = None,
    memory: Annotated[
        str | None,
        typer.Option(help="Most memory it may take, as in 4GB. Default: half of the machine's."),
    ] = None,
) -> None:
    """Run a query in SQL.

    The database is opened read-only. The query can read no other file and change no setting.
    Ctrl-C stops a query that takes too long, a second Ctrl-C the program.

    Example:

        lakehouse sql "select mask, mean_distance from mask_averages order by mask"

        lakehouse sql -o distances.csv "select * from pav_mask_means"

        lakehouse sql --format markdown "from strongest_correlations limit 5"

        lakehouse sql - < query.sql

        lakehouse sql --timeout 60 --memory 2GB "summarize neutral_distances"
    """
    text = _typed_in() if query == "-" else query
    chosen = _chosen(format, output)
    limits = Limits(timeout, machine_bytes() // 2 if memory is None else _bytes(memory))
    with answered(warehouse(context), text, limits) as reader:
        if chosen is AnswerFormat.TABLE and reader.schema.names == PLAN:
            plan = "\n".join(reader.read_all()[PLAN[1]].to_pylist())
            say(plan.rstrip("\n"), lines=True)
            return
        if chosen is AnswerFormat.TABLE:
            show_first(frames(reader), rows=rows)
            return
        written = write_answer(reader, chosen, output or cast(BinaryIO, Answer()))
    if output is not None:
        tell(f"wrote {written:,} rows to {output}")


def _chosen(format: AnswerFormat | None, output: Path | None) -> AnswerFormat:
    """Give the format of the result; a table on the screen where nothing says otherwise."""
    if format is AnswerFormat.TABLE and output is not None:
        raise UsageError("--format table is for the screen only", fix="choose another --format")
    if output is None:
        chosen = format or AnswerFormat.TABLE
        if not chosen.for_terminal and sys.stdout.isatty():
            raise UsageError(f"{chosen} cannot be shown on a terminal", fix="add -o FILE")
        return chosen
    named = format or AnswerFormat.of_file(output)
    if named is None:
        suffixes = ", ".join(suffix for each in AnswerFormat for suffix in each.suffixes)
        raise UsageError(
            f"the ending of {output} is not that of a known format",
            fix=f"add --format, or use one of {suffixes}",
        )
    return named


def _typed_in() -> str:
    """Read the query from standard input."""
    if sys.stdin is None:
        raise UsageError("standard input is closed", fix="type the query instead of -")
    content = sys.stdin.buffer.read(LONGEST_QUERY + 1)
    if len(content) > LONGEST_QUERY:
        raise QueryError("standard input holds more than a query", fix="give it the query alone")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise QueryError(
            "the query is not UTF-8",
            where=f"standard input, line {line}",
            fix="save it as UTF-8",
        ) from error


def _bytes(size: str) -> int:
    """Read a size such as 500MB, 4GB or 1.5GiB."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt])(i?)b?", size.strip(), re.IGNORECASE)
    if found is None:
        raise UsageError(f"{size} is no size of memory", fix="write it as in 500MB or 4GB")
    number, unit, binary = found.groups()
    base = 1024 if binary else 1000
    return int(float(number) * base ** ("kmgt".index(unit.lower()) + 1))
