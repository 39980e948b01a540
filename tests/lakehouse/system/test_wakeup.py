"""Waking a thread that waits."""

import os
import signal
import threading
from contextlib import closing

from lakehouse.system.wakeup import WakeUp, pass_on


def test_what_is_put_is_taken() -> None:
    with closing(WakeUp()) as line:
        assert line.take(0) == b""
        line.put(3)
        line.put(0)
        assert line.take() == b"\3\0"


def test_a_waiting_thread_wakes() -> None:
    with closing(WakeUp()) as line:
        heard: list[bytes] = []
        thread = threading.Thread(target=lambda: heard.append(line.take(60)))
        thread.start()
        line.put(7)
        thread.join(10)
        assert heard == [b"\7"]


def test_a_full_line_hinders_nobody() -> None:
    with closing(WakeUp()) as line:
        for _ in range(100_000):
            line.put(1)
        assert line.take()


def test_signals_are_announced_and_passed_on() -> None:
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with closing(WakeUp()) as outer, outer.signals() as none:
            assert none == -1
            with closing(WakeUp()) as inner, inner.signals() as passed_on:
                signal.raise_signal(signal.SIGINT)
                assert inner.take(10) == bytes([signal.SIGINT])
                pass_on(passed_on, signal.SIGTERM)
            assert outer.take(10) == bytes([signal.SIGTERM])
            pass_on(none, signal.SIGTERM)
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_librarys_descriptor_is_told_too() -> None:
    reading, writing = os.pipe()
    pass_on(writing, signal.SIGTERM)
    assert os.read(reading, 8) == bytes([signal.SIGTERM])
    os.close(reading)
    pass_on(writing, signal.SIGTERM)
    os.close(writing)
