"""What holds for the process of every command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from lakehouse.lake.leftovers import clear_own_leftovers
from lakehouse.system.endings import orderly_end


@contextmanager
def alone_and_orderly() -> Iterator[None]:
    """Have all files made for their owner alone, and none left behind by an end by a signal.

    Engines and other libraries make files by the process's mask; so do the workers, who inherit
    it.
    """
    before = os.umask(0o077)
    try:
        with orderly_end(clear_own_leftovers):
            yield
    finally:
        os.umask(before)
