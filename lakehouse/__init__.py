"""A columnar data lake for studies of facial expression.

In notebooks and scripts, `lakehouse.open` opens a warehouse for reading; `lakehouse.extract` and
`lakehouse.build` do what the commands of these names do.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from lakehouse.clones import require_one_tree

if TYPE_CHECKING:
    from lakehouse.errors import LakehouseError as LakehouseError
    from lakehouse.scripting import build as build
    from lakehouse.scripting import extract as extract
    from lakehouse.study import Study as Study
    from lakehouse.study import open as open

require_one_tree(__name__, __path__[0])

# Loaded when they are asked for: engines take most of the time that a short command does.
_OFFERED: Final = {
    "LakehouseError": ("lakehouse.errors", "LakehouseError"),
    "Study": ("lakehouse.study", "Study"),
    "build": ("lakehouse.scripting", "build"),
    "extract": ("lakehouse.scripting", "extract"),
    "open": ("lakehouse.study", "open"),
}


def __getattr__(name: str) -> Any:
    if name in _OFFERED:
        module, offered = _OFFERED[name]
        return getattr(import_module(module), offered)
    if name == "__version__":
        # Imported here: it takes most of the time that this package does.
        from importlib.metadata import version

        return version("expression-lakehouse")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_OFFERED, "__version__"})
