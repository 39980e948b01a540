"""What ``python -m lakehouse.report.engine`` runs: it draws what its parent tells it to."""

import sys
from contextlib import suppress
from typing import Any

from lakehouse.report.engine.draw import as_files
from lakehouse.system.conversation import parent_of


def answered(specification: dict[str, Any], locale: dict[str, Any]) -> dict[str, bytes] | str:
    """Give the files, or in one line why there are none."""
    try:
        return as_files(specification, locale)
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]


connection = parent_of(sys.argv[-2:])
# The parent has no more, or is no more.
with suppress(EOFError, OSError):
    while True:
        connection.send(answered(*connection.recv()))
