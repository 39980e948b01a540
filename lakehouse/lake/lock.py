"""One writer of the lake at a time."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from lakehouse.files.at_work import locked
from lakehouse.files.folders import make_private
from lakehouse.files.lock import PATIENCE_S, exclusive_lock
from lakehouse.lake.swap import settle_swap
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
    settle_swap(paths)
    make_private(paths.lake)
    with taken_lake(paths), locked(paths.lock):
        yield


def taken_lake(
    paths: WarehousePaths, *, patience_s: float = PATIENCE_S
) -> AbstractContextManager[None]:
    """Hold a lake that is there, as `exclusive_lock` says.

    Parameters
    ----------
    patience_s : float
        Seconds to wait for another process to give it up.
    """
    # A lake is moved as a whole, so the guard lies beside it, wherever that is.
    guard = paths.lake.resolve().with_name(paths.lake_guard.name)
    return exclusive_lock(paths.lock, guard=guard, patience_s=patience_s)


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
    with exclusive_lock(paths.build_lock, guard=paths.build_guard), locked(paths.build_lock):
        yield
