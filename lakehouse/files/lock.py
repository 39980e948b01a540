"""One process at a time: locks that end with the process, however that ends.

Where the system can hold an open file or folder, that is held itself. Elsewhere a file beside it
is, its guard: there an open file could be neither renamed nor removed.
"""

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError
from lakehouse.files.errors import write_errors
from lakehouse.files.names import guard_name, guarded_names
from lakehouse.system import locks
from lakehouse.system.regular_files import open_at_once

PATIENCE_S: Final = 0.5
"""Far longer than any command holds a lock to clear what a killed one left."""
_AGAIN_S: Final = 0.02
_HELD: Final = ".held"


@contextmanager
def exclusive_lock(
    file: Path, *, guard: Path | None = None, patience_s: float = PATIENCE_S
) -> Iterator[None]:
    """Hold a lock file, and with it the folder it lies in.

    Parameters
    ----------
    file : Path
        In a folder that exists. It is made if it is not there, and stays. It holds the process id
        of who has, or had, the lock.
    guard : Path, optional
        What is held where an open file would keep its folder in place; by default, a file beside
        the lock file.
    patience_s : float
        Seconds to wait for another process to give it up.

    Raises
    ------
    LakeError
        If another process holds it, naming that process.
    """
    if locks.of_the_kernel():
        with _kernel_lock(file, patience_s):
            yield
    else:
        with _guarded_lock(file, guard or file.with_name(file.name + _HELD), patience_s):
            yield


@contextmanager
def _kernel_lock(file: Path, patience_s: float) -> Iterator[None]:
    with write_errors(file):
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with write_errors(file):
            _wait(lambda: locks.taken(descriptor), file, patience_s)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _guarded_lock(file: Path, guard: Path, patience_s: float) -> Iterator[None]:
    with ExitStack() as stack:

        def taken() -> bool:
            if give_up := locks.guard_taken(guard):
                stack.callback(give_up)
            return give_up is not None

        with write_errors(file):
            _wait(taken, file, patience_s)
            file.touch(0o600)
            file.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield


def _wait(taken: Callable[[], bool], file: Path, patience_s: float) -> None:
    until = time.monotonic() + patience_s
    while not taken():
        if time.monotonic() >= until:
            raise _in_use(file)
        time.sleep(_AGAIN_S)


def _in_use(file: Path) -> LakeError:
    holder = ""
    with suppress(OSError):
        holder = file.read_text(encoding="ascii", errors="replace")[:32].strip()
    return LakeError(
        f"in use by process {holder or 'unknown'}",
        where=str(file.parent),
        fix="wait until it is done, or end it",
    )


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold a file or folder that is there, if nobody else does.

    Parameters
    ----------
    path : Path
        One with a temporary name, or of notes. It may be renamed to be ready, or removed.

    Yields
    ------
    bool
        False where another holds it, or the file system knows no locks.

    Raises
    ------
    OSError
        If it cannot be opened, as where it is not there or is a link.
    """
    if locks.of_the_kernel():
        descriptor = open_at_once(path, follow=False)
        try:
            yield _taken(lambda: locks.taken(descriptor))
        finally:
            os.close(descriptor)
    else:
        with _guarded(path) as ours:
            yield ours


@contextmanager
def _guarded(path: Path) -> Iterator[bool]:
    if stat.S_ISLNK(path.lstat().st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    guard = guard_name(path)
    give_up: list[Callable[[], None]] = []

    def taken() -> bool:
        give_up.extend(filter(None, [locks.guard_taken(guard)]))
        return bool(give_up)

    try:
        yield _taken(taken)
    finally:
        for each in give_up:
            each()
            drop_guard(path)


def drop_guard(path: Path) -> None:
    """Remove the guard of what is gone, which a killed process may have left."""
    if not any(map(os.path.lexists, guarded_names(guard_name(path)))):
        with suppress(OSError):
            guard_name(path).unlink(missing_ok=True)


def _taken(taken: Callable[[], bool]) -> bool:
    try:
        return taken()
    except OSError:
        return False
