"""Standard input, output and error, however the shell left them.

A stream may be closed, full, or read by nobody; its encoding may hold few characters. None of that
ends a command half-way: what cannot be written is dropped and remembered, and `main` says so at
the end. Text goes through `visible` first, so that nobody's data can steer a terminal.
"""

import codecs
import errno
import io
import os
import select
import sys
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import ReadableBuffer

_FLAGS: Final = (os.O_WRONLY, os.O_RDONLY, os.O_RDONLY)
"""By descriptor: opened the wrong way round, a stream that was closed refuses all use."""


class ReaderGoneError(Exception):
    """Nobody takes the rest of an answer."""


class _Remembering(io.RawIOBase):
    """Writes to a descriptor, and remembers what hinders it instead of raising it."""

    def __init__(
        self, descriptor: int, write: "Callable[[ReadableBuffer], int | None] | None"
    ) -> None:
        self._descriptor = descriptor
        self._write = write
        self.lost: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return os.isatty(self._descriptor)

    def write(self, data: "ReadableBuffer", /) -> int:
        while self.lost is None:
            try:
                if self._write is not None:
                    return self._write(data) or 0
                return os.write(self._descriptor, data)
            except BlockingIOError:
                select.select([], [self._descriptor], [])
            except OSError as error:
                self.lost = error
        return memoryview(data).nbytes


class Answer(io.RawIOBase):
    """Standard output for a long answer: exact, but visible characters only on a terminal.

    Raises
    ------
    ReaderGoneError
        From writing, once nobody takes what is written.
    """

    def __init__(self) -> None:
        shown = sys.stdout.isatty()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace") if shown else None

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write bytes.

        Returns
        -------
        int
            Always their number.
        """
        if self._decoder is None:
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(visible(self._decoder.decode(bytes(data))))
        if lost_output() is not None:
            raise ReaderGoneError
        return memoryview(data).nbytes

    def flush(self) -> None:
        """Have everything written."""
        if not self.closed:
            sys.stdout.flush()


def secure() -> None:
    """Make all three streams usable; to be called once, at the start of the program."""
    for number, flags in enumerate(_FLAGS):
        try:
            os.fstat(number)
        except OSError:
            # The next file to be opened would get the number, and messages be written into it.
            os.set_inheritable(os.open(os.devnull, flags), True)
    sys.stdout = _stream(1, sys.stdout)
    sys.stderr = _stream(2, sys.stderr)


def lost_output() -> OSError | None:
    """Give what hindered writing to standard output, if anything did."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return raw.lost if isinstance(raw, _Remembering) else None


def words_on(lost: OSError) -> str | None:
    """Say what became of standard output.

    Returns
    -------
    str or None
        None where its reader (head, less) has gone, because reading a part only is no error.
    """
    if lost.errno == errno.EPIPE:
        return None
    reason = "it is closed" if lost.errno == errno.EBADF else lost.strerror
    return f"standard output cannot be written ({reason}); what it should have held is lost"


def visible(text: str, *, keep: str = "\n\t") -> str:
    r"""Spell out characters that a reader cannot see, or that steer a terminal.

    Parameters
    ----------
    keep : str
        Of these characters, those that stay.

    Returns
    -------
    str
        With `\x1b` and the like in place of control characters, marks of direction, bytes of file
        names that are no text, and unusual blanks.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else ascii(c)[1:-1] for c in text)


def tell(text: str) -> None:
    """Print a line about the work, not a result, on standard error."""
    sys.stderr.write(visible(text, keep="") + "\n")
    sys.stderr.flush()


def complain(text: str) -> None:
    """Print an error on standard error, in one line."""
    tell("error: " + " ".join(text.split()))


def _stream(descriptor: int, before: Any) -> TextIO:
    raw = _Remembering(descriptor, _writer(before))
    encoding = before.encoding if before else "utf-8"
    buffer = io.BufferedWriter(raw)
    return io.TextIOWrapper(
        buffer, encoding=encoding, errors="backslashreplace", line_buffering=raw.isatty()
    )


def _writer(before: Any) -> "Callable[[ReadableBuffer], int | None] | None":
    """Give what writes to a terminal that takes text and no bytes, as on Windows."""
    raw = getattr(getattr(before, "buffer", None), "raw", None)
    if isinstance(raw, io.RawIOBase) and not isinstance(raw, io.FileIO | _Remembering):
        write: Callable[[ReadableBuffer], int | None] = raw.write
        return write
    return None
