"""A machine without graphics libraries, for one command: they are hidden from it alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from lakehouse.system.graphics import MEDIAPIPE, OPENCV

HIDE = """
import ctypes, os, subprocess, sys
for name in sys.argv[2].split(","):
    # In a process of its own: what is loaded could not be hidden.
    said = "import ctypes; ctypes.CDLL(%r); print(open('/proc/self/maps').read())" % name
    maps = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True).stdout
    stem = name.split(".so")[0] + ".so"
    for path in {line.split()[-1] for line in maps.splitlines() if stem in line}:
        subprocess.run(["mount", "--bind", sys.argv[1], path], check=True)
os.execv(sys.argv[3], sys.argv[3:])
"""


def bare(command: Sequence[object], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command where an empty file lies over each library, in mounts of its own.

    Skips the test where no such mounts can be made.
    """
    unshare = shutil.which("unshare")
    if unshare is None or sys.platform != "linux":
        pytest.skip("mounts of one's own need Linux and unshare")
    # As root of a namespace of users, where that is all that this user may be.
    alone = [unshare, *([] if os.geteuid() == 0 else ["--map-root-user"]), "--mount"]
    tried = subprocess.run([*alone, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"mounts of one's own are not allowed here ({tried.stderr.strip()})")
    empty = folder / "empty"
    empty.touch()
    names = ",".join(OPENCV + MEDIAPIPE)
    return subprocess.run(
        [*alone, sys.executable, "-c", HIDE, empty, names, *map(str, command)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
