"""How many processors there are to work on."""

import os


def available_cores() -> int:
    """Count the processors that this process may use.

    Returns
    -------
    int
        On Linux the affinity of the process counts, elsewhere all processors.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
