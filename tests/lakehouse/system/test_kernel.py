"""The switch by which all that only some systems have is missing."""

import subprocess
import sys

import pytest

MISSING = """
from lakehouse.system import kernel, locks
print(kernel.FORCED, kernel.fcntl, kernel.proc, kernel.geteuid, kernel.fork, kernel.HANGUP)
print(kernel.NOFOLLOW, kernel.DIRECTORY, kernel.c_function("prctl"), kernel.is_root())
print(locks.of_the_kernel(), kernel.OPEN_FILES_STAY)
"""


@pytest.mark.parametrize(
    ("value", "forced"), [("1", True), ("yes", True), ("0", False), ("", False)]
)
def test_the_switch_makes_all_of_it_missing(value: str, forced: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MISSING],
        env={"PATH": "", "LAKEHOUSE_PORTABLE": value},
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout.splitlines()
    assert said[0].startswith(f"{forced} ")
    if forced:
        assert said == ["True None None None None None", "0 0 None False", "False True"]
