"""Processes that draw: the engine keeps memory of all it has drawn until it ends.

So each first makes the files of what the one before has drawn, and only then draws itself. The one
that translates for the page keeps little.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final

from lakehouse.errors import LakehouseError
from lakehouse.files.scratch import nameless_log
from lakehouse.system.conversation import how_it_ended, started

PROGRAM: Final = (sys.executable, "-P", "-m", "lakehouse.report.engine")
"""-P keeps modules of the user's folder from standing in for ours."""
FIGURES: Final = 2
"""That a process draws: to start one takes as long as to draw one."""

_PAGE_ALONE: Final = "`lakehouse report` without --figures writes the page alone"

Ask = Callable[..., Any]
"""Takes the name of what is drawn, a function of `draw`, and what that is given."""


@dataclass(frozen=True)
class Order:
    """A figure to be drawn as files.

    Parameters
    ----------
    name : str
        Of its files.
    specification : dict
        Of Vega-Lite, with its data and its look in it.
    locale : dict
        Marks of numbers, as d3-format takes them.
    """

    name: str
    specification: dict[str, Any]
    locale: dict[str, Any]


def drawn_apart(orders: Iterable[Order]) -> Iterator[tuple[str, bytes]]:
    """Draw figures as files, in one process after the other.

    Yields
    ------
    tuple of str and bytes
        A file's name, and what is in it.

    Raises
    ------
    LakehouseError
        If a figure cannot be drawn.
    """
    left = iter(orders)
    drawn: dict[str, str] = {}
    for first in left:
        with _engine() as ask:
            yield from _files(drawn, ask)
            drawn = {
                order.name: ask(order.name, "svg", order.specification, order.locale)
                for order in chain([first], islice(left, FIGURES - 1))
            }
    if drawn:
        with _engine() as ask:
            yield from _files(drawn, ask)


@contextmanager
def translating() -> Iterator[Ask]:
    """Start a process that translates specifications of Vega-Lite; it ends with the block.

    Yields
    ------
    callable
        Is asked for "vega" or "config". Raises LakehouseError if a figure cannot be translated.
    """
    with _engine("shown", "see that some memory is free, and run it again") as ask:
        yield ask


def _files(drawn: Mapping[str, str], ask: Ask) -> Iterator[tuple[str, bytes]]:
    for name, svg in drawn.items():
        for ending, data in ask(name, "files", svg).items():
            yield f"{name}.{ending}", data


@contextmanager
def _engine(purpose: str = "drawn as a file", fix: str = _PAGE_ALONE) -> Iterator[Ask]:
    def cannot(name: str, reason: str) -> LakehouseError:
        return LakehouseError(f"the figure {name} cannot be {purpose} ({reason})", fix=fix)

    with nameless_log() as log:
        process, channel = started(PROGRAM, log, os.environ)

        def ask(name: str, *work: Any) -> Any:
            try:
                channel.send(work)
                is_done, answer = channel.recv()
            except (EOFError, OSError) as error:
                ended = how_it_ended(process, log)
                raise cannot(name, f"the process that draws ended {ended}") from error
            if not is_done:
                raise cannot(name, answer)
            return answer

        try:
            yield ask
        finally:
            channel.close()
            # It holds nothing that needs an orderly end.
            process.kill()
            process.wait()
