"""What only some systems have, looked up by its name: the one place that asks for it.

Whatever is missing here has a portable way in this room or in `lakehouse.files`, which is chosen by
that and never by the system's name. With `LAKEHOUSE_PORTABLE=1` in the environment everything
here is missing, so that Linux takes every way that another system would.
"""

import errno
import os
import signal
from importlib import import_module
from pathlib import Path
from typing import Any, Final

PORTABLE: Final = "LAKEHOUSE_PORTABLE"
"""Environment variable: unless it is empty or 0, only what every system has is used."""

FORCED: Final = os.environ.get(PORTABLE, "") not in ("", "0")


def _module(name: str) -> Any:
    if FORCED:
        return None
    try:
        return import_module(name)
    except ImportError:
        return None


def _named(owner: Any, name: str, default: Any = None) -> Any:
    return default if FORCED else getattr(owner, name, default)


fcntl: Any = _module("fcntl")
"""Locks that a descriptor of a file or folder holds, even of one whose name is gone."""


def no_link(*_: object, **__: object) -> None:
    """Refuse to give a file a second name, as a file system does that knows none."""
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


link: Any = _named(os, "link", no_link)

geteuid: Any = _named(os, "geteuid")
sysconf: Any = _named(os, "sysconf")
sched_getaffinity: Any = _named(os, "sched_getaffinity")
fork: Any = _named(os, "fork")
"""Where it is, a process takes over descriptors by their numbers, and can lead a group."""

NOFOLLOW: int = _named(os, "O_NOFOLLOW", 0)
NONBLOCK: int = _named(os, "O_NONBLOCK", 0)
DIRECTORY: int = _named(os, "O_DIRECTORY", 0)
"""Flags of `os.open`. Without the last, a folder cannot be opened at all."""

BINARY: int = getattr(os, "O_BINARY", 0)
"""Where files are else opened as text, whose ends of lines are changed."""

HANGUP: Any = _named(signal, "SIGHUP")
BREAK: Any = getattr(signal, "SIGBREAK", None)
"""Ctrl-Break, where there is that."""

OPEN_FILES_STAY: bool = FORCED or _module("msvcrt") is not None
"""Whether a file, or a folder that holds one, keeps its name as long as the file is open."""

_PROC: Final = Path("/proc/self")

proc: Path | None = _PROC if not FORCED and _PROC.is_dir() else None
"""Where the system tells of this process."""


def c_function(name: str) -> Any:
    """Find a function of the C library.

    Returns
    -------
    object or None
        None where the library has none of that name, or where none can be called.
    """
    if FORCED:
        return None
    try:
        # Late: few commands call any.
        import ctypes

        return getattr(ctypes.CDLL(None, use_errno=True), name, None)
    except (ImportError, OSError, TypeError):
        return None


def is_root() -> bool:
    """Tell whether this process may do everything."""
    return geteuid is not None and geteuid() == 0
