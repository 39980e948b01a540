"""What extraction's workers run counts in the coverage that is measured."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from lakehouse.extraction import pool

LIMIT_S = 20
"""Seconds that a worker is given to end; one that hangs needs them all."""


@contextmanager
def workers_write_down_what_they_ran() -> Iterator[None]:
    """Give workers time to end by themselves, where coverage is measured.

    A pool kills them, as they hold nothing that needs an orderly end; but they do hold what they
    have run, and a killed one does not write it down.
    """
    if "COVERAGE_PROCESS_CONFIG" not in os.environ:
        yield
        return
    kill = pool._end

    def end(worker: pool._Worker) -> None:
        worker.connection.close()
        with suppress(subprocess.TimeoutExpired):
            worker.process.wait(LIMIT_S)
        kill(worker)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "_end", end)
        yield
