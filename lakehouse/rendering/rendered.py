"""What a rendering command did, and why it could not."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lakehouse.errors import LakehouseError

Progress = Callable[[int, int, str], None]
"""Given what is done, what there is to do, and words on it."""


class RenderError(LakehouseError):
    """What was asked for cannot be drawn."""


@dataclass(frozen=True)
class Rendered:
    """What a rendering command did.

    Parameters
    ----------
    pictures : dict of str to int
        How many were written, by kind.
    where : Path
        The folder or file.
    refused : tuple of str
        Photographs that could not be used, with the reason.
    notes : tuple of str
        What else the user should know.
    """

    pictures: dict[str, int]
    where: Path
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def no_progress(done: int, total: int, words: str) -> None:
    """Show nothing."""
