"""Programs that some tests need and a machine may lack."""

import os
import shutil

import pytest


def require_tool(name: str) -> str:
    """Give a program's path; without it the test is skipped, or fails where tools are required."""
    path = shutil.which(name)
    if path is None and os.environ.get("LAKEHOUSE_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{name} is not installed")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path
