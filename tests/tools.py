"""Programs that some tests need and a machine may lack."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from typing import NoReturn

import pytest


def require_tool(name: str) -> str:
    """Give a program's path; without it the test is skipped, or fails where tools are required."""
    path = shutil.which(name)
    if path is None:
        _miss(name)
    return path


def require_spark() -> None:
    """Have Spark and the Java that it runs on; without them as `require_tool`."""
    if find_spec("pyspark") is None:
        _miss("the Python package pyspark")
    if "JAVA_HOME" not in os.environ:
        require_tool("java")


def require_r(*packages: str) -> str:
    """Give the path of Rscript, with packages; without them as `require_tool`."""
    rscript = require_tool("Rscript")
    for package in packages:
        there = f'quit(status = !requireNamespace("{package}", quietly = TRUE))'
        if subprocess.run([rscript, "-e", there], check=False, capture_output=True).returncode:
            _miss(f"R's package {package}")
    return rscript


def _miss(name: str) -> NoReturn:
    if os.environ.get("LAKEHOUSE_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")
