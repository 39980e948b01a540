"""How results, progress and complaints are shown."""

import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .streams import complain as complain
from .streams import tell as tell
from .streams import visible

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

PLAIN_WIDTH = 240
"""Width of tables that do not go to a terminal: wide enough that nothing is cut."""


def console() -> "Console":
    """Give a console for standard output."""
    # Late, as all here that only tables need.
    from rich.console import Console

    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    return Console(highlight=False, emoji=False, width=width)


def program(warehouse: Path | None = None) -> str:
    """Give what the user can type to call this program again.

    Parameters
    ----------
    warehouse : Path, optional
        Folder that the call is to be about; it is named where the program would not take it anyway.

    Returns
    -------
    str
        The command's name, or its path if the shell would not find it.
    """
    called = Path(sys.argv[0]).absolute()
    name = "lakehouse"
    if not shutil.which(name) and called.exists():
        name = shlex.quote(os.path.relpath(called))
    if warehouse is None or warehouse == Path(os.environ.get("LAKEHOUSE_WAREHOUSE", "warehouse")):
        return name
    return f"{name} --warehouse {shlex.quote(str(warehouse))}"


def say(text: str, *, lines: bool = False) -> None:
    """Print a line on standard output; the work goes on even if nobody reads it.

    Parameters
    ----------
    text : str
        It may begin with a line break.
    lines : bool
        Leave other line breaks too. Nobody's ids or names of files should be in such a text.
    """
    rest = text.removeprefix("\n")
    shown = visible(rest, keep="\n\t" if lines else "")
    sys.stdout.write(text[: len(text) - len(rest)] + shown + "\n")
    sys.stdout.flush()


def say_json(value: Any) -> None:
    r"""Print a value as JSON.

    Characters that a reader cannot see are spelt as in `\u001b`, which means the same; all but
    ASCII are, where standard output cannot hold them.

    Parameters
    ----------
    value : object
        Types that JSON does not know are printed as text.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    if not (text.replace("\n", "").isprintable() and _can_hold(text)):
        text = json.dumps(value, indent=2, default=str)
    say(text, lines=True)


def show(frame: "pl.DataFrame", *, title: str | None = None) -> None:
    """Print a table.

    Parameters
    ----------
    title : str, optional
    """
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name, kind in frame.schema.items():
        table.add_column(
            visible(name, keep=""),
            justify="right" if kind.is_numeric() else "left",
            overflow="fold",
        )
    for row in frame.iter_rows():
        table.add_row(*_cells(row))
    console().print(table, markup=False)
    if frame.is_empty():
        say("(no rows)")


def show_first(frames: "Iterable[pl.DataFrame]", *, rows: int) -> None:
    """Print the first rows of a long table and the number of further rows.

    Parameters
    ----------
    frames : iterable of polars.DataFrame
        The table in pieces, at least one. Only the printed rows are kept in memory.
    rows : int
        How many to print.
    """
    import polars as pl

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
    # A line break inside a value must not break the table.
    return visible(str(value), keep="")


def _can_hold(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return True
