"""How much memory there is, and how much of it this process takes."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from lakehouse.system import kernel

_GROUPS: Final = Path("/sys/fs/cgroup")


def machine_bytes() -> int:
    """Count the bytes of memory that this machine, or the container around, has.

    Returns
    -------
    int
    """
    return min([physical_bytes(), *_limits()])


def physical_bytes() -> int:
    """Count the bytes of memory that this machine has, whatever this process may take.

    Returns
    -------
    int
    """
    if kernel.sysconf is not None:
        return int(kernel.sysconf("SC_PHYS_PAGES") * kernel.sysconf("SC_PAGE_SIZE"))
    # Late, like below: Linux tells without it.
    import psutil

    return int(psutil.virtual_memory().total)


def resident_bytes() -> int:
    """Count the bytes of memory that this process takes at present.

    Returns
    -------
    int
    """
    if kernel.proc is not None:
        with suppress(OSError):
            pages = int((kernel.proc / "statm").read_text(encoding="ascii").split()[1])
            return int(pages * kernel.sysconf("SC_PAGE_SIZE"))
    import psutil

    return int(psutil.Process().memory_info().rss)


def _limits() -> list[int]:
    """List what the control groups of this process allow; containers are made of these."""
    found: list[int] = []
    if kernel.proc is None:
        return found
    with suppress(OSError):
        for line in (kernel.proc / "cgroup").read_text(encoding="utf-8").splitlines():
            _, controllers, group = line.split(":", 2)
            if controllers in {"", "memory"}:
                name = "memory/memory.limit_in_bytes" if controllers else "memory.max"
                for folder in (_GROUPS / group.lstrip("/"), _GROUPS):
                    with suppress(OSError, ValueError):
                        found.append(int((folder / name).read_text(encoding="ascii")))
    return found
