"""A whole new folder in another's place.

Where the file system can, the names of the two are exchanged in one step. Elsewhere the old one is
renamed aside and the new one renamed in; between the two steps nothing has the name. Whoever finds
it so, as after a kill, takes the second step by `settle`: the new one is whole by then.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError
from lakehouse.files.errors import may_be_open_elsewhere, patiently, write_errors
from lakehouse.files.folders import sync_folder
from lakehouse.files.listing import listed
from lakehouse.files.names import temporary_name
from lakehouse.files.sweep import remove
from lakehouse.system.endings import undisturbed
from lakehouse.system.exchange import UNABLE, exchange_names

_NEW: Final = "new"
_ASIDE: Final = "aside"
"""What the old folder is called while it has lost its place."""

_TAKEN: Final = frozenset({errno.ENOTEMPTY, errno.EEXIST})
"""What systems say of a folder that is not to be replaced, because it is there."""


def beside(folder: Path) -> Path:
    """Name the place beside a folder where a new one may be made, which a lock must keep."""
    return temporary_name(folder) / _NEW


@contextmanager
def exchanged(folder: Path, new: Path) -> Iterator[None]:
    """Have a folder made that takes another's place when the block ends without an error.

    Parameters
    ----------
    folder : Path
        The present one, whose lock this process holds.
    new : Path
        Made in the block. The folder it lies in is made for it, for its owner alone, and is
        removed in the end with what is then in it. Both are on the same disk.

    Raises
    ------
    LakeError
        If the folders cannot be exchanged or written; the present one is then as it was.
    """
    scratch = new.parent
    clear(folder, new)
    try:
        with write_errors(scratch):
            scratch.mkdir(mode=0o700)
            at_once = _can_exchange(scratch)
            _require_movable(scratch, folder)
        yield
        with write_errors(folder), undisturbed():
            for each, _, _ in os.walk(new):
                sync_folder(Path(each))
            if at_once:
                exchange_names(new, folder)
            else:
                _replace_by_steps(folder, new)
            sync_folder(scratch)
            sync_folder(folder.parent)
    finally:
        clear(folder, new)


def settle(folder: Path, new: Path) -> None:
    """Take the second step of an exchange that is between its two steps, if it is.

    No lock is needed: who was at it finds it done.

    Parameters
    ----------
    folder, new : Path
        As for `exchanged`.

    Raises
    ------
    LakeError
        If it cannot be done.
    """
    # In this order: both are there only where somebody has put a folder into the empty place.
    occupied = os.path.lexists(folder)
    if os.path.lexists(new.with_name(_ASIDE)) and os.path.lexists(new):
        with write_errors(folder):
            if occupied:
                _make_room(folder, new)
            _second_step(folder, new)


def clear(folder: Path, new: Path) -> None:
    """Remove the folder in which a new one was made, once the place is taken.

    Parameters
    ----------
    folder, new : Path
        As for `exchanged`.

    Raises
    ------
    LakeError
        If it cannot be removed.
    """
    settle(folder, new)
    remove(new.parent)


def _replace_by_steps(folder: Path, new: Path) -> None:
    aside = new.with_name(_ASIDE)
    patiently(lambda: folder.rename(aside))
    try:
        settle(folder, new)
    except LakeError:
        with suppress(OSError):
            patiently(lambda: aside.rename(folder))
        raise


def _second_step(folder: Path, new: Path) -> None:
    try:
        patiently(lambda: new.rename(folder))
    except OSError:
        # Somebody else may have taken the step.
        if os.path.lexists(new) or not os.path.lexists(folder):
            raise


def _make_room(folder: Path, new: Path) -> None:
    """Move away what came into the place between the steps: a folder made for a lock."""
    if any(not name.startswith(".") for name in listed(folder)):
        raise LakeError(
            "came into the place of one that was being replaced",
            where=str(folder),
            fix=f"move it away; what was there is in {new.parent}",
        )
    patiently(lambda: folder.rename(new.with_name(f"stray-{secrets.token_hex(4)}")))


def _can_exchange(scratch: Path) -> bool:
    """Try it."""
    probes = [scratch / "one", scratch / "other"]
    for probe in probes:
        probe.mkdir()
    try:
        exchange_names(*probes)
    except OSError as error:
        if error.errno not in UNABLE:
            raise
        return False
    return True


def _require_movable(scratch: Path, folder: Path) -> None:
    """Have the system say whether it can rename a folder: better before the work than after.

    Overlays, such as those of containers, cannot move a folder of a lower layer. They say so
    before they say what every file system does: a folder that holds something is not replaced.
    """
    probe = scratch / "one"
    (probe / "something").mkdir()
    try:
        able = folder.stat().st_dev == scratch.stat().st_dev and not folder.is_mount()
        if able:
            folder.rename(probe)
            probe.rename(folder)
    except OSError as error:
        if error.errno in UNABLE:
            able = False
        elif error.errno not in _TAKEN and not may_be_open_elsewhere(error):
            raise
    if not able:
        raise LakeError(
            "is a folder that its file system cannot replace by another",
            where=str(folder),
            fix="do this with a copy of the warehouse on a local disk",
        )
