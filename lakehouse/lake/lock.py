"""One writer of the lake at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from lakehouse.files.at_work import locked
from lakehouse.files.folders import make_private
from lakehouse.files.lock import exclusive_lock
from lakehouse.paths import WarehousePaths


@contextmanager
def lake_lock(paths: WarehousePaths) -> Iterator[None]:
    """Hold the lake for writing.

    Parameters
    ----------
    paths : WarehousePaths
        The lake's folder is made if it is not there.

    Raises
    ------
    LakeError
        If another process holds it, naming that process.
    """
    make_private(paths.root)
    make_private(paths.lake)
    with exclusive_lock(paths.lock), locked(paths.lock):
        yield


@contextmanager
def build_lock(paths: WarehousePaths) -> Iterator[None]:
    """Hold the database for building.

    Parameters
    ----------
    paths : WarehousePaths
        Its folder is there.

    Raises
    ------
    LakeError
        If another process holds it, naming that process.
    """
    with exclusive_lock(paths.build_lock), locked(paths.build_lock):
        yield
