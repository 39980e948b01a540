"""Keeping libraries from loading pandas, which is slow to load, where nothing asks for it."""

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any, Final

_PANDAS: Final = "pandas"
_IN_PASSING: Final = {"sklearn"}
"""Who loads it for its own tests, and goes on where it is not installed."""


class _Unasked(MetaPathFinder):
    """Finds pandas nowhere for those who load it in passing, and leaves all else to others."""

    def __init__(self) -> None:
        self.for_anybody = False

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """Refuse, or have the next finder look."""
        if fullname == _PANDAS and (self.for_anybody or _importer() in _IN_PASSING):
            raise ModuleNotFoundError(f"no module {fullname} in passing", name=fullname)
        return None


def _importer() -> str:
    """Name the package whose code imports something at this moment."""
    frame = sys._getframe(2)
    while str(frame.f_globals.get("__name__")).startswith("importlib") and frame.f_back:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__")).partition(".")[0]


def do_without_pandas() -> None:
    """Have scikit-learn do as if there were no pandas, in this process of the program's own."""
    sys.meta_path.insert(0, _Unasked())


def loaded() -> None:
    """Have Arrow do so too, if it is loaded by now, and this process is the program's own.

    Before Arrow makes its first array it loads pandas, to learn whether it is given a Series; it
    asks once. What needs pandas, as writing for R does, still gets it, and so does Arrow where it
    makes a data frame.
    """
    arrow = sys.modules.get("pyarrow")
    for unasked in sys.meta_path:
        if arrow and isinstance(unasked, _Unasked) and _PANDAS not in sys.modules:
            unasked.for_anybody = True
            try:
                arrow.array([])
            finally:
                unasked.for_anybody = False
