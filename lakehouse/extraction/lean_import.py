"""Importing MediaPipe without the libraries for drawing and sound that its other parts load.

A worker neither draws nor records. Matplotlib takes longer to load than all else of MediaPipe, and
sounddevice, which searches the system for a sound library, as long as all that is left.
"""

import importlib
import sys
from types import ModuleType
from typing import Any, Final

_PUT_OFF: Final = (("matplotlib", "matplotlib.pyplot"), ("sounddevice",))
"""Packages, each followed by those of its modules that MediaPipe names."""


class _Later(ModuleType):
    """Stands in for a module until something of its package is asked for."""

    def __init__(self, name: str, package: tuple[str, ...]) -> None:
        super().__init__(name)
        self._package = package

    def __getattr__(self, name: str) -> Any:
        for module in self._package:
            if isinstance(sys.modules.get(module), _Later):
                del sys.modules[module]
        try:
            loaded = importlib.import_module(self.__name__)
        except (ImportError, OSError) as error:
            raise AttributeError(f"{self.__name__} cannot be loaded ({error})") from error
        return getattr(loaded, name)


def put_off_unused() -> None:
    """Have Matplotlib and sounddevice loaded when something of them is first used, if ever.

    What is loaded already is left alone.
    """
    for package in _PUT_OFF:
        if any(module in sys.modules for module in package):
            continue
        for name in package:
            sys.modules[name] = _Later(name, package)
            parent, _, child = name.rpartition(".")
            if parent:
                vars(sys.modules[parent])[child] = sys.modules[name]
