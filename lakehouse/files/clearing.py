"""Clearing what this process, or one that has ended, noted as at work."""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from lakehouse.errors import LakehouseError
from lakehouse.files.at_work import notes_of_the_dead, own_notes, strike
from lakehouse.files.lock import drop_guard, held
from lakehouse.files.names import DRAWN, READY, TEMPORARY
from lakehouse.files.staging import finish
from lakehouse.files.sweep import remove

_OURS: Final = re.compile(rf"\..+\.{DRAWN}({re.escape(TEMPORARY)}|{re.escape(READY)})", re.DOTALL)


def clear_own() -> None:
    """Remove what this process made and did not come to remove; only for when it ends."""
    for path in own_notes():
        if _OURS.fullmatch(path.name):
            with suppress(OSError, LakehouseError):
                _clear(path)
            strike(path)


def clear_dead() -> list[Path]:
    """Remove, or finish, what processes made that have ended; a living one's is left alone.

    Returns
    -------
    list of Path
        The lock files that they held.
    """
    locks = []

    def cleared(path: Path) -> bool:
        if _OURS.fullmatch(path.name):
            return _cleared(path)
        locks.append(path)
        return True

    notes_of_the_dead(cleared)
    return locks


def _cleared(path: Path) -> bool:
    """Clear what nobody holds; tell whether it is gone."""
    try:
        with held(path) as ours:
            if ours:
                _clear(path)
    except (FileNotFoundError, NotADirectoryError):
        drop_guard(path)
    except (OSError, LakehouseError):
        return False
    return not os.path.lexists(path)


def _clear(path: Path) -> None:
    if path.name.endswith(READY):
        finish(path)
    else:
        remove(path)
