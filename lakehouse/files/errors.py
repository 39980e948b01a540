"""The system's refusals as one line for the user."""

import errno
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError, LakehouseError

_FIXES: Final = {
    errno.ENOSPC: "free some space and run it again; what was committed is intact",
    errno.EDQUOT: "free some space and run it again; what was committed is intact",
    errno.EACCES: "make the folder writable",
    errno.EROFS: "choose a folder on a disk that can be written",
}


_OPEN_ELSEWHERE: Final = frozenset({32, 33})
"""Windows' numbers for a file that a program has open or locked."""

_PATIENCE_S: Final = (0.05, 0.1, 0.2, 0.4)
"""Seconds before each further attempt."""

_DENIED: Final = 5
"""Windows' number for what rights forbid, and for replacing what a program has open."""


def is_open_elsewhere(error: OSError) -> bool:
    """Tell whether a file stays because a program has it open, as on Windows alone."""
    return getattr(error, "winerror", None) in _OPEN_ELSEWHERE


def may_be_open_elsewhere(error: OSError) -> bool:
    """Tell whether `is_open_elsewhere` is at least possible."""
    return is_open_elsewhere(error) or getattr(error, "winerror", None) == _DENIED


def patiently(work: Callable[[], object]) -> None:
    """Replace, rename or remove something, again and again for a moment where it may be open.

    On Windows, scanners of viruses and of changes open for a moment whatever is new.

    Raises
    ------
    OSError
        If it cannot be done.
    """
    for seconds in _PATIENCE_S:
        try:
            work()
        except OSError as error:
            if not may_be_open_elsewhere(error):
                raise
            time.sleep(seconds)
        else:
            return
    work()


@contextmanager
def write_errors(
    where: Path | str, error_class: type[LakehouseError] = LakeError
) -> Iterator[None]:
    """Turn the system's errors into one line for the user.

    Parameters
    ----------
    where : Path or str
        What is being worked on.
    error_class : type of LakehouseError

    Raises
    ------
    LakehouseError
        Of that class, in place of any OSError.
    """
    try:
        yield
    except OSError as error:
        if is_open_elsewhere(error):
            raise error_class(
                "cannot be replaced or removed while another program has it open",
                where=str(error.filename2 or error.filename or where),
                fix="close it there, such as in a SQL client or Excel, and run it again",
            ) from error
        reason = error.strerror or str(error)
        fix = _FIXES.get(error.errno or 0)
        if may_be_open_elsewhere(error):
            fix = "close whatever program has it open, or make the folder writable"
        raise error_class(f"cannot be written ({reason})", where=str(where), fix=fix) from error
