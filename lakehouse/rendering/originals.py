"""The photographs themselves, as they were when their landmarks were found."""

import hashlib
from pathlib import Path

from lakehouse.figures.canvas import Pixels
from lakehouse.pictures.decode import decode_image
from lakehouse.pictures.problems import ImageProblemError
from lakehouse.rendering.rendered import RenderError
from lakehouse.rendering.selection import Row
from lakehouse.system.regular_files import read_regular


class RefusedPhotographError(RenderError):
    """A photograph cannot be shown; the others can."""


def read_original(root: Path, row: Row) -> Pixels:
    """Read a photograph and make sure that the landmarks are this very picture's.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    row : dict
        With path, bytes and sha256; with its status, a still of a video is told apart.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
        RGB, upright.

    Raises
    ------
    RefusedPhotographError
        If the file is missing, cannot be read, is no picture, or has changed.
    """
    path: str = row["path"]
    if row["sha256"] is None and row.get("status") == "ok":
        raise RefusedPhotographError(
            "is a video, of which a still stands for a photograph",
            where=path,
            fix="`lakehouse render frame-strip` shows videos",
        )
    file = root / path
    try:
        # A file that was replaced by something huge need not be read to see that it changed.
        same = file.stat().st_size == row["bytes"]
        content = read_regular(file, at_most=row["bytes"]) if same else b""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RefusedPhotographError(f"cannot be read ({reason})", where=path) from error
    if not same or hashlib.sha256(content).hexdigest() != row["sha256"]:
        raise RefusedPhotographError("has changed since its landmarks were found", where=path)
    try:
        return decode_image(content).pixels
    except (ImageProblemError, MemoryError) as error:
        reason = str(error) or "too large for the memory"
        raise RefusedPhotographError(f"cannot be decoded ({reason})", where=path) from error
