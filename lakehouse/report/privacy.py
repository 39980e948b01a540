"""What of single people the report may show."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from lakehouse.rendering.rendered import RenderError

Found = TypeVar("Found")

SMALLEST_CELL: Final = 5
"""Counts of fewer people are left out of an aggregated report."""


@dataclass(frozen=True)
class Privacy:
    """What the reader of a report may see.

    Parameters
    ----------
    photographs : tuple of Path
        Folders of the photographs and videos of which some are shown; by default none is.
    ids : bool
        Whether participants' ids are shown.
    aggregate : bool
        Whether single participants are left out altogether: no value of one person, and no count
        of fewer than five.
    """

    photographs: tuple[Path, ...] = ()
    ids: bool = False
    aggregate: bool = False

    def from_folders(self, look: Callable[[Path], Found]) -> Found:
        """Look for a picture in one folder after the other; there must be one.

        Raises
        ------
        RenderError
            What the last folder gives, if none has it.
        """
        *others, last = self.photographs
        for folder in others:
            try:
                return look(folder)
            except RenderError:
                continue
        return look(last)
