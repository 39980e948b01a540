"""The Python packages without which faces are not found, or nothing is drawn.

They come with the program. Where one is not there, because its system has none or somebody took
it out, all else works.
"""

from importlib.machinery import PathFinder
from typing import Final

OPENCV: Final = ("opencv-contrib-python",)
"""What drawing needs."""

MEDIAPIPE: Final = ("mediapipe",)
"""What finding faces needs beside."""

_MODULES: Final = {"opencv-contrib-python": "cv2", "mediapipe": "mediapipe"}


def missing_packages(names: tuple[str, ...] = MEDIAPIPE + OPENCV) -> tuple[str, ...]:
    """Name the packages that are not installed; none is loaded for that."""
    # Of OpenCV, once it is loaded, `importlib.util.find_spec` cannot tell.
    return tuple(name for name in names if PathFinder.find_spec(_MODULES[name]) is None)


def installing_packages(missing: tuple[str, ...]) -> str:
    """Give the command that installs packages where the program is."""
    return f"pip install {' '.join(missing)}"
