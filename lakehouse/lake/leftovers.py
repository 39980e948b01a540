"""Clearing what killed commands left, whatever command comes next."""

from contextlib import suppress
from pathlib import Path

from lakehouse.errors import LakehouseError
from lakehouse.files.at_work import own_locks
from lakehouse.files.clearing import clear_dead, clear_own
from lakehouse.files.exchange import beside, clear
from lakehouse.files.lock import exclusive_lock
from lakehouse.files.names import temporaries_in
from lakehouse.files.scratch import clear_scratch, scratch_left
from lakehouse.files.sweep import sweep_dead
from lakehouse.lake.lock import taken_lake
from lakehouse.lake.swap import has_swap, settle_swap
from lakehouse.paths import WarehousePaths


def clear_leftovers(paths: WarehousePaths) -> None:
    """Remove or finish what killed commands left, in a warehouse and wherever they wrote.

    A living command's is left alone: it holds a lock. What cannot be cleared, or not even looked
    at, stays; the command that comes to need it says so.

    Parameters
    ----------
    paths : WarehousePaths
        The warehouse need not exist.
    """
    roots = {paths.root.absolute(), *map(_root, clear_dead())}
    for root in roots:
        _clear(WarehousePaths(root))


def clear_own_leftovers() -> None:
    """Remove or finish what this process leaves; only for when it ends.

    Where it was ended by a signal, that may have come in the midst of its cleaning up.
    """
    clear_own()
    for root in set(map(_root, own_locks())):
        _clear(WarehousePaths(root))


def _root(lock: Path) -> Path:
    """Give the warehouse folder of a lock's file."""
    # That of a lake lies in it, that of a build beside it.
    build = WarehousePaths(lock.parent).build_lock
    return lock.parent if lock.name == build.name else lock.parent.parent


def _clear(paths: WarehousePaths) -> None:
    with suppress(OSError, LakehouseError):
        settle_swap(paths)
        if _is_unfinished(paths):
            # Late: it brings Arrow along, and there is seldom anything to do.
            from lakehouse.lake.parts import recover

            with taken_lake(paths, patience_s=0):
                recover(paths)
    with suppress(OSError, LakehouseError):
        new = beside(paths.spark)
        if scratch_left(paths.database, paths.spill) or new.parent.is_dir():
            with exclusive_lock(paths.build_lock, patience_s=0):
                clear_scratch(paths.database, paths.spill)
                clear(paths.spark, new)
    # Where there was no place for notes, or it was on another machine.
    for path in (
        paths.reading,
        paths.cluster,
        paths.settings,
        paths.origin,
        paths.confidences,
        paths.stamps,
        paths.begun_video,
        paths.verification,
    ):
        with suppress(OSError):
            sweep_dead(path)


def _is_unfinished(paths: WarehousePaths) -> bool:
    """Tell whether there is something for `recover` to do, or a living process at work."""
    states = [
        _are_unfinished((paths.landmarks, paths.blendshapes, paths.photos)),
        _are_unfinished(
            (paths.frame_landmarks, paths.frame_blendshapes, paths.videos, paths.frames)
        ),
    ]
    if None in states:
        # Not by a killed command: nothing can be told of these.
        return False
    return any(states) or has_swap(paths) or bool(temporaries_in(paths.lake))


def _are_unfinished(folders: tuple[Path, ...]) -> bool | None:
    """Tell whether a change of parts is not finished; None where the last folder is gone."""
    *others, last = map(_names, folders)
    # Whatever is hidden among the parts is a mark or a temporary of theirs.
    hidden = {name for name in last.union(*others) if name.startswith(".")}
    parts = set().union(*others) - hidden
    if parts and not folders[-1].is_dir():
        return None
    return bool(hidden) or not parts <= last


def _names(folder: Path) -> set[str]:
    """List a folder, which may be missing but not unreadable."""
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()
