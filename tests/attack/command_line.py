"""Typing command lines that must not hang, and what may stand in the place of a file."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lakehouse.cli.main import run

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


class CommandLine:
    """Types command lines into this process and holds them to what all of them promise."""

    def __init__(self, warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._warehouse = warehouse
        self._capsys = capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        """Give the exit code and both outputs, of which errors are one line at most."""
        self._capsys.readouterr()
        with no_hang():
            code = run(["--warehouse", str(self._warehouse), *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert err.count("\n") <= 1
        assert (code != 0) == err.startswith("error: ")
        return code, out, err


def fifo(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))


def zero(path: Path) -> None:
    path.symlink_to("/dev/zero")
