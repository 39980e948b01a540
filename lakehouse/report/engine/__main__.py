"""What ``python -m lakehouse.report.engine`` runs: it draws what its parent tells it to."""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from lakehouse.report.engine.draw import as_files, as_svg, as_vega, vega_config
from lakehouse.system.conversation import parent_of

_WORK: Final[Mapping[str, Callable[..., Any]]] = {
    **{"svg": as_svg, "files": as_files},
    **{"vega": as_vega, "config": vega_config},
}


def answered(work: str, *given: Any) -> Any:
    """Give what was drawn, or in one line why it cannot be, and whether it can."""
    try:
        return True, _WORK[work](*given)
    except Exception as error:
        return False, f"{type(error).__name__}: {error}".splitlines()[0]


connection = parent_of(sys.argv[-2:])
# The parent has no more, or is no more.
with suppress(EOFError, OSError):
    while True:
        connection.send(answered(*connection.recv()))
