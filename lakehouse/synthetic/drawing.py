"""Drawing by several processes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

from lakehouse.opencv import cv2
from lakehouse.system.endings import end_with_parent
from lakehouse.system.graphics import OPENCV, require_graphics
from lakehouse.system.processors import available_cores

Item = TypeVar("Item")
Drawn = TypeVar("Drawn")


def drawn(
    draw: Callable[[Item], Drawn], items: Iterable[Item], workers: int | None = None
) -> Iterator[Drawn]:
    """Draw one thing after another, here or in worker processes.

    Parameters
    ----------
    draw : callable
        To be pickled; each worker is given it once.
    items : iterable
        What it is called with.
    workers : int, optional
        By default one for each core this process may use. With 1, this process draws.

    Yields
    ------
    object
        What the calls give, in the items' order.

    Raises
    ------
    LakehouseError
        If the system lacks libraries that OpenCV needs.
    """
    # Here, where it is told in one line; a worker that cannot start has no words.
    require_graphics("drawing", OPENCV)
    listed = list(items)
    workers = min(workers or available_cores(), len(listed))
    if workers <= 1:
        yield from map(draw, listed)
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start, initargs=(draw,)
    ) as pool:
        try:
            yield from pool.map(_draw_in_worker, listed)
        finally:
            pool.shutdown(cancel_futures=True)


# What a worker process draws with; set once when it starts, so that items stay small.
_draw: list[Callable[[Any], Any]] = []


def _start(draw: Callable[[Any], Any]) -> None:
    """Prepare a worker process: one thread, and what to draw with."""
    end_with_parent()
    cv2.setNumThreads(1)
    _draw[:] = [draw]


def _draw_in_worker(item: Any) -> Any:
    return _draw[0](item)
