"""The face model: one file, known by its hash, kept in the user's cache."""

import hashlib
import os
from pathlib import Path
from typing import Final

from lakehouse.errors import ModelError
from lakehouse.system.regular_files import read_regular

MODEL_NAME: Final = "face_landmarker.task"
MODEL_SHA256: Final = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
"""Of MediaPipe's float16 model, version 1. Landmarks of another model are other landmarks."""

_LARGEST: Final = 64 * 2**20
"""Bytes; the model has four million."""

MODEL_VARIABLE: Final = "LAKEHOUSE_MODEL"
"""Environment variable that names a file to use instead of the one in the cache."""


def model_path() -> Path:
    """Tell where the face model is, or should be.

    Returns
    -------
    Path
        The file that ``LAKEHOUSE_MODEL`` names, or the one in the user's cache folder.
    """
    if named := os.environ.get(MODEL_VARIABLE):
        return Path(named)
    # Late, because workers read this module too and need nothing of it.
    import pooch

    return Path(pooch.os_cache("expression-lakehouse")) / MODEL_NAME


def read_model(path: Path | None = None) -> bytes:
    """Read the face model and check that it is the one pinned.

    Parameters
    ----------
    path : Path, optional
        By default, `model_path()`.

    Raises
    ------
    ModelError
        If the file is missing, cannot be read or is another; the message says how to put the
        right one in place.
    """
    path = path or model_path()
    try:
        content = read_regular(path, at_most=_LARGEST)
    except FileNotFoundError as error:
        raise ModelError("the face model is missing", where=str(path), fix=_fix(path)) from error
    except OSError as error:
        raise ModelError(f"cannot be read ({error.strerror})", where=str(path)) from error
    if not is_the_model(content):
        raise ModelError("is not the face model (wrong hash)", where=str(path), fix=_fix(path))
    return content


def is_the_model(content: bytes) -> bool:
    """Compare with the pinned hash."""
    return hashlib.sha256(content).hexdigest() == MODEL_SHA256


def how_to_copy(path: Path) -> str:
    """Say how the model gets to where it is wanted without a network.

    Parameters
    ----------
    path : Path
        Where it is wanted.
    """
    return f"copy {MODEL_NAME} (sha256 {MODEL_SHA256}) from another machine to {path}"


def _fix(path: Path) -> str:
    return f"run `lakehouse model fetch` where there is a network, or {how_to_copy(path)}"
