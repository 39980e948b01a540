"""Drawing on every processor."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from lakehouse.system.processors import available_cores

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_threads(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Work on items on every processor, a few ahead of what has been taken.

    Threads are enough: drawing, decoding and compressing let each other run.

    Parameters
    ----------
    work : callable
        Of one item.
    items : iterable
        Taken in the calling thread, one at a time.

    Yields
    ------
    object
        Results in the order of the items.
    """
    workers = available_cores()
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
