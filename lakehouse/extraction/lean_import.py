"""Importing MediaPipe without the plotting library that its drawing helpers load.

A worker never draws, and Matplotlib takes longer to load than all else of MediaPipe.
"""

import importlib
import sys
from types import ModuleType
from typing import Any, Final

_PLOTTING: Final = ("matplotlib", "matplotlib.pyplot")


class _Later(ModuleType):
    """Stands in for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        for module in _PLOTTING:
            if isinstance(sys.modules.get(module), _Later):
                del sys.modules[module]
        return getattr(importlib.import_module(self.__name__), name)


def put_off_plotting() -> None:
    """Have Matplotlib loaded when something of it is first used, if ever.

    What is loaded already is left alone.
    """
    if not any(module in sys.modules for module in _PLOTTING):
        package, pyplot = (_Later(module) for module in _PLOTTING)
        vars(package)["pyplot"] = pyplot
        sys.modules.update(zip(_PLOTTING, (package, pyplot), strict=True))
