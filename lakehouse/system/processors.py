"""How many processors there are to work on."""

import os

from lakehouse.system import kernel


def available_cores() -> int:
    """Count the processors that this process may use.

    Returns
    -------
    int
        On Linux the affinity of the process counts, elsewhere all processors.
    """
    if kernel.sched_getaffinity is not None:
        return len(kernel.sched_getaffinity(0))
    return os.cpu_count() or 1
