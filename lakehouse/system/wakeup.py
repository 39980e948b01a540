"""A line by which signals, and other threads, wake a thread that waits."""

import os
import select
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_lines: Final[dict[int, "WakeUp"]] = {}
"""By the descriptor at which the system puts signals."""


class WakeUp:
    """Bytes that one side puts and another takes, without ever waiting to put one.

    A pair of sockets: not every system waits for a pipe, and to each a signal's number can be
    written.
    """

    def __init__(self) -> None:
        self._taking, self._putting = socket.socketpair()
        self._putting.setblocking(False)

    def put(self, byte: int) -> None:
        """Wake whoever waits."""
        with suppress(BlockingIOError):
            self._putting.send(bytes([byte]))

    def take(self, seconds: float | None = None) -> bytes:
        """Wait for bytes.

        Parameters
        ----------
        seconds : float, optional
            To wait at most.

        Returns
        -------
        bytes
            What was put since, a signal's number for each signal; empty if nothing was.
        """
        ready, _, _ = select.select([self._taking], [], [], seconds)
        return self._taking.recv(64) if ready else b""

    @contextmanager
    def signals(self) -> Iterator[int]:
        """Have the system put the number of each signal for which there is a handler.

        Only for the main thread.

        Yields
        ------
        int
            Where numbers were written before, or -1.
        """
        descriptor = self._putting.fileno()
        _lines[descriptor] = self
        before = signal.set_wakeup_fd(descriptor, warn_on_full_buffer=False)
        try:
            yield before
        finally:
            signal.set_wakeup_fd(before)
            del _lines[descriptor]

    def close(self) -> None:
        """Give the line up."""
        self._putting.close()
        self._taking.close()


def pass_on(descriptor: int, number: int) -> None:
    """Tell of a signal where signals were announced before.

    Parameters
    ----------
    descriptor : int
        From `WakeUp.signals`; with -1 nobody is told.
    """
    if line := _lines.get(descriptor):
        line.put(number)
    elif descriptor != -1:
        # Another library's.
        with suppress(OSError):
            os.write(descriptor, bytes([number]))
