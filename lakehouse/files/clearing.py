"""Clearing what this process, or one that has ended, noted as at work."""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from lakehouse.errors import LakehouseError
from lakehouse.files.at_work import notes_of_the_dead, own_notes, strike
from lakehouse.files.lock import held
from lakehouse.files.names import DRAWN, READY, TEMPORARY
from lakehouse.files.staging import finish
from lakehouse.files.sweep import remove

_OURS: Final = re.compile(rf"\..+\.{DRAWN}({re.escape(TEMPORARY)}|{re.escape(READY)})", re.DOTALL)


def clear_own() -> None:
    """Remove what this process made and did not come to remove; only for when it ends."""
    for path in own_notes():
        with suppress(OSError, LakehouseError):
            _clear(path)
        strike(path)


def clear_dead() -> None:
    """Remove, or finish, what processes made that have ended; a living one's is left alone."""
    notes_of_the_dead(_cleared)


def _cleared(path: Path) -> bool:
    """Clear what nobody holds; tell whether it is gone."""
    if not _OURS.fullmatch(path.name):
        return True
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    try:
        if held(descriptor):
            _clear(path)
    except (OSError, LakehouseError):
        return False
    finally:
        os.close(descriptor)
    return not os.path.lexists(path)


def _clear(path: Path) -> None:
    if path.name.endswith(READY):
        finish(path)
    else:
        remove(path)
