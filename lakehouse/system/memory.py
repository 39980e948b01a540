"""How much memory there is, and how much of it this process takes."""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc/self")
_GROUPS: Final = Path("/sys/fs/cgroup")


def machine_bytes() -> int:
    """Count the bytes of memory that this machine, or the container around, has.

    Returns
    -------
    int
    """
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min([total, *_limits()])


def resident_bytes() -> int:
    """Count the bytes of memory that this process takes.

    Returns
    -------
    int
        On Linux at present, elsewhere the most it has ever taken.
    """
    with suppress(OSError):
        pages = int((_PROC / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _limits() -> list[int]:
    """List what the control groups of this process allow; containers are made of these."""
    found = []
    with suppress(OSError):
        for line in (_PROC / "cgroup").read_text().splitlines():
            _, controllers, group = line.split(":", 2)
            if controllers in {"", "memory"}:
                name = "memory/memory.limit_in_bytes" if controllers else "memory.max"
                for folder in (_GROUPS / group.lstrip("/"), _GROUPS):
                    with suppress(OSError, ValueError):
                        found.append(int((folder / name).read_text()))
    return found
