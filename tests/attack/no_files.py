"""What is no file, and a limit on how long anything may wait for it."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST_HANG_S = 30


@contextmanager
def no_hang() -> Iterator[None]:
    """Raise an error where something waits for ever."""

    def too_long(number: int, frame: object) -> None:
        raise TimeoutError("it hangs")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST_HANG_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))


def zero(path: Path) -> None:
    path.symlink_to("/dev/zero")
