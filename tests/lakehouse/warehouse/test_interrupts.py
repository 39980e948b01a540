"""What ends a query, in a process that must go on, and in one that need not."""

import os
import signal
import threading
import time

import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.interrupts import Host, Limits, hosted
from lakehouse.warehouse.query import answered, fetch

ENDLESS = "select count(*) as n from range(1000000000000) as r (n) where n % 7 = 3"
DEAF = "select length(repeat('a', 150000000)) + length(repeat('b', 150000000)) as n"


def ask(paths: WarehousePaths, query: str, limits: Limits) -> None:
    with answered(paths, query, limits) as reader:
        reader.read_all()


def press(after_s: float, number: int = signal.SIGINT) -> threading.Timer:
    timer = threading.Timer(after_s, os.kill, (os.getpid(), number))
    timer.start()
    return timer


def test_a_query_may_take_its_time(small_warehouse: WarehousePaths) -> None:
    ask(small_warehouse, "from scores", Limits(seconds=60, memory=10**9))


def test_a_query_that_takes_longer_is_stopped(small_warehouse: WarehousePaths) -> None:
    with pytest.raises(QueryError, match=r"took longer than 0\.2 s; allow more with --timeout"):
        ask(small_warehouse, ENDLESS, Limits(seconds=0.2))


def test_in_another_thread_as_well(small_warehouse: WarehousePaths) -> None:
    said: list[str] = []

    def work() -> None:
        with pytest.raises(QueryError) as raised:
            ask(small_warehouse, ENDLESS, Limits(seconds=0.2))
        said.append(str(raised.value))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)

    assert len(said) == 1
    assert "took longer" in said[0]


def test_a_query_that_needs_more_memory_is_stopped(small_warehouse: WarehousePaths) -> None:
    with pytest.raises(QueryError, match=r"more memory than it may|more than 0\.1 GB"):
        ask(
            small_warehouse,
            "select list(range || 'abc') from range(90000000)",
            Limits(memory=10**8),
        )


@pytest.mark.slow
@pytest.mark.portable
def test_an_interrupt_is_told_and_the_handler_before_is_back(
    small_warehouse: WarehousePaths,
) -> None:
    before = signal.getsignal(signal.SIGINT)
    timer = press(0.5)

    with pytest.raises(QueryError, match="the query was interrupted; nothing was changed"):
        fetch(small_warehouse, ENDLESS)

    timer.join()
    assert signal.getsignal(signal.SIGINT) is before
    assert signal.set_wakeup_fd(-1) == -1


@pytest.mark.slow
@pytest.mark.portable
def test_other_signals_are_passed_on(small_warehouse: WarehousePaths) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    handler = signal.signal(signal.SIGUSR1, lambda *_: None)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        timer = press(0.2, signal.SIGUSR1)
        with pytest.raises(QueryError, match="took longer"):
            ask(small_warehouse, ENDLESS, Limits(seconds=1))
        timer.join()
    finally:
        signal.set_wakeup_fd(before)
        signal.signal(signal.SIGUSR1, handler)

    assert os.read(reading, 9) == bytes([signal.SIGUSR1])
    os.close(reading)
    os.close(writing)


@pytest.mark.slow
@pytest.mark.portable
def test_a_host_is_asked_to_leave_while_the_engine_does_not_listen(
    small_warehouse: WarehousePaths,
) -> None:
    """Here it stays, so that the query comes to its end after all."""
    left: list[tuple[str, bool]] = []
    begun = time.monotonic()

    with (
        hosted(Host(lambda text: None, lambda text, stopped: left.append((text, stopped)))),
        pytest.raises(QueryError, match=r"more than 0\.05 GB"),
    ):
        ask(small_warehouse, DEAF, Limits(memory=5 * 10**7))

    assert left[0] == (
        "the query needs more than 0.05 GB of memory; "
        "allow more with --memory, or ask for less at a time",
        False,
    )
    assert time.monotonic() - begun < 60
