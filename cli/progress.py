"""A progress bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from .output import tell

LINE_EVERY_S = 10.0

Update = Callable[[int, int, str], None]
"""Given what is done, what there is to do, and words on it."""


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[Update]:
    """Show how far a long piece of work has come, on standard error.

    Parameters
    ----------
    label : str
        What is being done.
    quiet : bool
        Show nothing.

    Yields
    ------
    callable
        To be called with (done, total, words) as the work goes on.
    """
    if quiet:
        yield lambda done, total, words: None
    elif sys.stderr.isatty():
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[words]}"),
        )
        with Bar(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(label, words="")
            yield lambda done, total, words: bar.update(
                task, completed=done, total=total, words=words
            )
    else:
        yield _lines(label)


def _lines(label: str) -> Update:
    last = time.monotonic()

    def line(done: int, total: int, words: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= LINE_EVERY_S and done < total:
            last = now
            tell(f"{label}: {done:,} of {total:,}{', ' if words else ''}{words}")

    return line


def duration(seconds: float) -> str:
    """Spell a time span, as in 45 s, 12 min or 3 h 05 min.

    Parameters
    ----------
    seconds : float

    Returns
    -------
    str
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02d} min"
