"""Writing pictures, several at a time, and telling what was done."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from lakehouse.errors import LakehouseError
from lakehouse.lake.write import lake_errors, make_private, temporary_name

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[int, int, str], None]
"""Given what is done, what there is to do, and words on it."""


class RenderError(LakehouseError):
    """What was asked for cannot be drawn."""


@dataclass(frozen=True)
class Rendered:
    """What a rendering command did.

    Parameters
    ----------
    pictures : dict of str to int
        How many were written, by kind.
    where : Path
        The folder or file.
    refused : tuple of str
        Photographs that could not be used, with the reason.
    notes : tuple of str
        What else the user should know.
    """

    pictures: dict[str, int]
    where: Path
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def no_progress(done: int, total: int, words: str) -> None:
    """Show nothing.

    Parameters
    ----------
    done, total : int
    words : str
    """


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Give a temporary file that takes the place of another once it is whole.

    The pictures are of people: only the owner can read files and new folders.

    Parameters
    ----------
    path : Path
        To be made or replaced; its folder is made.

    Yields
    ------
    Path
        An empty file in the same folder.

    Raises
    ------
    LakeError
        If it cannot be written; an earlier file is then as it was.
    """
    make_private(path.parent)
    temporary = temporary_name(path)
    with lake_errors(path):
        try:
            os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            yield temporary
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def write_picture(path: Path, content: bytes) -> None:
    """Write a file, replacing one of that name in one step.

    Parameters
    ----------
    path : Path
    content : bytes

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    with replaced(path) as temporary:
        temporary.write_bytes(content)


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
    workers = len(os.sched_getaffinity(0))
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
