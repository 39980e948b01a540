"""OpenCV is loaded by its first use, by any number of threads, and never in part."""

import subprocess
import sys

import pytest

THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from lakehouse.opencv import cv2
assert "cv2" not in sys.modules
with ThreadPoolExecutor(8) as pool:
    assert all(pool.map(lambda _: cv2.INTER_AREA == 3, range(64)))
assert "cv2" in sys.modules
assert cv2.resize is sys.modules["cv2"].resize
"""

BROKEN = """
import sys
class Broken:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "cv2":
            raise ImportError("libnew.so.1: cannot open shared object file")
sys.meta_path.insert(0, Broken)
from lakehouse.errors import LakehouseError
from lakehouse.opencv import cv2
for _ in range(2):
    try:
        cv2.resize
    except LakehouseError as error:
        print(error)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "said"),
    [
        (THREADS, ""),
        (
            BROKEN,
            "OpenCV cannot be loaded (libnew.so.1: cannot open shared object file); "
            "install what it names\n",
        ),
    ],
)
def test_it_is_loaded_when_used(script: str, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == said * 2
