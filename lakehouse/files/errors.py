"""The system's refusals as one line for the user."""

import errno
from collections.abc import Iterator
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
        reason = error.strerror or str(error)
        fix = _FIXES.get(error.errno or 0)
        raise error_class(f"cannot be written ({reason})", where=str(where), fix=fix) from error
