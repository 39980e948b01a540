"""Memory that tests leave behind is given back before the next ones take theirs."""

import ctypes
import gc
from collections.abc import Generator
from typing import Final

import psutil
import pyarrow as pa
import pytest

MUCH: Final = 64 * 1024**2
"""Bytes that tests may leave behind before they are given back."""


class GivesBack:
    """A plugin of pytest that keeps a process from growing test by test.

    Databases, frames and references of a test often lie in circles, which Python clears when it
    finds time, and allocators keep what was theirs. Without this a process grows to 2 GB.
    """

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._held = 0

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Do not look again and again through all that is imported, which stays."""
        gc.disable()
        try:
            return (yield)
        finally:
            gc.enable()

    def pytest_collection_finish(self) -> None:
        """Never look again through all that was made by importing the tests."""
        gc.collect()
        gc.freeze()
        self._held = self._process.memory_info().rss

    def pytest_runtest_logfinish(self) -> None:
        """Give back what the last tests left, where that is much."""
        if self._process.memory_info().rss > self._held + MUCH:
            gc.collect()
            pa.default_memory_pool().release_unused()
            library = ctypes.CDLL(None)
            if hasattr(library, "malloc_trim"):
                library.malloc_trim(0)
            self._held = self._process.memory_info().rss
