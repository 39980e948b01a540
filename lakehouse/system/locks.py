"""Locks that end with the process that holds them, however that ends."""

from collections.abc import Callable
from pathlib import Path

from lakehouse.system import kernel


def of_the_kernel() -> bool:
    """Tell whether an open file or folder can itself be held, as by `taken`."""
    return kernel.fcntl is not None


def taken(descriptor: int) -> bool:
    """Hold an open file or folder until it is closed, if nobody else does.

    Raises
    ------
    OSError
        If the file system knows no locks.
    """
    fcntl = kernel.fcntl
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def guard_taken(guard: Path) -> Callable[[], None] | None:
    """Hold a file beside what is meant, where an open file can be neither moved nor removed.

    Parameters
    ----------
    guard : Path
        Made if it is not there, and left.

    Returns
    -------
    callable or None
        Gives it up. None where another process or thread holds it.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    # It would make the folder.
    guard.parent.stat()
    # Late: Linux and macOS lock without it.
    from filelock import FileLock, Timeout

    lock = FileLock(guard, mode=0o600, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock.release
