"""How many threads linear algebra may use."""

from contextlib import AbstractContextManager

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]


def one_thread() -> AbstractContextManager[object]:
    """Keep products of small matrices to the thread that asks for them.

    Waiting for each other costs threads several times what they save on products so small. The
    last bits of a result then do not depend on the number of processors either.

    Returns
    -------
    context manager
    """
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits
