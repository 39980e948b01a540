"""Progress: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from .streams import tell, visible

LINE_EVERY_S = 10.0

Update = Callable[[int, int, str], None]
"""Called with the number done, the total number, and a remark."""


@contextmanager
def progress(label: str, *, quiet: bool = False, passing: bool = False) -> Iterator[Update]:
    """Show the progress of long work on standard error.

    Parameters
    ----------
    label : str
        What is being done.
    quiet : bool
        Show nothing.
    passing : bool
        Remove the bar when the work is done.

    Yields
    ------
    callable
        To be called with (done, total, words) as the work goes on.
    """
    if quiet:
        yield lambda done, total, words: None
    elif sys.stderr.isatty():
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[words]}", markup=False),
        )
        with Bar(*columns, console=Console(stderr=True), transient=passing) as bar:
            task = bar.add_task(visible(label), words="")
            yield lambda done, total, words: bar.update(
                task, completed=done, total=total, words=visible(words)
            )
    else:
        yield _lines(label)


class StepProgress:
    """Shows the progress of the long steps of a build, one after the other.

    A step's bar appears with its first report. It is removed before anything else is printed,
    because a bar on standard error would mix with lines on standard output.

    Parameters
    ----------
    quiet : bool
        Show nothing.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._shown = ExitStack()
        self._update: Update | None = None

    def __enter__(self) -> "StepProgress":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def report(self, name: str, done: int, total: int) -> None:
        """Show the progress of a step.

        Parameters
        ----------
        name : str
            The relation that it makes.
        """
        if self._update is None:
            shown = progress(name, quiet=self._quiet, passing=True)
            self._update = self._shown.enter_context(shown)
        self._update(done, total, "")

    def end(self) -> None:
        """Remove the bar of the finished step, if there is one."""
        self._shown.close()
        self._update = None


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
    """Spell a time span, as in 45 s, 12 min or 3 h 05 min."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02d} min"
