"""The graphics libraries that MediaPipe and OpenCV link, and a bare Linux lacks.

Nothing is drawn on a screen by them; they only must be there.
"""

import ctypes
import shutil
import sys
from typing import Final

from lakehouse.errors import LakehouseError
from lakehouse.system import kernel, packages

OPENCV: Final = ("libGL.so.1",)
"""What drawing needs."""

MEDIAPIPE: Final = ("libEGL.so.1", "libGLESv2.so.2")
"""What the face landmarker needs beside."""

_PACKAGES: Final = {
    "apt-get": {"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libGLESv2.so.2": "libgles2"},
    "dnf": {
        "libGL.so.1": "libglvnd-glx",
        "libEGL.so.1": "libglvnd-egl",
        "libGLESv2.so.2": "libglvnd-gles",
    },
}
"""By the program that installs them: Debian's and Ubuntu's, Fedora's and its relatives'."""


def missing_libraries(names: tuple[str, ...] = OPENCV + MEDIAPIPE) -> tuple[str, ...]:
    """Name the libraries that cannot be loaded.

    Parameters
    ----------
    names : tuple of str
        As the system's loader knows them.

    Returns
    -------
    tuple of str
        Always empty where the packages bring all along, as on macOS and Windows.
    """
    # Here the system's name does tell: other packages are made for it, which link these libraries.
    return tuple(name for name in names if not _loads(name)) if sys.platform == "linux" else ()


def require_graphics(what: str, names: tuple[str, ...] = OPENCV + MEDIAPIPE) -> None:
    """Refuse work that a missing library, or the package that links it, would end half-way.

    Parameters
    ----------
    what : str
        The work, as in "finding faces".

    Raises
    ------
    LakehouseError
        If one is missing; it names the command that installs what is missing.
    """
    linking = packages.OPENCV if names == OPENCV else packages.MEDIAPIPE + packages.OPENCV
    if absent := packages.missing_packages(linking):
        raise LakehouseError(
            f"{what} needs Python packages that are missing ({', '.join(absent)})",
            fix=f"install them: {packages.installing_packages(absent)}",
        )
    if missing := missing_libraries(names):
        raise LakehouseError(
            f"{what} needs system libraries that are missing ({', '.join(missing)})",
            fix=f"install them: {installing(missing)}",
        )


def can_draw() -> bool:
    """Say whether all is there that `require_graphics` asks for drawing."""
    return not packages.missing_packages(packages.OPENCV) and not missing_libraries(OPENCV)


def installing_to_draw() -> str:
    """Give the command that installs what drawing lacks."""
    if absent := packages.missing_packages(packages.OPENCV):
        return packages.installing_packages(absent)
    return installing(missing_libraries(OPENCV))


def installing(missing: tuple[str, ...]) -> str:
    """Give the command that installs libraries on this machine.

    Returns
    -------
    str
        Where no known program installs packages, that of Debian and Ubuntu.
    """
    program = next(filter(shutil.which, _PACKAGES), "apt-get")
    packages = " ".join(_PACKAGES[program][name] for name in missing)
    return f"{'' if kernel.is_root() else 'sudo '}{program} install -y {packages}"


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
