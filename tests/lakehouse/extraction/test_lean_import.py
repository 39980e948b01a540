import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

LEAN = """
import sys
from lakehouse.extraction.lean_import import put_off_unused
from lakehouse.extraction.network import close_network
close_network()
put_off_unused()
import mediapipe
"""
NOT_LOADED = "assert not {'matplotlib.figure', '_sounddevice'} & set(sys.modules)\n"
BY_NAME = """
import matplotlib.pyplot as plt
assert plt.figure.__module__ == "matplotlib.pyplot"
assert sys.modules["matplotlib.pyplot"].figure is plt.figure
"""
OF_THE_PACKAGE = """
import matplotlib
assert matplotlib.__version__
import matplotlib.pyplot
assert matplotlib.pyplot.figure
"""
WITHOUT_A_SOUND_LIBRARY = """
import sounddevice
sys.modules["_sounddevice"] = None
assert not hasattr(sounddevice, "InputStream")
"""
A_MODULE_OF_THE_PACKAGE = "from matplotlib.colors import to_rgb\nassert to_rgb('w') == (1, 1, 1)\n"


@pytest.mark.parametrize(
    "then",
    [
        NOT_LOADED,
        BY_NAME,
        OF_THE_PACKAGE,
        A_MODULE_OF_THE_PACKAGE,
        WITHOUT_A_SOUND_LIBRARY,
    ],
)
def test_what_a_worker_does_not_use_is_loaded_when_it_is_used_and_not_before(then: str) -> None:
    subprocess.run([sys.executable, "-c", LEAN + then], check=True, timeout=60)


def test_plotting_that_is_loaded_is_left_alone() -> None:
    loaded = "import matplotlib.pyplot as real\n"
    same = "assert sys.modules['matplotlib.pyplot'] is real\n"
    subprocess.run([sys.executable, "-c", loaded + LEAN + same], check=True, timeout=60)
