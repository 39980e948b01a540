"""What the shell starts: the one place that makes every command safe.

Only this module and `streams` are loaded at first, so that there is hardly a moment in which
Ctrl-C, or a library that cannot be loaded, meets no one.
"""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from types import FrameType, TracebackType
from typing import Final

from . import streams

DEBUG: Final = "LAKEHOUSE_DEBUG"
"""Environment variable: if set, what the program did not expect is shown with its traceback."""

STOPPED: Final = 130
"""Exit code of what Ctrl-C ends, as with other programs."""

_SHOW_CURSOR: Final = "\x1b[?25h"


class _Stage(Enum):
    LOADING = auto()
    RUNNING = auto()
    ENDING = auto()


class _Interrupts:
    """What Ctrl-C does, by how far the program is."""

    def __init__(self) -> None:
        self.stage = _Stage.LOADING
        self.came = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.stage is _Stage.LOADING:
            # There is nothing to clean up, and libraries make other errors of an interrupt.
            _leave("interrupted before it began", stopped=True)
        if self.stage is _Stage.RUNNING:
            self.came = True
            raise KeyboardInterrupt


_interrupts: Final = _Interrupts()


@contextmanager
def loading() -> Iterator[None]:
    """Load what a command needs before it begins: Ctrl-C ends the process at once."""
    before, _interrupts.stage = _interrupts.stage, _Stage.LOADING
    collecting = gc.isenabled()
    # All that is loaded stays until the end: looking through it for what does not, now and
    # later, would take a tenth of a short command's time.
    gc.disable()
    try:
        yield
    finally:
        if before is _Stage.RUNNING:
            gc.freeze()
        if collecting:
            gc.enable()
        _interrupts.stage = before


def main() -> None:
    """Run this process's command line and leave with its exit code."""
    # A program that was told to ignore Ctrl-C, as by nohup, does.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupts)
    streams.secure()
    try:
        code = _guarded()
    finally:
        _interrupts.stage = _Stage.ENDING
        # At the end libraries look whether all of theirs is gone.
        gc.unfreeze()
    sys.stdout.flush()
    if (lost := streams.lost_output()) and (words := streams.words_on(lost)):
        streams.complain(words)
        code = code or 1
    sys.exit(code)


def _guarded() -> int:
    """Give the exit code, whatever happens."""
    try:
        return _run()
    except KeyboardInterrupt:
        streams.complain("ended by Ctrl-C while it was stopping; finished work is kept")
        return STOPPED
    except MemoryError:
        streams.complain("there is not enough memory for this; finished work is kept")
        return 1
    except OSError as error:
        if os.environ.get(DEBUG):
            raise
        streams.complain(_refusal(error))
        return 1
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        # A library that was loading at that moment may have made its own error of Ctrl-C.
        streams.complain("interrupted" if _interrupts.came else _fault(error))
        return STOPPED if _interrupts.came else 1


def _run() -> int:
    with loading():
        # No engine among these: a command's own module brings it.
        from lakehouse.files.clearing import clear_own
        from lakehouse.warehouse.interrupts import Host, hosted

        from .main import run
        from .process import alone_and_orderly
        from .unasked import do_without_pandas

    do_without_pandas()
    _interrupts.stage = _Stage.RUNNING

    def leave(words: str, stopped: bool) -> None:
        clear_own()
        _leave(words, stopped)

    with alone_and_orderly(), hosted(Host(streams.tell, leave)):
        return run()


def _leave(words: str, stopped: bool) -> None:
    """End the process at once, whatever its main thread is doing."""
    streams.complain(words)
    if sys.stderr.isatty():
        # A progress bar may have hidden it.
        sys.stderr.write(_SHOW_CURSOR)
        sys.stderr.flush()
    os._exit(STOPPED if stopped else 1)


def _refusal(error: OSError) -> str:
    """Say what the system refused."""
    where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else None
    reason = error.strerror or type(error).__name__
    return f"{where}: cannot be used ({reason})" if where else f"the system refused ({reason})"


def _fault(error: Exception) -> str:
    """Say what a defect of this program was; not its text, which may hold anybody's data."""
    return (
        f"the program failed where it should not ({type(error).__name__}"
        f"{_place(error.__traceback__)}); please report it; {DEBUG}=1 shows the traceback"
    )


def _place(traceback: TracebackType | None) -> str:
    """Name the innermost line of this program."""
    place = ""
    while traceback is not None:
        file = Path(traceback.tb_frame.f_code.co_filename)
        if {"lakehouse", "cli"} & set(file.parts[-4:-1]):
            place = f" in {'/'.join(file.parts[-2:])}, line {traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
