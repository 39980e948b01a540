"""Ctrl-C during a query: the engine is told at once, wherever it is."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from lakehouse.errors import QueryError

_DONE = b"\0"
_AGAIN_S = 0.1


def interrupted() -> QueryError:
    """Say that a query was interrupted."""
    return QueryError("the query was interrupted", fix="nothing was changed")


@contextmanager
def stoppable(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let SIGINT stop what a connection does.

    Python runs signal handlers between its own instructions only, and a long query is one. The
    system's half of the handler, though, writes to a pipe at once; a thread waits at its end.
    Outside the main thread, which alone takes signals, this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    done = threading.Event()

    def wait() -> None:
        if os.read(ends[0], 1) == _DONE:
            return
        connection.interrupt()
        # The engine forgets an interrupt that comes before it has begun.
        while not done.wait(_AGAIN_S):
            connection.interrupt()

    ends = os.pipe()
    os.set_blocking(ends[1], False)
    before = signal.signal(signal.SIGINT, lambda *_: None)
    woken = signal.set_wakeup_fd(ends[1], warn_on_full_buffer=False)
    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        signal.signal(signal.SIGINT, before)
        done.set()
        os.write(ends[1], _DONE)
        waiting.join()
        for end in ends:
            os.close(end)
