"""Talking with a process that this one has started: whole objects, both ways.

Where a process takes over descriptors by their numbers, it is given one end of a pair of sockets.
Elsewhere the two talk over its standard input and output. Not every system can wait for several of
these, or write without waiting, so two threads of the parent's do that for each process.
"""

import os
import pickle
import queue
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any, Final, Protocol

from lakehouse.system import kernel
from lakehouse.system.endings import end_with_parent

_STREAMS: Final = "-"
"""What a process is told in place of a descriptor's number."""

_LISTEN_S: Final = 0.1
"""A thread that waits for another cannot be interrupted on every system."""

_EXIT_LIMIT_S: Final = 5.0
_LOG_BYTES: Final = 4096
_LOG_TAIL: Final = 300


class Channel(Protocol):
    """One end of a conversation."""

    def send(self, message: Any, /) -> None:
        """Say something; raise OSError if nobody listens any more."""

    def recv(self) -> Any:
        """Hear the next, waiting for it; raise EOFError if there is none."""

    def close(self) -> None:
        """End the conversation."""


def started(
    command: Sequence[str], log: IO[bytes], environment: Mapping[str, str]
) -> tuple[subprocess.Popen[bytes], Channel]:
    """Start a process to talk with, which begins with `parent_of`.

    Ctrl-C is not for it, but for this process, which then ends it.

    Parameters
    ----------
    command : sequence of str
        Two arguments are added, for `parent_of`.
    log : binary file
        Takes what it prints.
    environment : mapping of str to str
        All of it.

    Returns
    -------
    subprocess.Popen
    Channel
    """
    if kernel.fork is not None:
        return _with_descriptor(command, log, environment)
    process = subprocess.Popen(
        [*command, _STREAMS, str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=dict(environment),
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    return process, _Threaded(process)


def wait(channels: Sequence[Any], seconds: float | None) -> list[Any]:
    """Wait until there is something to hear.

    Parameters
    ----------
    channels : sequence of Channel
        As `started` gives them.
    seconds : float, optional
        To wait at most.

    Returns
    -------
    list of Channel
        Those at which there is something, be it the end.
    """
    if not any(isinstance(each, _Threaded) for each in channels):
        # Late, like below: workers and other commands talk with nobody.
        from multiprocessing import connection

        return connection.wait(channels, seconds)
    until = None if seconds is None else time.monotonic() + seconds
    with _arrived:
        while not (ready := [each for each in channels if each.has_mail]):
            left = _LISTEN_S if until is None else min(_LISTEN_S, until - time.monotonic())
            if left <= 0:
                break
            _arrived.wait(left)
    return ready


def how_it_ended(process: subprocess.Popen[bytes], log: IO[bytes]) -> str:
    """Say how a process ended that says no more, and what it printed last.

    Parameters
    ----------
    log : binary file
        That it was started with.

    Returns
    -------
    str
        Such as "by SIGKILL" or "with exit code 7: no such instruction".
    """
    try:
        # Its pipe closes a moment before its exit code is there.
        process.wait(timeout=_EXIT_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    code = process.returncode
    ending = f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
    said = _last_of(log).split("\n")
    last = next((line.strip() for line in reversed(said) if line.strip()), "")
    return ending + (f": {last[-_LOG_TAIL:]}" if last else "")


def _last_of(log: IO[bytes]) -> str:
    size = log.seek(0, os.SEEK_END)
    log.seek(max(0, size - _LOG_BYTES))
    return log.read().decode(errors="replace")


def parent_of(arguments: Sequence[str]) -> Channel:
    """Begin as a process that `started` has started.

    It ends with its parent, and what it prints from now on is for the log.

    Parameters
    ----------
    arguments : sequence of str
        The last two of the command line.
    """
    how, parent = arguments
    end_with_parent(int(parent))
    if how != _STREAMS:
        from multiprocessing.connection import Connection

        return Connection(int(how))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reading, writing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return _Pair(reading, writing)


def _with_descriptor(
    command: Sequence[str], log: IO[bytes], environment: Mapping[str, str]
) -> tuple[subprocess.Popen[bytes], Channel]:
    from multiprocessing import Pipe

    ours, theirs = Pipe()
    with theirs:
        process = subprocess.Popen(
            [*command, str(theirs.fileno()), str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[theirs.fileno()],
            env=dict(environment),
            process_group=0,
        )
    return process, ours


_arrived: Final = threading.Condition()
"""Told of each message, whoever sent it."""


class _Threaded:
    """The parent's end, where a thread listens and another speaks."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._inbox: deque[list[Any]] = deque()
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._broken = False
        for work in (self._listen, self._speak):
            threading.Thread(target=work, daemon=True).start()

    @property
    def has_mail(self) -> bool:
        """Whether there is something to hear."""
        return bool(self._inbox)

    def send(self, message: Any, /) -> None:
        if self._broken:
            raise BrokenPipeError
        self._outbox.put(pickle.dumps(message))

    def recv(self) -> Any:
        with _arrived:
            _arrived.wait_for(lambda: self.has_mail)
            if not self._inbox[0]:
                raise EOFError
            [message] = self._inbox.popleft()
        return message

    def close(self) -> None:
        self._outbox.put(None)

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - for the types
        with self._process.stdout as stream:
            while True:
                try:
                    told = [pickle.load(stream)]  # noqa: S301 - from our own
                except Exception:  # whatever is cut off in its midst
                    told = []
                with _arrived:
                    self._inbox.append(told)
                    _arrived.notify_all()
                if not told:
                    return

    def _speak(self) -> None:
        assert self._process.stdin is not None  # noqa: S101 - for the types
        stream = self._process.stdin
        try:
            while (data := self._outbox.get()) is not None:
                stream.write(data)
                stream.flush()
        except OSError:
            self._broken = True
        with suppress(OSError):
            stream.close()


class _Pair:
    """The other process's end: a stream to read and one to write."""

    def __init__(self, reading: IO[bytes], writing: IO[bytes]) -> None:
        self._reading = reading
        self._writing = writing

    def send(self, message: Any, /) -> None:
        try:
            pickle.dump(message, self._writing)
            self._writing.flush()
        except OSError as error:
            # Not every system calls it that.
            raise BrokenPipeError from error

    def recv(self) -> Any:
        return pickle.load(self._reading)  # noqa: S301 - from the parent

    def close(self) -> None:
        self._reading.close()
        self._writing.close()
