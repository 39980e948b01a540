"""How many threads numerical libraries may use."""

from contextlib import AbstractContextManager

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]


def one_thread() -> AbstractContextManager[object]:
    """Keep products of small matrices, and small clusterings, to the thread that asks for them.

    Waiting for each other costs threads several times what they save on work so small. The last
    bits of a result then do not depend on the number of processors either.
    """
    limits: AbstractContextManager[object] = threadpool_limits(limits=1)
    return limits
