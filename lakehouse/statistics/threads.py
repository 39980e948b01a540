"""How many threads numerical libraries may use."""

import sys
from contextlib import AbstractContextManager
from functools import lru_cache

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]


def one_thread() -> AbstractContextManager[object]:
    """Keep products of small matrices, and small clusterings, to the thread that asks for them.

    Waiting for each other costs threads several times what they save on work so small. The last
    bits of a result then do not depend on the number of processors either.
    """
    limits: AbstractContextManager[object] = _libraries(len(sys.modules)).limit(limits=1)
    return limits


@lru_cache(maxsize=1)
def _libraries(modules: int) -> ThreadpoolController:
    """Find the libraries that are loaded. It takes milliseconds, so again only after an import."""
    return ThreadpoolController()
