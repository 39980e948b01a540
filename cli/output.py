"""How results, progress and complaints are shown."""

import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

PLAIN_WIDTH = 240
"""Width of tables that do not go to a terminal: wide enough that nothing is cut."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        # Rich would exit with 1, but reading only a part of a table is not an error.
        raise BrokenPipeError


def console() -> Console:
    """Give a console for standard output."""
    if sys.stdout.isatty():
        return _Console(highlight=False)
    return _Console(highlight=False, width=PLAIN_WIDTH)


def program() -> str:
    """Give the name by which the user can call this program again.

    Returns
    -------
    str
        The command's name, or its path if the shell would not find it.
    """
    if shutil.which("lakehouse"):
        return "lakehouse"
    called = Path(sys.argv[0]).absolute()
    return shlex.quote(os.path.relpath(called) if called.exists() else "lakehouse")


def say(text: str) -> None:
    """Print a line on standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_in_passing(text: str) -> None:
    """Print a line on standard output; the work goes on even if nobody reads the line."""
    try:
        say(text)
    except BrokenPipeError:
        say_no_more()


def say_no_more() -> None:
    """Discard further standard output, because its reader (head, less) has closed it.

    Buffered output then raises no error when the interpreter ends.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(text: str) -> None:
    """Print a line about the work, not a result, on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def complain(text: str) -> None:
    """Print an error on standard error, in one line."""
    tell("error: " + " ".join(text.split()))


def say_json(value: Any) -> None:
    """Print a value as JSON.

    Parameters
    ----------
    value : object
        Types that JSON does not know are printed as text.
    """
    say(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def show(frame: pl.DataFrame, *, title: str | None = None) -> None:
    """Print a table.

    Parameters
    ----------
    title : str, optional
    """
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name, kind in frame.schema.items():
        table.add_column(name, justify="right" if kind.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*_cells(row))
    console().print(table, markup=False)
    if frame.is_empty():
        say("(no rows)")


def show_first(frames: Iterable[pl.DataFrame], *, rows: int) -> None:
    """Print the first rows of a long table and the number of further rows.

    Parameters
    ----------
    frames : iterable of polars.DataFrame
        The table in pieces, at least one. Only the printed rows are kept in memory.
    rows : int
        How many to print.
    """
    head: pl.DataFrame | None = None
    total = 0
    for frame in frames:
        total += len(frame)
        if head is None:
            head = frame.head(rows)
        elif len(head) < rows:
            head = pl.concat([head, frame.head(rows - len(head))])
    if head is not None:
        show(head)
        if total > len(head):
            say(f"… and {total - len(head):,} more rows")


def _cells(row: Iterable[object]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6g}"
    # A line break or an escape code inside a value must not break the table or the terminal.
    text = str(value)
    return text if text.isprintable() else ascii(text)[1:-1]
