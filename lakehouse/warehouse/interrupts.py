"""What ends a query early: Ctrl-C, its time, its memory.

The engine is told at once, wherever it is. Inside some functions, such as `repeat` of a long text,
it does not listen; then only the end of the process helps, which is the program's to bring about.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lakehouse.errors import QueryError
from lakehouse.system.memory import resident_bytes
from lakehouse.system.wakeup import WakeUp, pass_on

if TYPE_CHECKING:
    # Every command is a host, and few have a query.
    import duckdb

_DONE: Final = 0
_TICK_S: Final = 0.02
"""Memory can grow by 100 MB in it."""
_DEAF_S: Final = 1.0
"""An engine that has not stopped by then does not listen."""

_BEYOND: Final = 1.1
"""Times its memory; an engine that takes more while it should stop does not listen."""


@dataclass(frozen=True)
class Limits:
    """What a query may take.

    Parameters
    ----------
    seconds : float, optional
    memory : int, optional
        Bytes, beside what the program takes without the query.
    """

    seconds: float | None = None
    memory: int | None = None


@dataclass(frozen=True)
class Host:
    """The program that queries run in, if it can be ended for the sake of one that hangs.

    Parameters
    ----------
    tell : callable
        Shows the user a line.
    leave : callable
        Shows a line and ends the process at once; its second argument is true where the user
        wanted it. Both are called in a thread of their own.
    """

    tell: Callable[[str], None]
    leave: Callable[[str, bool], None]


NO_LIMITS: Final = Limits()
_hosts: list[Host] = []


@contextmanager
def hosted(host: Host) -> Iterator[None]:
    """Have queries that hang end the program, as long as the block lasts."""
    _hosts.append(host)
    try:
        yield
    finally:
        _hosts.remove(host)


def interrupted() -> QueryError:
    """Say that a query was interrupted."""
    return QueryError("the query was interrupted", fix="nothing was changed")


@contextmanager
def stoppable(
    connection: "duckdb.DuckDBPyConnection", limits: Limits = NO_LIMITS
) -> Iterator[None]:
    """Let SIGINT, and limits, stop what a connection does.

    Python runs signal handlers between its own instructions only, and a long query is one. The
    system's half of the handler, though, writes to a line at once; a thread waits at its end.
    Outside the main thread, which alone takes signals, only the limits hold.

    Raises
    ------
    QueryError
        If the query was stopped; it says by what.
    """
    with closing(WakeUp()) as line, _signals_to(line) as passed_on:
        watch = _Watch(connection, limits, line, passed_on)
        thread = threading.Thread(target=watch.run, daemon=True)
        thread.start()
        try:
            yield
        except Exception as error:
            if watch.reason is not None:
                raise watch.reason from error
            raise
        finally:
            line.put(_DONE)
            thread.join()


@contextmanager
def _signals_to(line: WakeUp) -> Iterator[int]:
    """Have signals announced on a line, and Ctrl-C do nothing else.

    Yields
    ------
    int
        The descriptor at which they were announced before, or -1.
    """
    if threading.current_thread() is not threading.main_thread():
        yield -1
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with line.signals() as passed_on:
            yield passed_on
    finally:
        signal.signal(signal.SIGINT, before)


class _Watch:
    """Waits beside a query for what may end it."""

    def __init__(
        self,
        connection: "duckdb.DuckDBPyConnection",
        limits: Limits,
        line: WakeUp,
        passed_on: int,
    ) -> None:
        self.reason: QueryError | None = None
        self._connection = connection
        self._limits = limits
        self._line = line
        self._passed_on = passed_on
        self._started = time.monotonic()
        self._own = resident_bytes()
        self._presses: list[float] = []
        self._stopping_since = 0.0
        self._told = False

    def run(self) -> None:
        """Watch until the query is done."""
        while not self._heard_the_end():
            if self.reason is None:
                self.reason = self._found()
                self._stopping_since = time.monotonic()
            if self.reason is not None:
                # Again and again: the engine forgets an interrupt that comes before it has begun.
                self._connection.interrupt()
                if _hosts:
                    self._urge(_hosts[-1])

    def _heard_the_end(self) -> bool:
        try:
            numbers = self._line.take(_TICK_S)
        except (OSError, ValueError):
            # Given up: a signal's handler raised while this thread's end was waited for.
            return True
        for number in numbers:
            if number == _DONE:
                return True
            if number == signal.SIGINT:
                self._presses.append(time.monotonic())
            else:
                pass_on(self._passed_on, number)
        return False

    def _found(self) -> QueryError | None:
        """Say why the query is to stop, if it is."""
        if self._presses:
            return interrupted()
        seconds, memory = self._limits.seconds, self._limits.memory
        if seconds is not None and time.monotonic() - self._started > seconds:
            return QueryError(
                f"the query took longer than {seconds:g} s", fix="allow more with --timeout"
            )
        if memory is not None and self._taken() > memory:
            return too_much_memory(memory)
        return None

    def _taken(self) -> int:
        return resident_bytes() - self._own

    def _urge(self, host: Host) -> None:
        """End the program if the engine does not listen."""
        now = time.monotonic()
        deaf = now - self._stopping_since > _DEAF_S
        memory = self._limits.memory
        if memory is not None and self._taken() > _BEYOND * memory:
            host.leave(str(too_much_memory(memory)), False)
        elif not self._presses:
            if deaf:
                host.leave(str(self.reason), False)
        elif len(self._presses) > 1:
            # The engine may have listened to the first.
            if now - self._presses[1] > _TICK_S * 5:
                host.leave("the query was interrupted and the program ended", True)
        elif deaf and not self._told:
            self._told = True
            host.tell("the query does not stop at once; Ctrl-C again ends the program")


def too_much_memory(memory: int) -> QueryError:
    """Say that a query needs more memory than it may take."""
    return QueryError(
        f"the query needs more than {memory / 1e9:.2g} GB of memory",
        fix="allow more with --memory, or ask for less at a time",
    )
