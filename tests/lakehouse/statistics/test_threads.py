"""The number of threads of numerical libraries."""

import subprocess
import sys

import pytest
from threadpoolctl import threadpool_info

from lakehouse.statistics.threads import one_thread

LOADED_LATER = """
import sys
from threadpoolctl import threadpool_info
from lakehouse.statistics.threads import one_thread
with one_thread():
    first = len(threadpool_info())
import sklearn.cluster
with one_thread():
    pools = threadpool_info()
sys.exit(f"{first} {len(pools)} {[pool['num_threads'] for pool in pools]}")
"""


def threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info()]


def test_within_it_one_thread_and_afterwards_as_many_as_before():
    before = threads()
    with one_thread():
        assert set(threads()) == {1}
        with one_thread():
            assert set(threads()) == {1}
        assert set(threads()) == {1}
    assert threads() == before


@pytest.mark.slow
def test_libraries_that_are_loaded_later_count_too():
    done = subprocess.run([sys.executable, "-c", LOADED_LATER], capture_output=True, text=True)
    first, pools, *each = done.stderr.replace("[", "").replace("]", "").replace(",", "").split()
    assert int(first) < int(pools)
    assert each == ["1"] * int(pools)
