"""Ends from without: SIGTERM and SIGHUP clean up like an error does, and then end the process.

Where there is no SIGHUP, there may be Ctrl-Break.

A handler of Python's runs in the main thread, between two of Python's instructions. Where that
thread is inside a library for longer than it may take, another one cleans up in its stead.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import FrameType
from typing import Final

from lakehouse.system import kernel
from lakehouse.system.wakeup import WakeUp

_ENDING: Final[tuple[signal.Signals, ...]] = tuple(
    each for each in (signal.SIGTERM, kernel.HANGUP, kernel.BREAK) if each is not None
)
_GRACE_S: Final = 3.0
"""Containers and service managers wait for ten seconds and more before they kill."""

_DONE: Final = 0
_PR_SET_PDEATHSIG: Final = 1


class Ended(BaseException):
    """Somebody has asked this process to end."""


@contextmanager
def orderly_end(clear: Callable[[], None]) -> Iterator[None]:
    """Have SIGTERM and SIGHUP end the block by `Ended`, and afterwards the process.

    A signal that this process was told to ignore, as by nohup, is ignored. Outside the main
    thread, which alone takes signals, only the clearing is done.

    Parameters
    ----------
    clear : callable
        Removes what the block did not come to remove; is called in any case. It may run in
        another thread while the block hangs.
    """
    try:
        if threading.current_thread() is threading.main_thread():
            with _heard(clear):
                yield
        else:
            yield
    finally:
        clear()


def end_with_parent(parent: int | None = None) -> None:
    """Have this process end when its parent is killed, even in the midst of work.

    Parameters
    ----------
    parent : int, optional
        Its process id, where another program may stand between the two, as the starter of a
        virtual environment does on Windows.
    """
    if (prctl := kernel.c_function("prctl")) is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    # Late: only here.
    import psutil

    try:
        process = psutil.Process(parent or os.getppid())
    except psutil.NoSuchProcess:
        os._exit(1)

    def watch() -> None:
        process.wait()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C, SIGTERM and SIGHUP until the block, which is to be short, has ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before: dict[int, Callable[[int, FrameType | None], object] | int] = {}
    for each in (signal.SIGINT, *_ENDING):
        present = signal.getsignal(each)
        if present is not None and present is not signal.SIG_IGN:
            before[each] = present
            signal.signal(each, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            handler = before[number]
            if callable(handler):
                # Not by another signal, which would look like somebody's impatience.
                handler(number, None)
            else:
                signal.raise_signal(number)


@contextmanager
def _heard(clear: Callable[[], None]) -> Iterator[None]:
    came: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        # Once is enough: what follows is the cleaning up.
        for each in handled:
            signal.signal(each, signal.SIG_IGN)
        came.append(number)
        raise Ended

    handled = [each for each in _ENDING if signal.getsignal(each) is signal.SIG_DFL]
    for each in handled:
        signal.signal(each, end)
    try:
        with _unheard_is_silent(), _watched(handled, clear):
            yield
    except BaseException:
        if not came:
            raise
    finally:
        if came:
            # As long as another such signal is ignored.
            clear()
        for each in handled:
            signal.signal(each, signal.SIG_DFL)
    if came:
        signal.raise_signal(came[0])


@contextmanager
def _unheard_is_silent() -> Iterator[None]:
    """Print no traceback where a library ignores that it was asked to end; the watch ends it."""
    before = sys.unraisablehook

    def hook(unraisable: "sys.UnraisableHookArgs", /) -> None:
        if not issubclass(unraisable.exc_type, Ended | KeyboardInterrupt):
            before(unraisable)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


@contextmanager
def _watched(numbers: list[signal.Signals], clear: Callable[[], None]) -> Iterator[None]:
    """Clean up and end the process if it goes on after one of these signals."""
    # The system's half of a handler writes to the line at once, wherever the main thread is.
    with closing(WakeUp()) as line, line.signals():
        thread = threading.Thread(target=_watch, args=(line, numbers, clear), daemon=True)
        thread.start()
        try:
            yield
        finally:
            line.put(_DONE)
            thread.join()


def _watch(line: WakeUp, numbers: list[signal.Signals], clear: Callable[[], None]) -> None:
    told = b""
    while not (came := [each for each in told if each in numbers]):
        if _DONE in told:
            return
        told = line.take()
    until = time.monotonic() + _GRACE_S
    while _DONE not in told:
        if (left := until - time.monotonic()) <= 0:
            clear()
            os._exit(128 + came[0])
        # A second signal changes nothing.
        told = line.take(left)
